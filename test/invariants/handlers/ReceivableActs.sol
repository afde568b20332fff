// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {StaleState, ZeroAmount} from "../../../contracts/claim/IClaim.sol";
import {OrderTerms} from "../../../contracts/order/IPurchaseOrders.sol";
import {NotPermitted} from "../../../contracts/party/IParties.sol";
import {IReceivables} from "../../../contracts/receivable/IReceivables.sol";
import {DebtGhost, OrderGhost} from "../Ghosts.sol";
import {Payments} from "./Payments.sol";

/// @title What is done with money owed: paid, collected, contested, ruled on
abstract contract ReceivableActs is Payments {
    function _pay() internal returns (bool) {
        (bool found, uint256 place) = _pickFrom(_unpaid, _deliveryCount, _isPayable);
        if (!found) return false;
        OrderGhost storage order = _order[_delivery[place].order];
        uint256 outstanding = _outstanding(place);
        uint256 expected = _chance(4) ? outstanding + 1 : outstanding;
        address caller = _keyOf(order.buyer);
        uint256 has = _balance[order.terms.currency][caller];
        uint256 amount = _upTo(_chance(90) ? _less(_uncontested(place), has) : _uncontested(place));
        _perhapsCallsBack(order.terms.currency);
        bytes4 refusal = _bookPay(caller, place, amount, expected);
        bytes memory data = abi.encodeCall(receivables.pay, (_receivableId(place), uint64(amount), uint64(expected)));
        bool done = _as(caller, address(receivables), data, refusal);
        _endCallback(address(receivables));
        if (done) _perhapsTwice(caller, address(receivables), data, StaleState.selector);
        return true;
    }

    function _collect() internal returns (bool) {
        (bool found, uint256 place) = _pickFrom(_unpaid, _deliveryCount, _isCollectable);
        return found && _collectOn(place);
    }

    function _collectOn(uint256 place) internal returns (bool) {
        address caller = _anybody();
        _perhapsCallsBack(_order[_delivery[place].order].terms.currency);
        bytes4 refusal = _bookCollect(place);
        bytes memory data = abi.encodeCall(receivables.collect, (_receivableId(place)));
        bool done = _as(caller, address(receivables), data, refusal);
        _endCallback(address(receivables));
        // What was to be had is taken, and the flag is set.
        if (done) _perhapsTwice(caller, address(receivables), data, IReceivables.NothingToCollect.selector);
        return true;
    }

    function _contest() internal returns (bool) {
        (bool found, uint256 place) = _pickFrom(_unpaid, _deliveryCount, _isContestable);
        return found && _contestOn(place);
    }

    function _contestOn(uint256 place) internal returns (bool) {
        DebtGhost storage debt = _debt[place];
        address buyer = _order[_delivery[place].order].buyer;
        uint256 amount = _upTo(_outstanding(place));
        address caller = _keyOf(buyer);
        bytes4 refusal;
        if (_debtless(place)) refusal = IReceivables.NoReceivable.selector;
        else if (!_is(caller, buyer)) refusal = NotPermitted.selector;
        else if (amount == 0) refusal = ZeroAmount.selector;
        else if (debt.contestDay != 0) refusal = IReceivables.AlreadyContested.selector;
        else if (_today() >= debt.acceptedDay + 7) refusal = IReceivables.ContestTooLate.selector;
        else if (amount > _outstanding(place)) refusal = IReceivables.ContestTooLarge.selector;
        bytes memory data = abi.encodeCall(receivables.contest, (_receivableId(place), uint64(amount)));
        if (_as(caller, address(receivables), data, refusal)) {
            (debt.contested, debt.contestDay) = (amount, _today());
            _touchDebt(place, 0);
        }
        return true;
    }

    function _rule() internal returns (bool) {
        (bool found, uint256 place) = _pickFrom(_unpaid, _deliveryCount, _isContested);
        return found && _ruleOn(place);
    }

    function _ruleOn(uint256 place) internal returns (bool) {
        DebtGhost storage debt = _debt[place];
        OrderTerms memory terms = _order[_delivery[place].order].terms;
        uint256 upheld = _chance(20) ? 0 : _upTo(debt.contested);
        address caller = _keyOf(terms.arbiter);
        bytes4 refusal;
        if (_debtless(place)) refusal = IReceivables.NoReceivable.selector;
        else if (!_is(caller, terms.arbiter)) refusal = NotPermitted.selector;
        else if (debt.contested == 0) refusal = IReceivables.NotContested.selector;
        else if (_today() > debt.contestDay + 30) refusal = IReceivables.ContestExpired.selector;
        else if (upheld > debt.contested) refusal = IReceivables.ContestTooLarge.selector;
        bytes memory data = abi.encodeCall(receivables.rule, (_receivableId(place), uint64(upheld), terms));
        if (_as(caller, address(receivables), data, refusal)) {
            debt.contested = 0;
            debt.upheld += upheld;
            if (_outstanding(place) == 0) debt.overdue = false;
            _touchDebt(place, 0);
        }
        return true;
    }

    function _bookPay(
        address caller,
        uint256 place,
        uint256 amount,
        uint256 expected
    ) private returns (bytes4 refusal) {
        if (_debtless(place)) return IReceivables.NoReceivable.selector;
        if (!_is(caller, _order[_delivery[place].order].buyer)) return NotPermitted.selector;
        if (expected != _outstanding(place)) return StaleState.selector;
        if (amount == 0) return ZeroAmount.selector;
        DebtGhost memory before = _debt[place];
        uint256 facility = _loan[_delivery[place].order].facility;
        _liftContest(_debt[place]);
        if (amount > _uncontested(place)) refusal = IReceivables.Overpayment.selector;
        else refusal = _bookPayment(place, caller, amount);
        if (refusal != 0) _debt[place] = before;
        else _touchDebt(place, facility);
    }

    function _receivableId(uint256 place) private view returns (uint256) {
        uint256 order = _order[_delivery[place].order].id;
        return uint256(keccak256(abi.encode(bytes32("sheaf.receivable"), order, uint16(_delivery[place].number))));
    }

    function _isPayable(uint256 place) private view returns (bool) {
        OrderGhost storage order = _order[_delivery[place].order];
        return _uncontested(place) != 0 && _balance[order.terms.currency][order.buyer] != 0;
    }

    function _isCollectable(uint256 place) private view returns (bool) {
        DebtGhost storage debt = _debt[place];
        if (_today() < debt.dueDay || _uncontested(place) == 0) return false;
        OrderGhost storage order = _order[_delivery[place].order];
        return !debt.overdue || _balance[order.terms.currency][order.buyer] != 0;
    }

    function _isContestable(uint256 place) private view returns (bool) {
        DebtGhost storage debt = _debt[place];
        return _outstanding(place) != 0 && debt.contestDay == 0 && _today() < debt.acceptedDay + 7;
    }

    function _isContested(uint256 place) private view returns (bool) {
        return _debt[place].contested != 0 && _today() <= _debt[place].contestDay + 30;
    }
}
