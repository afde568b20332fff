// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {InsufficientQuantity, StaleState, WrongOrder, ZeroAmount} from "../claim/IClaim.sol";
import {Amounts} from "../math/Amounts.sol";
import {Calendar} from "../math/Calendar.sol";
import {PaymentTerm} from "../math/PaymentTerm.sol";
import {IParties, NotPermitted} from "../party/IParties.sol";
import {Peers} from "../Peers.sol";
import {IReceivables} from "../receivable/IReceivables.sol";
import {IWarehouseReceipts} from "../warehouse/IWarehouseReceipts.sol";
import {Delivery, DeliveryStatus, IDeliveries} from "./IDeliveries.sol";
import {IPurchaseOrders, Order, OrderStatus} from "./IPurchaseOrders.sol";

/// @dev The interface `IDeliveries` is its documentation.
contract Deliveries is IDeliveries {
    IParties private immutable PARTIES;
    IPurchaseOrders private immutable ORDERS;
    IWarehouseReceipts private immutable RECEIPTS;
    IReceivables private immutable RECEIVABLES;
    int32 private immutable UTC_OFFSET;

    mapping(uint256 order => mapping(uint256 number => Delivery)) private _deliveries;

    constructor(Peers memory peers, int32 utcOffset) {
        PARTIES = peers.parties;
        ORDERS = peers.orders;
        RECEIPTS = peers.receipts;
        RECEIVABLES = peers.receivables;
        UTC_OFFSET = utcOffset;
    }

    function despatch(uint256 id, uint16 number, uint256 receipt, uint48 quantity, uint40 arrivesBy) external {
        Order memory order = ORDERS.orderById(id);
        address seller = _requireCaller(order.seller);
        require(number == order.deliveries + 1, StaleState(number, order.deliveries + 1));
        require(order.status == OrderStatus.Accepted, WrongOrder(id));
        require(quantity != 0, ZeroAmount());
        uint256 open = order.quantity - order.accepted - order.pending;
        require(quantity <= open, OverDelivery(quantity, open));
        require(arrivesBy >= block.timestamp, ArrivalInThePast(arrivesBy, block.timestamp));
        if (receipt == 0) {
            uint256 fromField = Math.saturatingSub(open, order.stored);
            require(quantity <= fromField, GoodsInStore(quantity, fromField));
        } else {
            RECEIPTS.despatch(receipt, id, seller, quantity);
        }
        _deliveries[id][number] = Delivery({
            quantity: quantity,
            arrivesBy: arrivesBy,
            status: DeliveryStatus.Open,
            returnable: 0,
            receipt: receipt
        });
        ORDERS.recordDespatch(id, quantity, receipt == 0 ? 0 : quantity);
        emit Despatched(id, number, receipt, seller, quantity, arrivesBy);
    }

    function recall(uint256 id, uint16 number) external {
        Delivery storage delivery = _requireOpen(id, number);
        (uint48 quantity, uint256 receipt) = (delivery.quantity, delivery.receipt);
        address caller = PARTIES.partyOf(msg.sender);
        if (receipt == 0) _requireCaller(ORDERS.orderById(id).seller);
        else RECEIPTS.recall(receipt, caller, quantity);
        delivery.status = DeliveryStatus.Recalled;
        ORDERS.recordRecall(id, quantity, receipt == 0 ? 0 : quantity);
        emit Recalled(id, number, caller);
    }

    function accept(uint256 id, uint16 number, uint48 quantity) external {
        Order memory order = ORDERS.orderById(id);
        address buyer = _requireCaller(order.buyer);
        Delivery storage delivery = _requireOpen(id, number);
        require(quantity <= delivery.quantity, OverDelivery(quantity, delivery.quantity));
        bool owes = _answer(id, number, order, delivery, quantity, buyer, false);
        if (owes && order.paymentDays == 0) {
            // The acceptance stands whatever becomes of its collection: anyone may collect again.
            try RECEIVABLES.collect(RECEIVABLES.receivableId(id, number)) returns (uint64) {} catch {}
        }
    }

    function deemAccepted(uint256 id, uint16 number) external {
        Order memory order = ORDERS.orderById(id);
        Delivery storage delivery = _requireOpen(id, number);
        uint256 until = delivery.arrivesBy + uint256(order.inspectionDays) * 1 days;
        require(block.timestamp > until, InspectionOpen(until));
        _answer(id, number, order, delivery, delivery.quantity, _callerOrKey(), true);
    }

    function recordReturn(uint256 id, uint16 number, uint256 receipt, uint48 quantity) external {
        require(msg.sender == address(RECEIPTS), NotPermitted(msg.sender));
        Delivery storage delivery = _deliveries[id][number];
        uint48 returnable = delivery.returnable;
        require(quantity <= returnable, InsufficientQuantity(quantity, returnable));
        delivery.returnable = returnable - quantity;
        emit DeliveryReturned(id, number, receipt, quantity);
    }

    function deliveryById(uint256 id, uint16 number) external view returns (Delivery memory) {
        return _deliveries[id][number];
    }

    /// @dev The buyer's answer, by word or by silence: closes the delivery and makes the receivable.
    function _answer(
        uint256 id,
        uint16 number,
        Order memory order,
        Delivery storage delivery,
        uint48 accepted,
        address by,
        bool deemed
    ) private returns (bool owes) {
        (uint48 quantity, uint256 receipt) = (delivery.quantity, delivery.receipt);
        uint64 amount = SafeCast.toUint64(
            Amounts.valueHalfUp(order.accepted + accepted, order.unitPrice) -
                Amounts.valueHalfUp(order.accepted, order.unitPrice)
        );
        owes = amount != 0;
        delivery.status = DeliveryStatus.Accepted;
        delivery.returnable = quantity - accepted;
        emit DeliveryAccepted(id, number, by, accepted, quantity - accepted, amount, deemed);
        ORDERS.recordAcceptance(id, quantity, accepted, deemed ? 0 : amount);
        if (receipt != 0) RECEIPTS.release(receipt, quantity);
        if (owes) {
            uint256 daysToDue = PaymentTerm.daysToDue(order.paymentDays, deemed);
            uint16 today = Calendar.dayOf(block.timestamp, UTC_OFFSET);
            RECEIVABLES.confirm(
                id,
                number,
                order.seller,
                order.buyer,
                amount,
                today,
                SafeCast.toUint16(today + daysToDue),
                deemed
            );
        }
    }

    function _requireOpen(uint256 id, uint16 number) private view returns (Delivery storage delivery) {
        delivery = _deliveries[id][number];
        require(delivery.status == DeliveryStatus.Open, NoOpenDelivery(id, number));
    }

    function _requireCaller(address party) private view returns (address) {
        require(party != address(0) && PARTIES.partyOf(msg.sender) == party, NotPermitted(msg.sender));
        return party;
    }

    function _callerOrKey() private view returns (address caller) {
        caller = PARTIES.partyOf(msg.sender);
        if (caller == address(0)) caller = msg.sender;
    }
}
