// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice A root on record.
/// @param by account that anchored it
/// @param anchoredAt second in which it was anchored; 0 for a root that never was
/// @param first place in the record of events of the tree's first leaf; the first event of all has place 1
/// @param count leaves of the tree
struct Anchor {
    address by;
    uint64 anchoredAt;
    uint64 first;
    uint32 count;
}

/// @title Provenance: which events were on record, and when
/// @notice The record of supply-chain events is anchored in trees, one after the other: each has the events that follow
/// those of the tree before, so that no event is in two and none is passed over. A root that is here proves, with a leaf
/// and its way up, that the event was there at that second. It does not prove that no other event was left out of the
/// record, nor at which place in its tree the leaf stands.
interface IProvenance {
    event Anchored(bytes32 indexed root, address indexed by, uint64 first, uint32 count, uint64 anchoredAt);

    error ZeroRoot();
    error ZeroCount();
    /// @dev The root is on record already; nothing was changed.
    error AlreadyAnchored(bytes32 root);
    /// @dev The tree leaves out events, or has some that are anchored: the next one begins with `expected`.
    error NotNext(uint64 expected);

    /// @notice Puts the root of the next tree on record. For the anchoring role.
    /// @param first has to be `next`
    function anchor(bytes32 root, uint64 first, uint32 count) external;

    /// @notice What is on record of a root; all zero where it was never anchored.
    function anchorOf(bytes32 root) external view returns (Anchor memory);

    /// @notice Place in the record of the first event that is not anchored.
    function next() external view returns (uint64);
}
