// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Amounts} from "../../../contracts/math/Amounts.sol";
import {AdvanceRates, BorrowingBase} from "../../../contracts/math/BorrowingBase.sol";
import {Order, OrderStatus} from "../../../contracts/order/IPurchaseOrders.sol";
import {Property} from "../../support/solidity/Property.sol";

/// @title What each stage of a claim carries
contract BorrowingBaseTest is Property {
    uint40 private constant DELIVER_BY = 1_800_000_000;

    struct Counters {
        uint48 quantity;
        uint48 accepted;
        uint48 pending;
        uint48 stored;
        uint48 unitPrice;
        uint64 owed;
        uint16 orderBps;
        uint16 storedBps;
        uint16 acceptedBps;
    }

    function testFuzz_anOrderCarriesItsSharesOnItsLastSecond(Counters calldata drawn) external pure {
        (Order memory order, AdvanceRates memory rates) = _root(drawn);
        order.stored = 0;
        uint256 value = Amounts.valueHalfUp(order.quantity - order.accepted, order.unitPrice);
        uint256 undelivered = Amounts.shareDown(value, rates.order);
        equal(BorrowingBase.carriedBy(order, rates, DELIVER_BY), undelivered + _ofOwed(order, rates));
    }

    function testFuzz_onlyWhatIsOwedCarriesALoanAfterwards(Counters calldata drawn, uint32 late) external pure {
        (Order memory order, AdvanceRates memory rates) = _root(drawn);
        equal(BorrowingBase.carriedBy(order, rates, uint256(DELIVER_BY) + 1 + late), _ofOwed(order, rates));
    }

    function testFuzz_onlyWhatIsOwedCarriesALoanUnlessTheOrderIsAccepted(
        Counters calldata drawn,
        uint8 status
    ) external pure {
        (Order memory order, AdvanceRates memory rates) = _root(drawn);
        order.status = OrderStatus(within(status, uint8(type(OrderStatus).max)));
        if (order.status == OrderStatus.Accepted) return;
        equal(BorrowingBase.carriedBy(order, rates, DELIVER_BY), _ofOwed(order, rates));
    }

    /// @notice At full rates the base is the value of what is left and of what is owed; two values round twice.
    function testFuzz_atFullRatesNothingIsCountedTwice(Counters memory drawn) external pure {
        (drawn.orderBps, drawn.storedBps, drawn.acceptedBps) = (10_000, 10_000, 10_000);
        (Order memory order, AdvanceRates memory rates) = _root(drawn);
        uint256 exact = uint256(order.quantity - order.accepted) * order.unitPrice + uint256(order.owed) * 1e5;
        uint256 base = BorrowingBase.carriedBy(order, rates, DELIVER_BY);
        atMost(base * 1e5, exact + 1e5);
        atMost(exact, (base + 1) * 1e5);
    }

    /// @notice Goods under way carry the order's rate, whatever lies in store.
    function testFuzz_theStoreCarriesNoMoreThanIsStillToBeDespatched(Counters memory drawn) external pure {
        (drawn.orderBps, drawn.owed, drawn.pending) = (0, 0, uint48(within(drawn.pending, drawn.quantity)));
        (Order memory order, AdvanceRates memory rates) = _root(drawn);
        uint256 remaining = order.quantity - order.accepted;
        uint256 free = remaining < order.pending ? 0 : remaining - order.pending;
        uint256 stored = order.stored < free ? order.stored : free;
        uint256 value = Amounts.valueHalfUp(stored, order.unitPrice);
        equal(BorrowingBase.carriedBy(order, rates, DELIVER_BY), Amounts.shareDown(value, rates.stored));
    }

    function _ofOwed(Order memory order, AdvanceRates memory rates) private pure returns (uint256) {
        return Amounts.shareDown(order.owed, rates.accepted);
    }

    /// @dev An accepted order; the counters are whatever was drawn, within the quantity.
    function _root(Counters memory drawn) private pure returns (Order memory order, AdvanceRates memory rates) {
        order.status = OrderStatus.Accepted;
        order.deliverBy = DELIVER_BY;
        order.quantity = drawn.quantity;
        order.accepted = uint48(within(drawn.accepted, drawn.quantity));
        order.pending = drawn.pending;
        order.stored = drawn.stored;
        order.unitPrice = drawn.unitPrice;
        order.owed = drawn.owed;
        rates.order = uint16(within(drawn.orderBps, 10_000));
        rates.stored = uint16(within(drawn.storedBps, 10_000));
        rates.accepted = uint16(within(drawn.acceptedBps, 10_000));
    }
}
