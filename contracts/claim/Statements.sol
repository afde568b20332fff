// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {IParties, NotPermitted} from "../party/IParties.sol";

/// @dev The statement's last second has passed.
error StatementExpired(uint256 deadline);
/// @dev The party has used this nonce, or taken back what it signed with it.
error NonceUsed(address party, uint256 nonce);
/// @dev Not the present key of this party, or not these words, this contract and this chain.
error InvalidSignature(address party);

/// @title What a party has signed and somebody else hands in
/// @notice EIP-712 statements, by a key or an ERC-1271 contract, each good for one use until its deadline.
abstract contract Statements is EIP712 {
    IParties internal immutable PARTIES;

    mapping(address party => mapping(uint256 nonce => bool)) public nonceUsed;

    /// @dev A statement with this nonce did what it says.
    event StatementTaken(address indexed party, uint256 nonce);
    /// @dev Whatever was signed with this nonce is void.
    event NonceRevoked(address indexed party, uint256 nonce);

    constructor(IParties parties) {
        PARTIES = parties;
    }

    /// @notice The calling party takes back what it signed with this nonce.
    function revokeNonce(uint256 nonce) external {
        address party = PARTIES.partyOf(msg.sender);
        require(party != address(0), NotPermitted(msg.sender));
        require(!nonceUsed[party][nonce], NonceUsed(party, nonce));
        nonceUsed[party][nonce] = true;
        emit NonceRevoked(party, nonce);
    }

    /// @dev Takes a statement of the party with this number, once.
    /// Checks: `StatementExpired` · `NonceUsed` · `InvalidSignature`.
    function _takeStatement(
        uint32 signer,
        bytes32 structHash,
        uint256 nonce,
        uint40 deadline,
        bytes calldata signature
    ) internal returns (address party) {
        address key;
        (party, key, ) = PARTIES.signatoryOf(signer);
        require(block.timestamp <= deadline, StatementExpired(deadline));
        require(!nonceUsed[party][nonce], NonceUsed(party, nonce));
        bytes32 digest = _hashTypedDataV4(structHash);
        require(SignatureChecker.isValidSignatureNowCalldata(key, digest, signature), InvalidSignature(party));
        nonceUsed[party][nonce] = true;
        emit StatementTaken(party, nonce);
    }
}
