// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {ICurrencies} from "../money/ICurrencies.sol";
import {Peers} from "../Peers.sol";
import {IParties, KeyProposal, NotPermitted, Party, PartySuspended, Paused, Retired, ROLES_ALL} from "./IParties.sol";

/// @dev The interface `IParties` is its documentation.
contract Parties is IParties, AccessManaged {
    mapping(address party => Party) private _parties;
    /// @dev Only for keys that are not their party's id: those that replaced it.
    mapping(address key => address party) private _replacementOf;
    mapping(address party => KeyProposal) private _proposals;
    mapping(uint32 number => address party) public idOf;
    uint32 private _count;
    /// @dev This deployment's own contracts, which never hold money.
    mapping(address account => bool) private _isOurs;
    ICurrencies private immutable CURRENCIES;
    uint40 private immutable KEY_DELAY;
    bool public paused;
    bool public retired;

    constructor(Peers memory peers, address accessManager, uint40 delay) AccessManaged(accessManager) {
        CURRENCIES = peers.currencies;
        KEY_DELAY = delay;
        _isOurs[accessManager] = true;
        _isOurs[address(this)] = true;
        _isOurs[address(peers.currencies)] = true;
        _isOurs[address(peers.orders)] = true;
        _isOurs[address(peers.deliveries)] = true;
        _isOurs[address(peers.receipts)] = true;
        _isOurs[address(peers.receivables)] = true;
        _isOurs[address(peers.liens)] = true;
        _isOurs[address(peers.facilities)] = true;
        _isOurs[address(peers.quotes)] = true;
        _isOurs[address(peers.provenance)] = true;
    }

    function admit(address party, uint16 roles, string calldata name) external restricted {
        require(mayBePaid(party), CannotBePaid(party));
        require(_parties[party].number == 0 && _replacementOf[party] == address(0), AlreadyAdmitted(party));
        require(roles != 0 && roles & ~ROLES_ALL == 0, UnknownRoles(roles));
        uint32 number = ++_count;
        idOf[number] = party;
        _parties[party] = Party({key: party, number: number, roles: roles, suspended: false, payoutAccount: party});
        emit PartyAdmitted(party, number, roles, name);
    }

    function setRoles(address party, uint16 roles) external restricted {
        require(roles != 0 && roles & ~ROLES_ALL == 0, UnknownRoles(roles));
        _existing(party).roles = roles;
        emit PartyRolesChanged(party, roles);
    }

    function setSuspended(address party, bool suspended) external restricted {
        _existing(party).suspended = suspended;
        emit PartyStandingChanged(party, suspended);
    }

    function setPayoutAccount(address account) external {
        require(mayBePaid(account), CannotBePaid(account));
        address party = _caller();
        _parties[party].payoutAccount = account;
        emit PayoutAccountChanged(party, account);
    }

    function proposeKey(address party, address key) external restricted {
        _existing(party);
        _requireFree(key);
        uint40 from = SafeCast.toUint40(block.timestamp + KEY_DELAY);
        _proposals[party] = KeyProposal(key, from);
        emit KeyProposed(party, key, from);
    }

    function vetoKey() external {
        address party = _caller();
        emit KeyVetoed(party, _proposed(party).key);
        delete _proposals[party];
    }

    function replaceKey(address party) external {
        KeyProposal memory proposal = _proposed(party);
        require(block.timestamp >= proposal.from, KeyTooEarly(proposal.from));
        _requireFree(proposal.key);
        delete _proposals[party];
        address old = _parties[party].key;
        delete _replacementOf[old];
        _parties[party].key = proposal.key;
        _replacementOf[proposal.key] = party;
        emit KeyReplaced(party, old, proposal.key);
    }

    function setPaused(bool pause) external restricted {
        paused = pause;
        emit OriginationPaused(pause);
    }

    function retire() external restricted {
        require(!retired, Retired());
        retired = true;
        emit DeploymentRetired();
    }

    function keyDelay() external view returns (uint40) {
        return KEY_DELAY;
    }

    function partyOf(address key) public view returns (address) {
        return key != address(0) && _parties[key].key == key ? key : _replacementOf[key];
    }

    function identify(address key) external view returns (uint32 number, address party) {
        party = partyOf(key);
        number = _parties[party].number;
    }

    function mayBePaid(address account) public view returns (bool) {
        return account != address(0) && !_isOurs[account] && CURRENCIES.numberOf(account) == 0;
    }

    function partyById(address party) external view returns (Party memory) {
        return _parties[party];
    }

    function proposalFor(address party) external view returns (KeyProposal memory) {
        return _proposals[party];
    }

    function numberOf(address party) external view returns (uint32) {
        return _parties[party].number;
    }

    function numberWithRole(address party, uint16 role) external view returns (uint32) {
        Party storage record = _parties[party];
        return record.roles & role != 0 && !record.suspended ? record.number : 0;
    }

    function signatoryOf(uint32 number) external view returns (address party, address key, bool suspended) {
        party = idOf[number];
        Party storage record = _parties[party];
        return (party, record.key, record.suspended);
    }

    function mandate(
        address caller,
        uint32 debtor,
        uint32 holder
    ) external view returns (address by, address payer, address account) {
        address debtorId = idOf[debtor];
        by = caller == address(0) ? debtorId : partyOf(caller);
        if (by == address(0)) by = caller;
        payer = _parties[debtorId].key;
        account = _parties[idOf[holder]].payoutAccount;
    }

    function payoutAccountOf(address party) external view returns (address) {
        return _parties[party].payoutAccount;
    }

    function requireOriginator(address key, uint16 roles) external view returns (uint32 number, address party) {
        party = partyOf(key);
        Party storage record = _parties[party];
        require(party != address(0) && record.roles & roles != 0, NotPermitted(key));
        require(!retired, Retired());
        require(!paused, Paused());
        require(!record.suspended, PartySuspended(party));
        number = record.number;
    }

    function _caller() private view returns (address party) {
        party = partyOf(msg.sender);
        require(party != address(0), NotPermitted(msg.sender));
    }

    function _existing(address party) private view returns (Party storage record) {
        record = _parties[party];
        require(record.number != 0, UnknownParty(party));
    }

    function _proposed(address party) private view returns (KeyProposal memory proposal) {
        proposal = _proposals[party];
        require(proposal.key != address(0), NoKeyProposed(party));
    }

    /// @dev A key signs for one party alone, and an id never becomes another party's key.
    function _requireFree(address key) private view {
        bool free = key != address(0) && _parties[key].number == 0 && _replacementOf[key] == address(0);
        require(free, KeyTaken(key));
    }
}
