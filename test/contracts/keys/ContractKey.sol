// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";

/// @title A party's key that is a contract, as a company's multi-signature account is
/// @notice It signs what its owner signs. It can be told to revert, or to answer with any bytes at all.
contract ContractKey is IERC1271 {
    address public owner;
    bool public reverts;
    bool public raves;
    bytes public ravings;

    function handTo(address next) external {
        owner = next;
    }

    function revertAlways(bool turn) external {
        reverts = turn;
    }

    /// @notice From now on it answers every question with these bytes, as they are.
    function rave(bytes calldata words) external {
        (raves, ravings) = (true, words);
    }

    /// @notice Acts as the party.
    function execute(address target, bytes calldata data) external returns (bytes memory answer) {
        bool done;
        (done, answer) = target.call(data);
        if (!done) {
            assembly ("memory-safe") {
                revert(add(answer, 0x20), mload(answer))
            }
        }
    }

    function isValidSignature(bytes32 hash, bytes calldata signature) external view returns (bytes4) {
        require(!reverts, "no");
        if (raves) {
            bytes memory words = ravings;
            assembly ("memory-safe") {
                return(add(words, 0x20), mload(words))
            }
        }
        (address signer, ECDSA.RecoverError fault, ) = ECDSA.tryRecoverCalldata(hash, signature);
        bool good = fault == ECDSA.RecoverError.NoError && signer == owner;
        return good ? IERC1271.isValidSignature.selector : bytes4(0xffffffff);
    }
}
