// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Encumbered, StaleState, ZeroAmount} from "../../../contracts/claim/IClaim.sol";
import {OrderTerms} from "../../../contracts/order/IPurchaseOrders.sol";
import {NotPermitted, PartySuspended, ROLE_LENDER} from "../../../contracts/party/IParties.sol";
import {Assignment, IReceivables} from "../../../contracts/receivable/IReceivables.sol";
import {DebtGhost, OrderGhost} from "../Ghosts.sol";
import {Touched} from "../support/Acts.sol";
import {Payments} from "./Payments.sol";

/// @title What is done with money owed: paid, collected, contested, ruled on
abstract contract ReceivableActs is Payments {
    bytes32 private constant ASSIGNMENT = keccak256(
        "Assignment(uint256 order,uint16 delivery,address assignee,uint64 price,uint64 outstanding,uint256 nonce,uint40 deadline)"
    );

    function _pay() internal returns (bool) {
        (bool found, uint256 place) = _pickFrom(_unpaid, _deliveryCount, _isPayable);
        if (!found) return false;
        OrderGhost storage order = _order[_delivery[place].order];
        uint256 outstanding = _outstanding(place);
        uint256 expected = _chance(4) ? outstanding + 1 : outstanding;
        address caller = _keyOf(order.buyer);
        uint256 has = _balance[order.terms.currency][caller];
        uint256 amount = _upTo(_chance(90) ? _less(_uncontested(place), has) : _uncontested(place));
        _perhapsFreezes(_delivery[place].order, _debt[place].holder);
        _perhapsCallsBack(order.terms.currency);
        bytes memory data = abi.encodeCall(
            receivables.pay,
            (_orderIdOf(place), _numberOf(place), uint64(amount), uint64(expected))
        );
        uint256 mandate = _allowance[address(deposits)][caller][address(receivables)];
        if (_chance(15)) data = _withPermit(caller, address(receivables), data);
        bytes4 refusal = _bookPay(caller, place, amount, expected);
        if (refusal != 0) _allowance[address(deposits)][caller][address(receivables)] = mandate;
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
        _perhapsFreezes(_delivery[place].order, _debt[place].holder);
        _perhapsCallsBack(_order[_delivery[place].order].terms.currency);
        bytes4 refusal = _bookCollect(place);
        bytes memory data = abi.encodeCall(receivables.collect, (_orderIdOf(place), _numberOf(place)));
        bool done = _as(caller, address(receivables), data, refusal);
        _endCallback(address(receivables));
        if (done && _isSentTwice()) {
            // What was to be had is taken, and the flag is set; unless the holder could not receive its part.
            Touched memory before = _touched;
            _as(caller, address(receivables), data, _bookCollect(place));
            _touched = before;
        }
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
        bytes memory data = abi.encodeCall(receivables.contest, (_orderIdOf(place), _numberOf(place), uint64(amount)));
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
        else if (!_is(caller, terms.arbiter) || debt.holder == terms.arbiter) refusal = NotPermitted.selector;
        else if (debt.contested == 0) refusal = IReceivables.NotContested.selector;
        else if (_today() > debt.contestDay + 30) refusal = IReceivables.ContestExpired.selector;
        else if (upheld > debt.contested) refusal = IReceivables.ContestTooLarge.selector;
        bytes memory data = abi.encodeCall(
            receivables.rule,
            (_orderIdOf(place), _numberOf(place), uint64(upheld), terms)
        );
        if (_as(caller, address(receivables), data, refusal)) {
            debt.contested = 0;
            debt.upheld += upheld;
            if (_outstanding(place) == 0) {
                debt.overdue = false;
                _remove(_unpaid, place);
            }
            _touchDebt(place, 0);
        }
        return true;
    }

    /// @dev A lender buys a receivable outright, by its holder's signed word.
    function _assign() internal returns (bool) {
        (bool found, uint256 place) = _pickFrom(_unpaid, _deliveryCount, _isAssignable);
        if (!found) return false;
        DebtGhost storage debt = _debt[place];
        address assignee = _oneOf(_lenders);
        if (assignee == debt.holder && _chance(90)) assignee = assignee == _lenders[0] ? _lenders[1] : _lenders[0];
        address caller = _keyOf(assignee);
        uint256 outstanding = _outstanding(place) + (_chance(3) ? 1 : 0);
        uint256 price = _chance(2) ? 0 : outstanding - outstanding / (10 + _roll(50));
        Word memory word = _someWord(address(receivables), debt.holder);
        Assignment memory terms = Assignment({
            order: _orderIdOf(place),
            delivery: _numberOf(place),
            assignee: _chance(2) ? _oneOf(_lenders) : assignee,
            price: uint64(price),
            outstanding: uint64(outstanding),
            nonce: word.nonce,
            deadline: word.deadline
        });
        _sign(word, keccak256(abi.encode(ASSIGNMENT, terms)));
        _perhapsCallsBack(_order[_delivery[place].order].terms.currency);
        bytes4 refusal = _bookAssign(caller, place, terms, word);
        bytes memory data = abi.encodeCall(receivables.assign, (terms, word.signature));
        bool done = _as(caller, address(receivables), data, refusal);
        _endCallback(address(receivables));
        // It is the buyer's own now.
        if (done) _perhapsTwice(caller, address(receivables), data, NotPermitted.selector);
        return true;
    }

    function _bookAssign(
        address caller,
        uint256 place,
        Assignment memory terms,
        Word memory word
    ) private returns (bytes4 refusal) {
        DebtGhost storage debt = _debt[place];
        refusal = _refusesAssign(caller, place, terms);
        if (refusal == 0) refusal = word.refusal;
        if (refusal != 0) return refusal;
        address currency = _order[_delivery[place].order].terms.currency;
        address account = _party[debt.holder].payoutAccount;
        refusal = _move(currency, address(receivables), caller, account, terms.price);
        if (refusal != 0) return refusal;
        _liftContest(debt);
        if (debt.assigned) _note("assigned-again");
        (debt.holder, debt.assigned) = (terms.assignee, true);
        _use(word);
        _touchDebt(place, 0);
    }

    function _refusesAssign(address caller, uint256 place, Assignment memory terms) private view returns (bytes4) {
        bytes4 refusal = _refusesOriginator(caller, ROLE_LENDER);
        if (refusal != 0) return refusal;
        if (_debtless(place)) return IReceivables.NoReceivable.selector;
        DebtGhost storage debt = _debt[place];
        address party = _partyOf[caller];
        bool self = party == debt.holder || party == _order[_delivery[place].order].buyer;
        if (party != terms.assignee || self) return NotPermitted.selector;
        if (_party[debt.holder].suspended) return PartySuspended.selector;
        if (terms.outstanding != _outstanding(place)) return StaleState.selector;
        if (terms.price == 0 || terms.outstanding == 0) return ZeroAmount.selector;
        bool disputed = debt.contested != 0 && _today() <= debt.contestDay + 30;
        if (disputed) return IReceivables.Disputed.selector;
        if (debt.overdue) return IReceivables.IsOverdue.selector;
        bool encumbered = !debt.assigned && _loan[_delivery[place].order].facility != 0;
        return encumbered ? Encumbered.selector : bytes4(0);
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
        _liftContest(_debt[place]);
        if (amount > _uncontested(place)) refusal = IReceivables.Overpayment.selector;
        else refusal = _bookPayment(place, caller, amount, false);
        if (refusal != 0) _debt[place] = before;
    }

    function _orderIdOf(uint256 place) private view returns (uint256) {
        return _order[_delivery[place].order].id;
    }

    function _numberOf(uint256 place) private view returns (uint16) {
        return uint16(_delivery[place].number);
    }

    function _isAssignable(uint256 place) private view returns (bool) {
        DebtGhost storage debt = _debt[place];
        if (_outstanding(place) == 0 || debt.contested != 0 || debt.overdue) return false;
        return debt.assigned || _loan[_delivery[place].order].facility == 0;
    }

    function _isPayable(uint256 place) private view returns (bool) {
        OrderGhost storage order = _order[_delivery[place].order];
        return _uncontested(place) != 0 && _balance[order.terms.currency][_party[order.buyer].key] != 0;
    }

    function _isCollectable(uint256 place) private view returns (bool) {
        DebtGhost storage debt = _debt[place];
        if (_today() < debt.dueDay || _uncontested(place) == 0) return false;
        OrderGhost storage order = _order[_delivery[place].order];
        address payer = _party[order.buyer].key;
        if (debt.overdue && _allowance[order.terms.currency][payer][address(receivables)] == 0) return false;
        return !debt.overdue || _balance[order.terms.currency][payer] != 0;
    }

    function _isContestable(uint256 place) private view returns (bool) {
        DebtGhost storage debt = _debt[place];
        return _outstanding(place) != 0 && debt.contestDay == 0 && _today() < debt.acceptedDay + 7;
    }

    function _isContested(uint256 place) private view returns (bool) {
        DebtGhost storage debt = _debt[place];
        if (debt.holder == _order[_delivery[place].order].terms.arbiter) return false;
        return debt.contested != 0 && _today() <= debt.contestDay + 30;
    }
}
