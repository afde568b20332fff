// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @dev The caller is not the party, or does not have the role, that this act is for.
error NotPermitted(address caller);
/// @dev A suspended party originates nothing new.
error PartySuspended(address party);
/// @dev Originating is paused; paying, repaying and releasing are not.
error Paused();

/// @dev Roles are bits; a party may have several.
uint16 constant ROLE_BUYER = 1;
uint16 constant ROLE_COOPERATIVE = 2;
uint16 constant ROLE_WAREHOUSE = 4;
uint16 constant ROLE_LENDER = 8;
uint16 constant ROLE_ARBITER = 16;
uint16 constant ROLES_ALL = 31;

/// @notice What is on record about a party.
/// @param key the account that signs for the party, and whose approvals are its mandates
/// @param roles bits of the `ROLE_…` constants
/// @param suspended whether it may originate nothing new
/// @param payoutAccount where it is paid
struct Party {
    address key;
    uint16 roles;
    bool suspended;
    address payoutAccount;
}

/// @title Who takes part
/// @notice A party has a stable id (the address it was admitted with), roles, a signing key and a payout account.
interface IParties {
    event PartyAdmitted(address indexed party, uint16 roles, string name);
    event PartyRolesChanged(address indexed party, uint16 roles);
    event PartyStandingChanged(address indexed party, bool suspended);
    event PayoutAccountChanged(address indexed party, address account);
    event OriginationPaused(bool paused);

    /// @dev Roles are none at all, or beyond those that exist.
    error UnknownRoles(uint16 roles);
    error UnknownParty(address party);
    /// @dev Nobody's account, a contract of this deployment or an approved currency: money that goes there is lost.
    error CannotBePaid(address account);
    error AlreadyAdmitted(address party);

    /// @notice Admits a party under its key's address. For the admission role.
    function admit(address party, uint16 roles, string calldata name) external;

    /// @notice Replaces the roles of a party. For the admission role.
    function setRoles(address party, uint16 roles) external;

    /// @notice Suspends a party or lifts its suspension. For the admission role.
    function setSuspended(address party, bool suspended) external;

    /// @notice The calling party names the account where it is paid. Administration never can.
    function setPayoutAccount(address account) external;

    /// @notice Pauses originating, or lifts the pause. For the admission role.
    function setPaused(bool paused) external;

    function paused() external view returns (bool);

    /// @notice The party that a key signs for; 0 for none.
    function partyOf(address key) external view returns (address party);

    /// @notice Whether money may go to this account: not to nobody, to this deployment's contracts or to a currency.
    function mayBePaid(address account) external view returns (bool);

    /// @notice The record of a party; all zero for none.
    function partyById(address party) external view returns (Party memory);

    /// @notice The party that `key` signs for, if it has any of `roles`, may originate and originating is not paused.
    /// @dev Reverts, in this order: `NotPermitted`, `Paused`, `PartySuspended`.
    function requireOriginator(address key, uint16 roles) external view returns (address party);
}
