// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IPurchaseOrders, Order, OrderStatus} from "./IPurchaseOrders.sol";

/// @title An order in two words: how it lies in storage and goes from contract to contract
/// @dev From the lowest bit up, in the order of the fields of `Order`; 256 bits agreed, 240 bits of counters.
library OrderPacking {
    /// @notice The order as it is now; all zero where there is none.
    function load(IPurchaseOrders orders, uint256 id) internal view returns (Order memory order) {
        (uint256 agreed, uint256 counters) = orders.packedOrder(id);
        fill(order, agreed, counters);
    }

    function unpack(uint256 agreed, uint256 counters) internal pure returns (Order memory order) {
        fill(order, agreed, counters);
    }

    /// @notice Writes the words into an order that is there already: a second one would cost its memory again.
    function fill(Order memory order, uint256 agreed, uint256 counters) internal pure {
        order.buyer = uint32(agreed);
        order.seller = uint32(agreed >> 32);
        order.deliverBy = uint40(agreed >> 64);
        order.paymentDays = uint16(agreed >> 104);
        order.inspectionDays = uint16(agreed >> 120);
        order.currency = uint16(agreed >> 136);
        order.status = OrderStatus(uint8(agreed >> 152));
        order.quantity = uint48(agreed >> 160);
        order.unitPrice = uint48(agreed >> 208);
        order.accepted = uint48(counters);
        order.pending = uint48(counters >> 48);
        order.stored = uint48(counters >> 96);
        order.owed = uint64(counters >> 144);
        order.overdueCount = uint16(counters >> 208);
        order.deliveries = uint16(counters >> 224);
        if (order.status == OrderStatus.Accepted && order.accepted == order.quantity) {
            order.status = OrderStatus.Fulfilled;
        }
    }

    /// @notice The first word. `Fulfilled` is never stored.
    function packAgreed(Order memory order) internal pure returns (uint256) {
        OrderStatus status = order.status == OrderStatus.Fulfilled ? OrderStatus.Accepted : order.status;
        return
            uint256(order.buyer) |
            (uint256(order.seller) << 32) |
            (uint256(order.deliverBy) << 64) |
            (uint256(order.paymentDays) << 104) |
            (uint256(order.inspectionDays) << 120) |
            (uint256(order.currency) << 136) |
            (uint256(status) << 152) |
            (uint256(order.quantity) << 160) |
            (uint256(order.unitPrice) << 208);
    }

    /// @notice The second word.
    function packCounters(Order memory order) internal pure returns (uint256) {
        return
            uint256(order.accepted) |
            (uint256(order.pending) << 48) |
            (uint256(order.stored) << 96) |
            (uint256(order.owed) << 144) |
            (uint256(order.overdueCount) << 208) |
            (uint256(order.deliveries) << 224);
    }
}
