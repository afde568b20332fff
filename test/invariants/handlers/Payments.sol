// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {StaleState, ZeroAmount} from "../../../contracts/claim/IClaim.sol";
import {DeliveryStatus, IDeliveries} from "../../../contracts/order/IDeliveries.sol";
import {IFacilities} from "../../../contracts/facility/IFacilities.sol";
import {IReceivables} from "../../../contracts/receivable/IReceivables.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {PayeeCannotReceive, PayerFundsUnavailable} from "../../../contracts/money/Payment.sol";
import {DebtGhost, DeliveryGhost, FacilityGhost, LoanGhost, OrderGhost} from "../Ghosts.sol";
import {Hostility} from "../support/Hostility.sol";
import {Signing} from "../support/Signing.sol";

/// @title What anybody may set off: collections, repayments and acceptance by silence; by a call, or out of a transfer
/// @notice Each `_book…` writes an act into the books if the rules allow it, and otherwise says how they refuse it.
abstract contract Payments is Signing, Hostility {
    enum Callback {
        None,
        Collect,
        Repay,
        DeemAccepted
    }

    Callback private _callback;
    uint256 private _callbackPlace;
    uint256 private _callbackRevision;

    function _bookCollect(uint256 delivery) internal returns (bytes4 refusal) {
        if (_debtless(delivery)) return IReceivables.NoReceivable.selector;
        DebtGhost storage debt = _debt[delivery];
        if (_today() < debt.dueDay) return IReceivables.NotDue.selector;
        DebtGhost memory before = debt;
        _liftContest(debt);
        OrderGhost storage order = _order[_delivery[delivery].order];
        address payer = _party[order.buyer].key;
        uint256 taken = _less(_uncontested(delivery), _balance[order.terms.currency][payer]);
        taken = _less(taken, _allowance[order.terms.currency][payer][address(receivables)]);
        bool isLate = !debt.overdue && taken < _uncontested(delivery);
        if (taken == 0 && !isLate) refusal = IReceivables.NothingToCollect.selector;
        else refusal = _bookPayment(delivery, payer, taken, isLate);
        if (refusal != 0) _debt[delivery] = before;
    }

    /// @dev A contest that no one ruled on in time is over.
    function _liftContest(DebtGhost storage debt) internal {
        if (debt.contested != 0 && _today() > debt.contestDay + 30) debt.contested = 0;
    }

    /// @dev The debt, its flag, the loan and the money of both payees. The caller restores the debt if this is refused.
    /// @param isNews whether it is worth the call even if nobody gets any money
    function _bookPayment(
        uint256 delivery,
        address payer,
        uint256 amount,
        bool isNews
    ) internal returns (bytes4 refusal) {
        DebtGhost storage debt = _debt[delivery];
        uint256 place = _delivery[delivery].order;
        uint256 facility = _loan[place].facility;
        if (_today() >= debt.dueDay && amount < _uncontested(delivery)) debt.overdue = true;
        debt.paid += amount;
        if (_outstanding(delivery) == 0) debt.overdue = false;
        if (amount != 0) {
            uint256 toLender = debt.assigned ? 0 : _lendersPart(place, amount);
            refusal = _bookLegs(delivery, payer, toLender, amount - toLender, isNews);
            if (refusal != 0) return refusal;
            if (debt.assigned) facility = 0;
            else if (facility != 0) _reduceLoan(place, toLender);
            else ++_loan[place].revision;
        }
        if (_outstanding(delivery) == 0) _remove(_unpaid, delivery);
        _touchDebt(delivery, facility);
    }

    function _touchDebt(uint256 delivery, uint256 facility) internal {
        (_touched.delivery, _touched.order, _touched.facility) = (
            delivery + 1,
            _delivery[delivery].order + 1,
            facility
        );
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
        (refusal, ) = _paysLender(facility, address(facilities), payer, taken);
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
        debt.holder = order.terms.seller;
        _add(_unpaid, delivery);
    }

    /// @dev The id of the receipt that the goods of a delivery left; 0 for none.
    function _receiptOf(uint256 delivery) internal view returns (uint256) {
        uint256 place = _delivery[delivery].receipt;
        return place == 0 ? 0 : _receipt[place - 1].id;
    }

    function _debtless(uint256 delivery) internal view returns (bool) {
        return _debt[delivery].billed == 0;
    }

    /// @dev Just before a payment on this order: the lender, its depositary, the holder or several cannot receive.
    function _perhapsFreezes(uint256 order, address holder) internal {
        if (_order[order].terms.currency != address(hostile) || _isHostileNow() || !_chance(15)) return;
        uint256 facility = _loan[order].facility;
        if (facility != 0 && _chance(50)) {
            _freeze(_facility[facility - 1].payee);
            address depositary = _facility[facility - 1].depositary;
            if (depositary != address(0) && _chance(25)) _freeze(_party[depositary].payoutAccount);
        }
        if (_chance(50)) _freeze(_party[holder].payoutAccount);
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
            data = abi.encodeCall(facilities.repay, (_order[_callbackPlace].id, 1, uint24(_callbackRevision)));
        } else {
            DeliveryGhost storage d = _delivery[_callbackPlace];
            (uint256 order, uint16 number) = (_order[d.order].id, uint16(d.number));
            bool collects = _callback == Callback.Collect;
            target = collects ? address(receivables) : address(deliveries);
            data =
                collects
                    ? abi.encodeCall(receivables.collect, (order, number))
                    : abi.encodeCall(deliveries.deemAccepted, (order, number, _receiptOf(_callbackPlace)));
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
        if (refusal == 0) {
            _note("called-back");
            (_drawnNow, _paidToHolder) = (0, 0);
        }
    }

    /// @dev Nothing overtakes the lender's leg. If the holder's fails, the lender's stands, and that much is owed as before.
    function _bookLegs(
        uint256 delivery,
        address payer,
        uint256 toLender,
        uint256 toHolder,
        bool isNews
    ) private returns (bytes4 refusal) {
        OrderGhost storage order = _order[_delivery[delivery].order];
        address lendersAccount;
        uint256 facility = _loan[_delivery[delivery].order].facility;
        if (toLender != 0) {
            (refusal, lendersAccount) = _paysLender(facility - 1, address(receivables), payer, toLender);
            if (refusal != 0) return refusal;
        }
        if (toHolder == 0) return 0;
        DebtGhost storage debt = _debt[delivery];
        address account = _party[debt.holder].payoutAccount;
        address currency = order.terms.currency;
        refusal = _pays(currency, address(receivables), payer, account, toHolder);
        if (refusal == 0) {
            if (!debt.assigned) _paidToHolder = toHolder;
            else _note("assigned-debt-paid");
        } else if (refusal == PayerFundsUnavailable.selector) {
            if (toLender != 0) _moveBack(currency, address(receivables), payer, lendersAccount, toLender);
        } else {
            debt.paid -= toHolder;
            if (toLender != 0 || isNews) refusal = 0;
            if (toLender != 0) _note("lender-paid-holder-not");
            else if (isNews) _note("late-and-nobody-paid");
        }
    }

    /// @dev The lender's account, else its depositary's.
    function _paysLender(
        uint256 place,
        address spender,
        address payer,
        uint256 amount
    ) private returns (bytes4 refusal, address account) {
        FacilityGhost storage facility = _facility[place];
        account = facility.payee;
        refusal = _pays(facility.currency, spender, payer, account, amount);
        if (refusal == PayeeCannotReceive.selector && facility.depositary != address(0)) {
            account = _party[facility.depositary].payoutAccount;
            refusal = _pays(facility.currency, spender, payer, account, amount);
            if (refusal == 0) _note("paid-to-depositary");
        }
    }
}
