// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {InsufficientQuantity, StaleState, WrongOrder, ZeroAmount} from "../claim/IClaim.sol";
import {Statements} from "../claim/Statements.sol";
import {Amounts} from "../math/Amounts.sol";
import {Payment} from "../money/Payment.sol";
import {NotPermitted} from "../party/IParties.sol";
import {Peers} from "../Peers.sol";
import {IReceivables} from "../receivable/IReceivables.sol";
import {IWarehouseReceipts} from "../warehouse/IWarehouseReceipts.sol";
import {Delivery, DeliveryStatus, IDeliveries} from "./IDeliveries.sol";
import {IPurchaseOrders, Order, OrderStatus} from "./IPurchaseOrders.sol";
import {OrderPacking} from "./OrderPacking.sol";

/// @dev The interface `IDeliveries` is its documentation.
contract Deliveries is IDeliveries, Statements {
    using OrderPacking for Order;

    bytes32 private constant RELEASE = keccak256(
        "Release(uint256 order,uint16 number,uint256 receipt,uint48 quantity,uint256 nonce,uint40 deadline)"
    );
    /// @dev What a collection needs at most, both its legs and their failure included.
    uint256 private constant COLLECTION_GAS = 900_000;

    IPurchaseOrders private immutable ORDERS;
    IWarehouseReceipts private immutable RECEIPTS;
    IReceivables private immutable RECEIVABLES;

    mapping(uint256 order => mapping(uint256 number => Delivery)) private _deliveries;

    constructor(Peers memory peers) EIP712("Sheaf delivery", "1") Statements(peers.parties) {
        ORDERS = peers.orders;
        RECEIPTS = peers.receipts;
        RECEIVABLES = peers.receivables;
    }

    function despatch(uint256 id, uint16 number, uint256 receipt, uint48 quantity, uint40 arrivesBy) external {
        Order memory order = OrderPacking.load(ORDERS, id);
        address seller = _requireCaller(order.seller);
        _despatch(id, number, order, receipt, quantity, arrivesBy, seller);
    }

    function despatchAndAccept(
        uint256 id,
        uint16 number,
        uint256 receipt,
        uint48 quantity,
        uint256 nonce,
        uint40 deadline,
        bytes calldata signature
    ) external {
        Order memory order = OrderPacking.load(ORDERS, id);
        address buyer = _requireCaller(order.buyer);
        require(receipt != 0, WrongReceipt(id, number, 0));
        address seller = PARTIES.idOf(order.seller);
        _despatch(id, number, order, receipt, quantity, SafeCast.toUint40(block.timestamp), seller);
        bytes32 statement = keccak256(abi.encode(RELEASE, id, number, receipt, quantity, nonce, deadline));
        _takeStatement(order.seller, statement, nonce, deadline, signature);
        _accept(id, number, order, receipt, quantity, buyer);
    }

    function recall(uint256 id, uint16 number, uint256 receipt) external {
        Delivery storage delivery = _requireOpen(id, number, receipt);
        uint48 quantity = delivery.quantity;
        Order memory order = OrderPacking.load(ORDERS, id);
        (uint32 caller, address party) = PARTIES.identify(msg.sender);
        if (receipt == 0) {
            require(caller == order.seller, NotPermitted(msg.sender));
        } else {
            RECEIPTS.recall(receipt, caller, quantity);
            order.stored += quantity;
        }
        order.pending -= quantity;
        delivery.status = DeliveryStatus.Recalled;
        ORDERS.record(id, order.packCounters());
        emit Recalled(id, number, party);
    }

    function accept(uint256 id, uint16 number, uint256 receipt, uint48 quantity) external {
        Order memory order = OrderPacking.load(ORDERS, id);
        address buyer = _requireCaller(order.buyer);
        _accept(id, number, order, receipt, quantity, buyer);
    }

    function deemAccepted(uint256 id, uint16 number, uint256 receipt) external {
        Order memory order = OrderPacking.load(ORDERS, id);
        Delivery storage delivery = _requireOpen(id, number, receipt);
        uint256 until = delivery.arrivesBy + uint256(order.inspectionDays) * 1 days;
        require(block.timestamp > until, InspectionOpen(until));
        address by = PARTIES.partyOf(msg.sender);
        if (by == address(0)) by = msg.sender;
        _answer(id, number, order, receipt, delivery.quantity, by, true);
    }

    function recordReturn(uint256 id, uint16 number, uint256 receipt, uint48 quantity) external {
        require(msg.sender == address(RECEIPTS), NotPermitted(msg.sender));
        Delivery storage delivery = _deliveries[id][number];
        uint48 returnable = delivery.status == DeliveryStatus.Accepted ? delivery.quantity : 0;
        require(quantity <= returnable, InsufficientQuantity(quantity, returnable));
        delivery.quantity = returnable - quantity;
        emit DeliveryReturned(id, number, receipt, quantity);
    }

    function deliveryById(uint256 id, uint16 number) external view returns (Delivery memory) {
        return _deliveries[id][number];
    }

    function _despatch(
        uint256 id,
        uint16 number,
        Order memory order,
        uint256 receipt,
        uint48 quantity,
        uint40 arrivesBy,
        address seller
    ) private {
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
            RECEIPTS.despatch(receipt, id, order.seller, quantity);
            order.stored -= quantity;
        }
        order.pending += quantity;
        order.deliveries = number;
        _deliveries[id][number] = Delivery({
            quantity: quantity,
            arrivesBy: arrivesBy,
            status: DeliveryStatus.Open,
            receipt: uint160(receipt)
        });
        ORDERS.record(id, order.packCounters());
        emit Despatched(id, number, receipt, seller, quantity, arrivesBy);
    }

    function _accept(
        uint256 id,
        uint16 number,
        Order memory order,
        uint256 receipt,
        uint48 quantity,
        address buyer
    ) private {
        Delivery storage delivery = _requireOpen(id, number, receipt);
        require(quantity <= delivery.quantity, OverDelivery(quantity, delivery.quantity));
        bool owes = _answer(id, number, order, receipt, quantity, buyer, false);
        if (owes && order.paymentDays == 0) {
            // The acceptance stands whatever becomes of its collection: anyone may collect again.
            uint256 gas = gasleft();
            try RECEIVABLES.collect(id, number) returns (uint64) {} catch {
                Payment.requireGas(gas, COLLECTION_GAS);
            }
        }
    }

    /// @dev The buyer's answer, by word or by silence: closes the delivery and makes the receivable.
    function _answer(
        uint256 id,
        uint16 number,
        Order memory order,
        uint256 receipt,
        uint48 accepted,
        address by,
        bool deemed
    ) private returns (bool owes) {
        uint64 amount = _valueOf(order, accepted);
        uint48 quantity = _close(id, number, accepted, amount, by, deemed);
        if (receipt != 0) RECEIPTS.release(receipt, quantity);
        order.pending -= quantity;
        order.accepted += accepted;
        if (!deemed) order.owed += amount;
        ORDERS.record(id, order.packCounters());
        owes = amount != 0;
        if (owes) {
            address debtor = deemed ? PARTIES.idOf(order.buyer) : by;
            RECEIVABLES.confirm(id, number, order.seller, debtor, amount, order.paymentDays, deemed);
        }
    }

    /// @dev Returns what was despatched.
    function _close(
        uint256 id,
        uint16 number,
        uint48 accepted,
        uint64 amount,
        address by,
        bool deemed
    ) private returns (uint48 quantity) {
        Delivery storage delivery = _deliveries[id][number];
        quantity = delivery.quantity;
        delivery.status = DeliveryStatus.Accepted;
        delivery.quantity = quantity - accepted;
        emit DeliveryAccepted(id, number, by, accepted, quantity - accepted, amount, deemed);
    }

    /// @dev What this much more is worth: part deliveries add up to the order's value exactly.
    function _valueOf(Order memory order, uint48 accepted) private pure returns (uint64) {
        uint256 before = Amounts.valueHalfUp(order.accepted, order.unitPrice);
        return SafeCast.toUint64(Amounts.valueHalfUp(order.accepted + accepted, order.unitPrice) - before);
    }

    function _requireOpen(uint256 id, uint16 number, uint256 receipt) private view returns (Delivery storage delivery) {
        delivery = _deliveries[id][number];
        require(delivery.status == DeliveryStatus.Open, NoOpenDelivery(id, number));
        require(delivery.receipt == uint160(receipt), WrongReceipt(id, number, receipt));
    }

    function _requireCaller(uint32 party) private view returns (address id) {
        uint32 caller;
        (caller, id) = PARTIES.identify(msg.sender);
        require(caller != 0 && caller == party, NotPermitted(msg.sender));
    }
}
