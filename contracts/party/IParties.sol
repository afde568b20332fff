// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @dev The caller is not the party, or does not have the role, that this act is for.
error NotPermitted(address caller);
/// @dev A suspended party originates nothing new.
error PartySuspended(address party);
/// @dev Originating is paused; paying, repaying and releasing are not.
error Paused();
/// @dev Nothing is originated here any more; what is owed can still be paid.
error Retired();

/// @dev Roles are bits; a party may have several.
uint16 constant ROLE_BUYER = 1;
uint16 constant ROLE_COOPERATIVE = 2;
uint16 constant ROLE_WAREHOUSE = 4;
uint16 constant ROLE_LENDER = 8;
uint16 constant ROLE_ARBITER = 16;
uint16 constant ROLES_ALL = 31;

/// @notice What is on record about a party.
/// @param key the account that signs for the party, and whose approvals are its mandates
/// @param number its place in the register, from 1: four bytes stand for it where claims keep it
/// @param roles bits of the `ROLE_…` constants
/// @param suspended whether it may originate nothing new
/// @param payoutAccount where it is paid
struct Party {
    address key;
    uint32 number;
    uint16 roles;
    bool suspended;
    address payoutAccount;
}

/// @notice A key that administration proposes for a party that has lost its own.
/// @param from second from which it may take the old one's place
struct KeyProposal {
    address key;
    uint40 from;
}

/// @title Who takes part
/// @notice A party has a stable id (the address it was admitted with), roles, a signing key and a payout account.
/// Claims, loans and roles belong to the party, so they stay where they are when its key is replaced.
interface IParties {
    event PartyAdmitted(address indexed party, uint32 number, uint16 roles, string name);
    event PartyRolesChanged(address indexed party, uint16 roles);
    event PartyStandingChanged(address indexed party, bool suspended);
    event PayoutAccountChanged(address indexed party, address account);
    event KeyProposed(address indexed party, address key, uint40 from);
    event KeyVetoed(address indexed party, address key);
    event KeyReplaced(address indexed party, address oldKey, address key);
    event OriginationPaused(bool paused);
    event DeploymentRetired();

    /// @dev Roles are none at all, or beyond those that exist.
    error UnknownRoles(uint16 roles);
    error UnknownParty(address party);
    /// @dev Nobody's account, a contract of this deployment or an approved currency: money that goes there is lost.
    error CannotBePaid(address account);
    error AlreadyAdmitted(address party);
    /// @dev The account is a party, or signs for one, or would gain nothing by it.
    error KeyTaken(address key);
    error NoKeyProposed(address party);
    /// @dev The party may still veto.
    error KeyTooEarly(uint256 from);

    /// @notice Admits a party under its key's address. For the admission role.
    function admit(address party, uint16 roles, string calldata name) external;

    /// @notice Replaces the roles of a party. For the admission role.
    function setRoles(address party, uint16 roles) external;

    /// @notice Suspends a party or lifts its suspension. For the supervision role.
    function setSuspended(address party, bool suspended) external;

    /// @notice The calling party names the account where it is paid. Administration never can.
    function setPayoutAccount(address account) external;

    /// @notice Proposes a key for a party that has lost its own, in place of an earlier proposal. For the admission role.
    /// @dev Checks: `UnknownParty` · `KeyTaken`.
    function proposeKey(address party, address key) external;

    /// @notice The party, by its present key, refuses the key that was proposed for it.
    function vetoKey() external;

    /// @notice Anyone lets a proposed key take its place, once the party has had its time to veto. From then on the old key
    /// can do nothing. The payout account stays what the party made it.
    /// @dev Checks: `NoKeyProposed` · `KeyTooEarly` · `KeyTaken` (meanwhile).
    function replaceKey(address party) external;

    /// @notice Pauses originating, or lifts the pause. For the supervision role.
    function setPaused(bool paused) external;

    /// @notice Ends originating for good. For the retirement role.
    function retire() external;

    function paused() external view returns (bool);

    function retired() external view returns (bool);

    /// @notice Seconds that a party has to veto a proposed key.
    function keyDelay() external view returns (uint40);

    /// @notice The party that a key signs for; 0 for none.
    function partyOf(address key) external view returns (address party);

    /// @notice The party that a key signs for, and its number; 0 for none.
    function identify(address key) external view returns (uint32 number, address party);

    /// @notice Whether money may go to this account: not to nobody, to this deployment's contracts or to a currency.
    function mayBePaid(address account) external view returns (bool);

    /// @notice The record of a party; all zero for none.
    function partyById(address party) external view returns (Party memory);

    /// @notice The key that is proposed for a party; all zero for none.
    function proposalFor(address party) external view returns (KeyProposal memory);

    /// @notice The number of a party; 0 for none.
    function numberOf(address party) external view returns (uint32);

    /// @notice The number of a party that has `role` and is not suspended; 0 for any other.
    function numberWithRole(address party, uint16 role) external view returns (uint32);

    /// @notice The id of the party with this number; 0 for none.
    function idOf(uint32 number) external view returns (address party);

    /// @notice The party with this number: id, present key, and whether it is suspended.
    function signatoryOf(uint32 number) external view returns (address party, address key, bool suspended);

    /// @dev For `Receivables`, in one call: the party that `caller` signs for, else `caller` itself, or the debtor where it is
    /// 0; the debtor's key, whose approvals are its mandates; and where the holder is paid.
    function mandate(
        address caller,
        uint32 debtor,
        uint32 holder
    ) external view returns (address by, address payer, address account);

    /// @notice Where a party is paid.
    function payoutAccountOf(address party) external view returns (address);

    /// @notice The party that `key` signs for, if it has any of `roles`, may originate and originating goes on.
    /// @dev Reverts, in this order: `NotPermitted`, `Retired`, `Paused`, `PartySuspended`.
    function requireOriginator(address key, uint16 roles) external view returns (uint32 number, address party);
}
