// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {NotTransferable} from "../../../contracts/claim/IClaim.sol";
import {Loan} from "../../../contracts/lien/ILiens.sol";
import {IParties, NotPermitted} from "../../../contracts/party/IParties.sol";
import {Acts} from "../support/Acts.sol";

/// @title Administration, payout accounts, and calls that are nobody's to make
abstract contract PartyActs is Acts {
    address private _suspended;

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
        address account = _chance(50) ? party : _cooperativesPurse;
        if (_chance(10)) account = _ours[_roll(_ours.length)];
        address caller = _keyOf(party);
        bytes4 refusal = _isOurs(account) ? IParties.CannotBePaid.selector : bytes4(0);
        if (refusal == 0 && _partyOf[caller] == address(0)) refusal = NotPermitted.selector;
        if (_as(caller, address(parties), abi.encodeCall(parties.setPayoutAccount, (account)), refusal)) {
            _party[_partyOf[caller]].payoutAccount = account;
        }
        return true;
    }

    /// @notice Property 7: what contracts tell each other, and administration, is refused to everybody.
    function _intrude() internal returns (bool) {
        uint256 id = _orderCount == 0 ? 1 : _order[_roll(_orderCount)].id;
        address caller = _anybody();
        bytes4 no = NotPermitted.selector;
        uint256 kind = _roll(16);
        if (kind == 0) _as(caller, address(orders), abi.encodeCall(orders.recordDespatch, (id, 1, 0)), no);
        if (kind == 1) _as(caller, address(orders), abi.encodeCall(orders.recordRecall, (id, 1, 1)), no);
        if (kind == 2) _as(caller, address(orders), abi.encodeCall(orders.recordAcceptance, (id, 1, 1, 1)), no);
        if (kind == 3) _as(caller, address(orders), abi.encodeCall(orders.recordStored, (id, 1, 0)), no);
        if (kind == 4) _as(caller, address(orders), abi.encodeCall(orders.recordOwed, (id, 1, 0)), no);
        if (kind == 5) _as(caller, address(receipts), abi.encodeCall(receipts.despatch, (id, id, caller, 1)), no);
        if (kind == 6) _as(caller, address(receipts), abi.encodeCall(receipts.recall, (id, caller, 1)), no);
        if (kind == 7) _as(caller, address(receipts), abi.encodeCall(receipts.release, (id, 1)), no);
        if (kind == 8) _as(caller, address(deliveries), abi.encodeCall(deliveries.recordReturn, (id, 1, id, 1)), no);
        if (kind == 9) {
            bytes memory confirm = abi.encodeCall(receivables.confirm, (id, 99, caller, caller, 1, 1, 1, false));
            _as(caller, address(receivables), confirm, no);
        }
        if (kind == 10) _as(caller, address(facilities), abi.encodeCall(facilities.settle, (id, 1)), no);
        if (kind == 11) _as(caller, address(facilities), abi.encodeCall(facilities.bringMaturityForward, (id, 1)), no);
        if (kind == 12) {
            Loan memory none;
            _as(caller, address(liens), abi.encodeCall(liens.record, (id, none, caller)), no);
        }
        bytes4 bound = NotTransferable.selector;
        if (kind == 13) _as(caller, address(orders), abi.encodeCall(orders.transferFrom, (caller, caller, id)), bound);
        if (kind == 14) _as(caller, address(receipts), abi.encodeCall(receipts.approve, (caller, id)), bound);
        if (kind == 15) {
            bytes memory mint = abi.encodeCall(deposits.mint, (caller, 1));
            _as(caller, address(deposits), mint, IAccessManaged.AccessManagedUnauthorized.selector);
        }
        return true;
    }

    function _administrator() private returns (address) {
        return _chance(5) ? _anybody() : address(this);
    }

    function _refusesAdministration(address caller) private view returns (bytes4) {
        return caller == address(this) ? bytes4(0) : IAccessManaged.AccessManagedUnauthorized.selector;
    }

    function _isOurs(address account) private view returns (bool) {
        for (uint256 i = 0; i < _ours.length; ++i) if (_ours[i] == account) return true;
        return false;
    }
}
