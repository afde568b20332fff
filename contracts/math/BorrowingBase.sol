// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Facility} from "../facility/IFacilities.sol";
import {Order, OrderStatus} from "../order/IPurchaseOrders.sol";
import {Amounts} from "./Amounts.sol";

/// @title The borrowing base of a root: what each stage of the claim carries
library BorrowingBase {
    /// @notice Minor units that the order carries under the facility's advance rates at `time` (seconds).
    function at(Order memory order, Facility memory facility, uint256 time) internal pure returns (uint256) {
        uint256 remaining =
            order.status == OrderStatus.Accepted && time <= order.deliverBy ? order.quantity - order.accepted : 0;
        uint256 stored = Math.min(order.stored, Math.saturatingSub(remaining, order.pending));
        return
            Amounts.shareDown(Amounts.valueHalfUp(stored, order.unitPrice), facility.storedAdvanceBps) +
            Amounts.shareDown(Amounts.valueHalfUp(remaining - stored, order.unitPrice), facility.orderAdvanceBps) +
            Amounts.shareDown(order.owed, facility.acceptedAdvanceBps);
    }
}
