// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Order, OrderStatus} from "../order/IPurchaseOrders.sol";
import {Amounts} from "./Amounts.sol";

/// @notice The largest shares that are lent, in basis points.
/// @param order of what is neither delivered nor stored
/// @param stored of what is in store
/// @param accepted of what is owed
struct AdvanceRates {
    uint16 order;
    uint16 stored;
    uint16 accepted;
}

/// @title The borrowing base of a root: what each stage of the claim carries
library BorrowingBase {
    /// @notice Minor units that the order carries under these advance rates at `time` (seconds).
    function carriedBy(Order memory order, AdvanceRates memory rates, uint256 time) internal pure returns (uint256) {
        uint256 remaining =
            order.status == OrderStatus.Accepted && time <= order.deliverBy ? order.quantity - order.accepted : 0;
        uint256 stored = Math.min(order.stored, Math.saturatingSub(remaining, order.pending));
        return
            Amounts.shareDown(Amounts.valueHalfUp(stored, order.unitPrice), rates.stored) +
            Amounts.shareDown(Amounts.valueHalfUp(remaining - stored, order.unitPrice), rates.order) +
            Amounts.shareDown(order.owed, rates.accepted);
    }
}
