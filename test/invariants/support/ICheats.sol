// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice The cheat codes of Hardhat's runner that the campaign uses.
interface ICheats {
    function warp(uint256 time) external;

    /// @notice The next call comes from `sender`.
    function prank(address sender) external;

    function writeLine(string calldata path, string calldata line) external;

    function envOr(string calldata name, uint256 otherwise) external view returns (uint256);

    function envOr(string calldata name, bytes32 otherwise) external view returns (bytes32);

    function envOr(string calldata name, string calldata otherwise) external view returns (string memory);

    function toString(bytes calldata value) external pure returns (string memory);

    /// @notice The account of a secret.
    function addr(uint256 secret) external pure returns (address);

    function sign(uint256 secret, bytes32 digest) external pure returns (uint8 v, bytes32 r, bytes32 s);
}

ICheats constant VM = ICheats(address(uint160(uint256(keccak256("hevm cheat code")))));
