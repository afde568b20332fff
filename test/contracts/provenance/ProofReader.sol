// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";
import {IProvenance} from "../../../contracts/provenance/IProvenance.sol";

/// @title A contract of somebody else's that believes an event only if it is anchored
contract ProofReader {
    function isAnchored(IProvenance provenance, bytes32 leaf, bytes32[] calldata proof) external view returns (bool) {
        return provenance.anchorOf(MerkleProof.processProofCalldata(proof, leaf)).anchoredAt != 0;
    }
}
