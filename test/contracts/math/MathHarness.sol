// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Amounts} from "../../../contracts/math/Amounts.sol";
import {AdvanceRates, BorrowingBase} from "../../../contracts/math/BorrowingBase.sol";
import {Calendar} from "../../../contracts/math/Calendar.sol";
import {Interest} from "../../../contracts/math/Interest.sol";
import {Waterfall} from "../../../contracts/math/Waterfall.sol";
import {Order, OrderStatus} from "../../../contracts/order/IPurchaseOrders.sol";

/// @title The pure rules, asked for many cases in one call
contract MathHarness {
    struct Product {
        uint256 quantity;
        uint256 unitPrice;
    }

    struct Share {
        uint256 amount;
        uint256 bps;
    }

    struct Moment {
        uint256 time;
        int32 utcOffset;
    }

    struct Period {
        int256 numerator;
        uint256 principal;
        uint256 fromDay;
        uint256 toDay;
        uint256 maturityDay;
        uint256 rateBps;
        uint256 penaltyRateBps;
    }

    struct Accrued {
        int256 numerator;
        uint256 interest;
        uint256 dayBasis;
    }

    struct Payment {
        uint256 payment;
        uint256 interestDue;
        uint256 principal;
        uint256 base;
        uint256 sweepBps;
        bool lenderFirst;
    }

    struct Root {
        bool isAccepted;
        uint48 quantity;
        uint48 unitPrice;
        uint40 deliverBy;
        uint48 accepted;
        uint48 pending;
        uint48 stored;
        uint64 owed;
        uint16 orderAdvanceBps;
        uint16 storedAdvanceBps;
        uint16 acceptedAdvanceBps;
        uint256 time;
    }

    function valueHalfUp(Product[] calldata cases) external pure returns (uint256[] memory answers) {
        answers = new uint256[](cases.length);
        for (uint256 i = 0; i < cases.length; i++)
            answers[i] = Amounts.valueHalfUp(cases[i].quantity, cases[i].unitPrice);
    }

    function shareDown(Share[] calldata cases) external pure returns (uint256[] memory answers) {
        answers = new uint256[](cases.length);
        for (uint256 i = 0; i < cases.length; i++) answers[i] = Amounts.shareDown(cases[i].amount, cases[i].bps);
    }

    function dayOf(Moment[] calldata cases) external pure returns (uint256[] memory answers) {
        answers = new uint256[](cases.length);
        for (uint256 i = 0; i < cases.length; i++) answers[i] = Calendar.dayOf(cases[i].time, cases[i].utcOffset);
    }

    function accrue(Period[] calldata cases) external pure returns (int256[] memory answers) {
        answers = new int256[](cases.length);
        for (uint256 i = 0; i < cases.length; i++) {
            Period calldata p = cases[i];
            answers[i] = Interest.accrue(
                p.numerator,
                p.principal,
                p.fromDay,
                p.toDay,
                p.maturityDay,
                p.rateBps,
                p.penaltyRateBps
            );
        }
    }

    function dueHalfUp(Accrued[] calldata cases) external pure returns (uint256[] memory answers) {
        answers = new uint256[](cases.length);
        for (uint256 i = 0; i < cases.length; i++)
            answers[i] = Interest.dueHalfUp(cases[i].numerator, cases[i].dayBasis);
    }

    function afterPayment(Accrued[] calldata cases) external pure returns (int256[] memory answers) {
        answers = new int256[](cases.length);
        for (uint256 i = 0; i < cases.length; i++)
            answers[i] = Interest.afterPayment(cases[i].numerator, cases[i].interest, cases[i].dayBasis);
    }

    function toLender(Payment[] calldata cases) external pure returns (uint256[] memory answers) {
        answers = new uint256[](cases.length);
        for (uint256 i = 0; i < cases.length; i++) {
            Payment calldata p = cases[i];
            answers[i] = Waterfall.toLender(p.payment, p.interestDue, p.principal, p.base, p.sweepBps, p.lenderFirst);
        }
    }

    function borrowingBase(Root[] calldata cases) external pure returns (uint256[] memory answers) {
        answers = new uint256[](cases.length);
        for (uint256 i = 0; i < cases.length; i++) answers[i] = _at(cases[i]);
    }

    function _at(Root calldata root) private pure returns (uint256) {
        Order memory order;
        order.status = root.isAccepted ? OrderStatus.Accepted : OrderStatus.Lapsed;
        order.quantity = root.quantity;
        order.unitPrice = root.unitPrice;
        order.deliverBy = root.deliverBy;
        order.accepted = root.accepted;
        order.pending = root.pending;
        order.stored = root.stored;
        order.owed = root.owed;
        AdvanceRates memory rates = AdvanceRates(root.orderAdvanceBps, root.storedAdvanceBps, root.acceptedAdvanceBps);
        return BorrowingBase.carriedBy(order, rates, root.time);
    }
}
