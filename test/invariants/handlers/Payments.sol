// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {StaleState, ZeroAmount} from "../../../contracts/claim/IClaim.sol";
import {DeliveryStatus, IDeliveries} from "../../../contracts/order/IDeliveries.sol";
import {IFacilities} from "../../../contracts/facility/IFacilities.sol";
import {IReceivables} from "../../../contracts/receivable/IReceivables.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {DebtGhost, DeliveryGhost, LoanGhost, OrderGhost} from "../Ghosts.sol";
import {Acts} from "../support/Acts.sol";

/// @title What anybody may set off: collections, repayments and acceptance by silence; by a call, or out of a transfer
/// @notice Each `_book…` writes an act into the books if the rules allow it, and otherwise says how they refuse it.
abstract contract Payments is Acts {
    enum Callback {
        None,
        Collect,
        Repay,
        DeemAccepted
    }

    Callback private _callback;
    uint256 private _callbackPlace;
    uint256 private _callbackRevision;

    function _bookCollect(uint256 delivery) internal returns (bytes4) {
        if (_debtless(delivery)) return IReceivables.NoReceivable.selector;
        DebtGhost memory before = _debt[delivery];
        DebtGhost storage debt = _debt[delivery];
        uint256 facility = _loan[_delivery[delivery].order].facility;
        if (_today() < debt.dueDay) return IReceivables.NotDue.selector;
        _liftContest(debt);
        OrderGhost storage order = _order[_delivery[delivery].order];
        address payer = _party[order.buyer].key;
        uint256 taken = _less(_uncontested(delivery), _balance[order.terms.currency][payer]);
        taken = _less(taken, _allowance[order.terms.currency][payer][address(receivables)]);
        bytes4 refusal = _bookPayment(delivery, payer, taken);
        if (refusal == 0 && taken == 0 && before.overdue == debt.overdue) {
            refusal = IReceivables.NothingToCollect.selector;
        }
        if (refusal != 0) _debt[delivery] = before;
        else _touchDebt(delivery, facility);
        return refusal;
    }

    function _touchDebt(uint256 delivery, uint256 facility) internal {
        if (_outstanding(delivery) == 0) _remove(_unpaid, delivery);
        (_touched.delivery, _touched.order, _touched.facility) = (
            delivery + 1,
            _delivery[delivery].order + 1,
            facility
        );
    }

    /// @dev A contest that no one ruled on in time is over.
    function _liftContest(DebtGhost storage debt) internal {
        if (debt.contested != 0 && _today() > debt.contestDay + 30) debt.contested = 0;
    }

    /// @dev The debt, its flag, the loan and the money of both payees. The caller undoes what it did if this is refused.
    function _bookPayment(uint256 delivery, address payer, uint256 amount) internal returns (bytes4 refusal) {
        DebtGhost storage debt = _debt[delivery];
        uint256 place = _delivery[delivery].order;
        if (_today() >= debt.dueDay && amount < _uncontested(delivery)) debt.overdue = true;
        debt.paid += amount;
        if (_outstanding(delivery) == 0) debt.overdue = false;
        uint256 toLender;
        if (amount != 0) {
            toLender = _lendersPart(place, amount);
            refusal = _moveParts(place, payer, toLender, amount - toLender);
            if (refusal != 0) return refusal;
            if (_loan[place].facility != 0) _reduceLoan(place, toLender);
            else ++_loan[place].revision;
            _paidToHolder = amount - toLender;
        }
    }

    function _bookRepay(
        address payer,
        uint256 place,
        uint256 amount,
        uint256 revision
    ) internal returns (bytes4 refusal) {
        LoanGhost storage loan = _loan[place];
        if (revision != loan.revision) return StaleState.selector;
        if (loan.facility == 0) return IFacilities.NoLoan.selector;
        if (amount == 0) return ZeroAmount.selector;
        uint256 taken = _less(amount, _interestOf(place) + loan.principal);
        uint256 facility = loan.facility - 1;
        address currency = _facility[facility].currency;
        refusal = _move(currency, address(facilities), payer, _facility[facility].payee, taken);
        if (refusal != 0) return refusal;
        _reduceLoan(place, taken);
        (_touched.order, _touched.facility) = (place + 1, facility + 1);
    }

    function _bookDeemed(uint256 delivery) internal returns (bytes4) {
        DeliveryGhost storage d = _delivery[delivery];
        if (d.status != DeliveryStatus.Open) return IDeliveries.NoOpenDelivery.selector;
        uint256 until = d.arrivesBy + uint256(_order[d.order].terms.inspectionDays) * 1 days;
        if (_time <= until) return IDeliveries.InspectionOpen.selector;
        _bookAcceptance(delivery, d.quantity, true);
        return 0;
    }

    /// @dev The buyer's answer, by word or by silence, and the debt that follows from it.
    function _bookAcceptance(uint256 delivery, uint256 accepted, bool deemed) internal {
        DeliveryGhost storage d = _delivery[delivery];
        OrderGhost storage order = _order[d.order];
        uint256 before = order.accepted;
        (d.status, d.accepted) = (DeliveryStatus.Accepted, accepted);
        order.accepted += accepted;
        order.pending -= d.quantity;
        _remove(_openDeliveries, delivery);
        uint256 amount = _value(before + accepted, order.terms.unitPrice) - _value(before, order.terms.unitPrice);
        (_touched.order, _touched.delivery, _touched.receipt) = (d.order + 1, delivery + 1, d.receipt);
        if (d.receipt != 0) {
            address warehouse = _touched.warehouse = _receipt[d.receipt - 1].warehouse;
            _warehouse[warehouse].accepted += accepted;
            _warehouse[warehouse].rejected += d.quantity - accepted;
        }
        if (amount == 0) return;
        DebtGhost storage debt = _debt[delivery];
        (debt.billed, debt.deemed, debt.acceptedDay) = (amount, deemed, _today());
        uint256 term = order.terms.paymentDays;
        debt.dueDay = _today() + (deemed && term < 7 ? 7 : term);
        _add(_unpaid, delivery);
    }

    function _debtless(uint256 delivery) internal view returns (bool) {
        return _debt[delivery].billed == 0;
    }

    /// @notice A hostile currency calls back out of the next transfer: a collection, a repayment, or a silence recorded.
    function _perhapsCallsBack(address currency) internal {
        if (currency != address(hostile) || _deliveryCount == 0 || !_chance(20)) return;
        _callback = Callback(_between(1, 3));
        _callbackPlace = _roll(_callback == Callback.Repay ? _orderCount : _deliveryCount);
        address target = address(facilities);
        bytes memory data;
        if (_callback == Callback.Repay) {
            _callbackRevision = _loan[_callbackPlace].revision + _roll(2);
            data = abi.encodeCall(facilities.repay, (_order[_callbackPlace].id, 1, uint32(_callbackRevision)));
        } else {
            DeliveryGhost storage d = _delivery[_callbackPlace];
            (uint256 order, uint16 number) = (_order[d.order].id, uint16(d.number));
            bool collects = _callback == Callback.Collect;
            target = collects ? address(receivables) : address(deliveries);
            data =
                collects
                    ? abi.encodeCall(receivables.collect, (receivables.receivableId(order, number)))
                    : abi.encodeCall(deliveries.deemAccepted, (order, number));
        }
        _as(address(this), address(hostile), abi.encodeCall(hostile.callBack, (target, data)), 0);
    }

    /// @notice What the currency called back for has to end as the rules say, after the act that it interrupted.
    /// @param guarded the contract that was in the middle of a money call
    function _endCallback(address guarded) internal {
        if (_callback == Callback.None) return;
        Callback callback = _callback;
        _callback = Callback.None;
        if (hostile.callee() != address(0)) {
            // Nothing was transferred, or it was undone.
            hostile.callBack(address(0), "");
            return;
        }
        bytes4 given = bytes4(hostile.refusal());
        bytes4 refusal = ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector;
        if (callback == Callback.Collect && guarded != address(receivables)) refusal = _bookCollect(_callbackPlace);
        if (callback == Callback.Repay && guarded != address(facilities)) {
            refusal = _bookRepay(address(hostile), _callbackPlace, 1, _callbackRevision);
        }
        if (callback == Callback.DeemAccepted) refusal = _bookDeemed(_callbackPlace);
        if (given != refusal) {
            revert(
                string.concat("9: a call out of a transfer answers ", _hex(given), ", the rules say ", _hex(refusal))
            );
        }
        // The base is no longer what it was when the act looked at it.
        if (refusal == 0) (_drawnNow, _paidToHolder) = (0, 0);
    }

    /// @dev Both parts or none.
    function _moveParts(
        uint256 place,
        address payer,
        uint256 toLender,
        uint256 toHolder
    ) private returns (bytes4 refusal) {
        address currency = _order[place].terms.currency;
        uint256 facility = _loan[place].facility;
        address payee = facility == 0 ? address(0) : _facility[facility - 1].payee;
        address payout = _party[_order[place].terms.seller].payoutAccount;
        uint256[4] memory before = _purses(currency, payer, payee, payout);
        if (toLender != 0) refusal = _move(currency, address(receivables), payer, payee, toLender);
        if (refusal == 0 && toHolder != 0) refusal = _move(currency, address(receivables), payer, payout, toHolder);
        if (refusal == 0) return 0;
        _balance[currency][payer] = before[0];
        _balance[currency][payee] = before[1];
        _balance[currency][payout] = before[2];
        _allowance[currency][payer][address(receivables)] = before[3];
    }

    function _purses(
        address currency,
        address payer,
        address payee,
        address payout
    ) private view returns (uint256[4] memory) {
        mapping(address => uint256) storage balance = _balance[currency];
        uint256 mandate = _allowance[currency][payer][address(receivables)];
        return [balance[payer], balance[payee], balance[payout], mandate];
    }
}
