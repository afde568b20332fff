// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {Encumbered, WrongOrder, ZeroAmount} from "../claim/IClaim.sol";
import {Loan} from "../lien/ILiens.sol";
import {AdvanceRates, BorrowingBase} from "../math/BorrowingBase.sol";
import {Interest} from "../math/Interest.sol";
import {Order, OrderStatus} from "../order/IPurchaseOrders.sol";
import {Agreement, FacilityStatus, IFacilities} from "./IFacilities.sol";

/// @title What a facility lends on a root, and what the loan owes: for drawing, and for saying beforehand what could be drawn
library Drawing {
    /// @notice What a drawdown has to pass before its amount is looked at, once the parties may originate.
    /// @param id of the facility
    /// @param today civil day
    function requireDrawable(
        uint256 id,
        Agreement memory facility,
        uint256 root,
        Order memory order,
        Loan memory loan,
        uint16 today
    ) internal pure {
        require(facility.status == FacilityStatus.Open, IFacilities.FacilitySuspended(id));
        require(today <= facility.expiresDay, IFacilities.FacilityExpired(facility.expiresDay, today));
        bool live =
            order.status == OrderStatus.Accepted ||
                order.status == OrderStatus.Fulfilled ||
                order.status == OrderStatus.Lapsed;
        bool right =
            live &&
                order.seller == facility.borrower &&
                order.buyer == facility.buyer &&
                order.currency == facility.currency;
        require(right, WrongOrder(root));
        require(loan.facility == 0 || loan.facility == facility.number, Encumbered(root));
        require(loan.defaultedDay == 0, IFacilities.LoanInDefault(root));
        require(facility.defaults == 0, IFacilities.FacilityInDefault(id));
        require(loan.facility == 0 || today <= loan.maturityDay, IFacilities.LoanPastMaturity(loan.maturityDay, today));
        require(order.overdueCount == 0, IFacilities.DebtorOverdue(root));
    }

    function requireRoom(Agreement memory facility, Order memory order, Loan memory loan, uint64 amount) internal view {
        require(amount != 0, ZeroAmount());
        uint256 room = limitRoom(facility);
        require(amount <= room, IFacilities.FacilityLimitExceeded(amount, room));
        room = baseRoom(facility, order, loan);
        require(amount <= room, IFacilities.BorrowingBaseExceeded(amount, room));
    }

    /// @notice What the limit leaves, minor units.
    function limitRoom(Agreement memory facility) internal pure returns (uint256) {
        return Math.saturatingSub(facility.limit, facility.drawn);
    }

    /// @notice What the borrowing base leaves on this root, minor units, now.
    function baseRoom(Agreement memory facility, Order memory order, Loan memory loan) internal view returns (uint256) {
        return Math.saturatingSub(base(order, facility), loan.principal);
    }

    /// @notice The borrowing base of the root, minor units, now.
    function base(Order memory order, Agreement memory facility) internal view returns (uint256) {
        AdvanceRates memory rates = AdvanceRates({
            order: facility.orderAdvanceBps,
            stored: facility.storedAdvanceBps,
            accepted: facility.acceptedAdvanceBps
        });
        return BorrowingBase.carriedBy(order, rates, block.timestamp);
    }

    /// @notice Brings the loan to `today`. Returns the interest due, minor units.
    function accrue(Loan memory loan, Agreement memory facility, uint16 today) internal pure returns (uint256) {
        if (loan.facility == 0) return 0;
        int256 numerator = Interest.accrue(
            loan.numerator,
            loan.principal,
            loan.accruedDay,
            today,
            loan.maturityDay,
            facility.rateBps,
            facility.penaltyRateBps
        );
        loan.numerator = SafeCast.toInt88(numerator);
        loan.accruedDay = today;
        return Interest.dueHalfUp(numerator, facility.dayBasis);
    }
}
