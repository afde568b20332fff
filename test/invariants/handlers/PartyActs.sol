// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {NotTransferable} from "../../../contracts/claim/IClaim.sol";
import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";
import {IParties, NotPermitted, Retired, ROLE_ARBITER, ROLES_ALL} from "../../../contracts/party/IParties.sol";
import {PartyGhost} from "../Ghosts.sol";
import {Acts} from "../support/Acts.sol";

/// @title Administration, payout accounts, and calls that are nobody's to make
abstract contract PartyActs is Acts {
    uint256 private constant MOST_REPLACEMENTS = 8;

    address private _suspended;
    address private _stripped;
    uint16 private _hadRoles;
    address private _proposedFor;
    uint256 private _replacements;

    function _mayLiftSuspension() internal view returns (bool) {
        return _suspended != address(0);
    }

    /// @dev Suspends a party, or lifts the suspension that stands.
    function _suspend() internal returns (bool) {
        address party = _suspended == address(0) ? _anybody() : _suspended;
        bool suspended = _suspended == address(0);
        address caller = _administrator();
        bytes4 refusal = _refusesAdministration(caller);
        if (refusal == 0 && _party[party].key == address(0)) refusal = IParties.UnknownParty.selector;
        if (_as(caller, address(parties), abi.encodeCall(parties.setSuspended, (party, suspended)), refusal)) {
            _party[party].suspended = suspended;
            _suspended = suspended ? party : address(0);
        }
        return true;
    }

    function _mayRestoreRoles() internal view returns (bool) {
        return _stripped != address(0);
    }

    /// @dev A party is left with the role of an arbiter alone, or gets back the roles that it had.
    function _setRoles() internal returns (bool) {
        bool restores = _stripped != address(0);
        address party = restores ? _stripped : _anybody();
        uint16 roles = restores ? _hadRoles : ROLE_ARBITER;
        if (_chance(10)) roles = _chance(50) ? 0 : 32;
        address caller = _administrator();
        bytes4 refusal = _refusesAdministration(caller);
        if (refusal == 0 && (roles == 0 || roles > ROLES_ALL)) refusal = IParties.UnknownRoles.selector;
        if (refusal == 0 && _party[party].key == address(0)) refusal = IParties.UnknownParty.selector;
        if (_as(caller, address(parties), abi.encodeCall(parties.setRoles, (party, roles)), refusal)) {
            (_stripped, _hadRoles) = restores ? (address(0), 0) : (party, _party[party].roles);
            _party[party].roles = roles;
        }
        return true;
    }

    function _pause() internal returns (bool) {
        bool pause = !_isPaused;
        address caller = _administrator();
        bytes4 refusal = _refusesAdministration(caller);
        if (_as(caller, address(parties), abi.encodeCall(parties.setPaused, (pause)), refusal)) _isPaused = pause;
        return true;
    }

    function _setCapacity() internal returns (bool) {
        address warehouse = _oneOf(_warehouses);
        uint64 capacity = uint64(_between(CAPACITY / 2, CAPACITY * 2));
        address caller = _administrator();
        bytes memory data = abi.encodeCall(receipts.setCapacity, (warehouse, capacity));
        if (_as(caller, address(receipts), data, _refusesAdministration(caller))) {
            _warehouse[warehouse].capacity = capacity;
            _touched.warehouse = warehouse;
        }
        return true;
    }

    /// @dev A party is paid at another account of its own, or at its key; never by one of our contracts.
    function _changePayout() internal returns (bool) {
        address party = _chance(50) ? _cooperatives[0] : _anybody();
        address account = _chance(50) ? _party[party].key : _cooperativesPurse;
        if (account == address(0)) account = party;
        if (_chance(10)) account = _ours[_roll(_ours.length)];
        address caller = _keyOf(party);
        bytes4 refusal = _isOurs(account) ? IParties.CannotBePaid.selector : bytes4(0);
        if (refusal == 0 && _partyOf[caller] == address(0)) refusal = NotPermitted.selector;
        if (_as(caller, address(parties), abi.encodeCall(parties.setPayoutAccount, (account)), refusal)) {
            _party[_partyOf[caller]].payoutAccount = account;
        }
        return true;
    }

    /// @dev Administration gives a party that has lost its key another one. The party may veto.
    function _proposeKey() internal returns (bool) {
        if (_replacements >= MOST_REPLACEMENTS) return false;
        address party = _partyOf[_anybody()];
        if (party == address(0)) party = _suppliers[0];
        address key = _chance(85) ? _account(string.concat("key ", Strings.toString(_replacements + 1))) : _anybody();
        address caller = _administrator();
        bytes4 refusal = _refusesAdministration(caller);
        if (refusal == 0 && _party[party].key == address(0)) refusal = IParties.UnknownParty.selector;
        if (refusal == 0 && !_isFree(key)) refusal = IParties.KeyTaken.selector;
        if (_as(caller, address(parties), abi.encodeCall(parties.proposeKey, (party, key)), refusal)) {
            (_party[party].proposedKey, _party[party].proposedFrom) = (key, _time + KEY_DELAY);
            _proposedFor = party;
        }
        return true;
    }

    function _vetoKey() internal returns (bool) {
        if (_proposedFor == address(0) && !_chance(10)) return false;
        address caller = _keyOf(_proposedFor == address(0) ? _buyers[0] : _proposedFor);
        address party = _partyOf[caller];
        bytes4 refusal;
        if (party == address(0)) refusal = NotPermitted.selector;
        else if (_party[party].proposedKey == address(0)) refusal = IParties.NoKeyProposed.selector;
        if (_as(caller, address(parties), abi.encodeCall(parties.vetoKey, ()), refusal)) {
            (_party[party].proposedKey, _party[party].proposedFrom) = (address(0), 0);
            if (party == _proposedFor) _proposedFor = address(0);
        }
        return true;
    }

    /// @dev Claims, loans and roles stay where they are. Money and mandates of the new key are its own.
    function _replaceKey() internal returns (bool) {
        address party = _proposedFor;
        if (party == address(0) || (_time < _party[party].proposedFrom && !_chance(10))) return false;
        PartyGhost storage record = _party[party];
        address key = record.proposedKey;
        bytes4 refusal;
        if (key == address(0)) refusal = IParties.NoKeyProposed.selector;
        else if (_time < record.proposedFrom) refusal = IParties.KeyTooEarly.selector;
        else if (!_isFree(key)) refusal = IParties.KeyTaken.selector;
        if (_as(_anybody(), address(parties), abi.encodeCall(parties.replaceKey, (party)), refusal)) {
            _partyOf[record.key] = address(0);
            _partyOf[key] = party;
            (record.oldKey, record.key) = (record.key, key);
            (record.proposedKey, record.proposedFrom) = (address(0), 0);
            _everybody.push(key);
            if (_balance[address(deposits)][key] == 0) _endow(key);
            _proposedFor = address(0);
            ++_replacements;
        }
        return true;
    }

    /// @dev Ends originating for good.
    function _retire() internal returns (bool) {
        address caller = _administrator();
        bytes4 refusal = _refusesAdministration(caller);
        if (refusal == 0 && _isRetired) refusal = Retired.selector;
        if (_as(caller, address(parties), abi.encodeCall(parties.retire, ()), refusal)) _isRetired = true;
        return true;
    }

    /// @notice Property 7: what contracts tell each other, and administration, is refused to everybody.
    function _intrude() internal returns (bool) {
        uint256 id = _orderCount == 0 ? 1 : _order[_roll(_orderCount)].id;
        address caller = _anybody();
        bytes4 no = NotPermitted.selector;
        uint256 kind = _roll(13);
        if (kind == 0) _as(caller, address(orders), abi.encodeCall(orders.record, (id, 1)), no);
        if (kind == 1) _as(caller, address(receipts), abi.encodeCall(receipts.despatch, (id, id, 1, 1)), no);
        if (kind == 2) _as(caller, address(receipts), abi.encodeCall(receipts.recall, (id, 1, 1)), no);
        if (kind == 3) _as(caller, address(receipts), abi.encodeCall(receipts.release, (id, 1)), no);
        if (kind == 4) _as(caller, address(deliveries), abi.encodeCall(deliveries.recordReturn, (id, 1, id, 1)), no);
        if (kind == 5) {
            bytes memory confirm = abi.encodeCall(receivables.confirm, (id, 99, 1, caller, 1, 1, false));
            _as(caller, address(receivables), confirm, no);
        }
        if (kind == 6) _as(caller, address(facilities), abi.encodeCall(facilities.settle, (id, 1, 1, 1)), no);
        if (kind == 7) _as(caller, address(facilities), abi.encodeCall(facilities.divert, (id, id, caller, 1)), no);
        if (kind == 8) _as(caller, address(facilities), abi.encodeCall(facilities.bringMaturityForward, (id, 1)), no);
        if (kind == 9) _as(caller, address(liens), abi.encodeCall(liens.record, (id, 1, id, caller)), no);
        bytes4 bound = NotTransferable.selector;
        if (kind == 10) _as(caller, address(orders), abi.encodeCall(orders.transferFrom, (caller, caller, id)), bound);
        if (kind == 11) _as(caller, address(receipts), abi.encodeCall(receipts.approve, (caller, id)), bound);
        if (kind == 12) {
            bytes memory mint = abi.encodeCall(deposits.mint, (caller, 1));
            _as(caller, address(deposits), mint, IAccessManaged.AccessManagedUnauthorized.selector);
        }
        return true;
    }

    function _isOurs(address account) private view returns (bool) {
        for (uint256 i = 0; i < _ours.length; ++i) if (_ours[i] == account) return true;
        return false;
    }

    /// @dev Whether a key signs for nobody, and never did as a party's id.
    function _isFree(address key) private view returns (bool) {
        return key != address(0) && _party[key].key == address(0) && _partyOf[key] == address(0);
    }
}
