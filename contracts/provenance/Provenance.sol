// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {Anchor, IProvenance} from "./IProvenance.sol";

/// @dev The interface `IProvenance` is its documentation.
contract Provenance is IProvenance, AccessManaged {
    mapping(bytes32 root => Anchor anchor) private _anchors;
    uint64 public next = 1;

    constructor(address accessManager) AccessManaged(accessManager) {}

    function anchor(bytes32 root, uint64 first, uint32 count) external restricted {
        require(root != bytes32(0), ZeroRoot());
        require(count != 0, ZeroCount());
        require(_anchors[root].anchoredAt == 0, AlreadyAnchored(root));
        require(first == next, NotNext(next));
        next = first + count;
        uint64 anchoredAt = uint64(block.timestamp);
        _anchors[root] = Anchor(msg.sender, anchoredAt, first, count);
        emit Anchored(root, msg.sender, first, count, anchoredAt);
    }

    function anchorOf(bytes32 root) external view returns (Anchor memory) {
        return _anchors[root];
    }
}
