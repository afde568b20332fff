// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {Claim} from "../claim/Claim.sol";
import {AlreadyExists, Encumbered, InTransit, InsufficientQuantity, WrongOrder, ZeroAmount} from "../claim/IClaim.sol";
import {IFacilities} from "../facility/IFacilities.sol";
import {ILiens} from "../lien/ILiens.sol";
import {Amounts} from "../math/Amounts.sol";
import {IDeliveries} from "../order/IDeliveries.sol";
import {IPurchaseOrders, Order, OrderStatus} from "../order/IPurchaseOrders.sol";
import {OrderPacking} from "../order/OrderPacking.sol";
import {OrderTermsHash} from "../order/OrderTermsHash.sol";
import {IParties, NotPermitted, ROLE_WAREHOUSE} from "../party/IParties.sol";
import {Peers} from "../Peers.sol";
import {IWarehouseReceipts, Receipt, ReceiptTerms} from "./IWarehouseReceipts.sol";

/// @dev The interface `IWarehouseReceipts` is its documentation.
contract WarehouseReceipts is IWarehouseReceipts, Claim, AccessManaged {
    using OrderPacking for Order;

    /// @dev A receipt in storage: parties by their numbers.
    struct Record {
        uint32 holder;
        uint32 warehouse;
        uint48 quantity;
        uint16 openDeliveries;
        uint16 lossAllowanceBps;
        uint48 weighed;
        uint48 lost;
        uint256 root;
        bytes16 goods;
        bytes16 lot;
    }

    struct Capacity {
        uint64 capacity;
        uint64 used;
    }

    /// @dev The lender's word for what it saw: this debt (no loan is at revision 0), and no more goods than these.
    struct Consent {
        uint32 revision;
        uint48 quantity;
    }

    bytes32 private constant KIND = "sheaf.warehouse-receipt";
    uint16 private constant ALL_BPS = 10_000;

    IParties private immutable PARTIES;
    IPurchaseOrders private immutable ORDERS;
    IDeliveries private immutable DELIVERIES;
    ILiens private immutable LIENS;
    IFacilities private immutable FACILITIES;

    mapping(uint256 receipt => Record) private _receipts;
    mapping(uint32 warehouse => Capacity) private _capacities;
    mapping(uint256 receipt => Consent) private _consents;

    constructor(
        Peers memory peers,
        address accessManager
    ) ERC721("Sheaf warehouse receipt", "SHEAF-WR") AccessManaged(accessManager) {
        PARTIES = peers.parties;
        ORDERS = peers.orders;
        DELIVERIES = peers.deliveries;
        LIENS = peers.liens;
        FACILITIES = peers.facilities;
    }

    modifier onlyDeliveries() {
        require(msg.sender == address(DELIVERIES), NotPermitted(msg.sender));
        _;
    }

    function setCapacity(address warehouse, uint64 capacity) external restricted {
        uint32 number = PARTIES.numberOf(warehouse);
        require(number != 0, UnknownWarehouse(warehouse));
        _capacities[number].capacity = capacity;
        emit CapacitySet(warehouse, capacity);
    }

    function issue(ReceiptTerms calldata terms, bytes32 orderDetails) external returns (uint256 id) {
        (uint32 warehouse, address warehouseId) = PARTIES.requireOriginator(msg.sender, ROLE_WAREHOUSE);
        uint32 holder = PARTIES.numberOf(terms.depositor);
        require(holder != 0, UnknownDepositor(terms.depositor));
        require(terms.lossAllowanceBps <= ALL_BPS, InvalidAllowance(terms.lossAllowanceBps));
        require(terms.quantity != 0, ZeroAmount());
        id = receiptId(warehouseId, terms.ticket);
        Record storage receipt = _receipts[id];
        require(receipt.holder == 0, AlreadyExists(id));
        bytes16 goods = OrderTermsHash.goodsOf(terms.item, terms.unit);
        if (terms.order != 0) {
            DELIVERIES.recordReturn(terms.order, terms.delivery, id, terms.quantity);
            Order memory order = OrderPacking.load(ORDERS, terms.order);
            bool same = order.seller == holder && _isOf(terms.order, goods, orderDetails);
            require(same, WrongOrder(terms.order));
            receipt.root = terms.order;
            order.stored += terms.quantity;
            ORDERS.record(terms.order, order.packCounters());
        }
        receipt.holder = holder;
        receipt.warehouse = warehouse;
        receipt.quantity = terms.quantity;
        receipt.lossAllowanceBps = terms.lossAllowanceBps;
        receipt.weighed = terms.quantity;
        receipt.goods = goods;
        receipt.lot = bytes16(keccak256(abi.encode(terms.lot)));
        emit ReceiptIssued(id, warehouseId, terms.depositor, terms);
        _bear(terms.depositor, id);
        _occupy(id, warehouse, terms.quantity);
    }

    function earmark(uint256 id, uint256 order, bytes32 orderDetails) external {
        (Record storage receipt, address holder) = _requireHolder(id);
        require(receipt.root == 0, AlreadyEarmarked(id));
        uint48 quantity = receipt.quantity;
        require(quantity != 0, InsufficientQuantity(1, 0));
        Order memory record = OrderPacking.load(ORDERS, order);
        bool right =
            record.status == OrderStatus.Accepted &&
                record.seller == receipt.holder &&
                _isOf(order, receipt.goods, orderDetails);
        require(right, WrongOrder(order));
        receipt.root = order;
        emit Earmarked(id, order, holder);
        record.stored += quantity;
        ORDERS.record(order, record.packCounters());
    }

    function unearmark(uint256 id) external {
        (Record storage receipt, address holder) = _requireHolder(id);
        (uint256 root, uint48 quantity) = (receipt.root, receipt.quantity);
        require(root != 0, NotEarmarked(id));
        require(receipt.openDeliveries == 0, InTransit(id));
        require(
            !LIENS.isEncumbered(root) || _isConsented(id, root, quantity) || FACILITIES.carriesWithout(root, quantity),
            Encumbered(root)
        );
        delete _consents[id];
        receipt.root = 0;
        emit Unearmarked(id, root, holder);
        _takeFromStore(root, quantity);
    }

    function consentToRelease(uint256 id) external {
        Record storage receipt = _receipts[id];
        uint256 root = receipt.root;
        require(root != 0, NotEarmarked(id));
        (uint256 facility, address lender) = FACILITIES.lienHolderOf(root);
        require(lender != address(0) && PARTIES.partyOf(msg.sender) == lender, NotPermitted(msg.sender));
        _consents[id] = Consent(LIENS.revisionOf(root), receipt.quantity);
        emit ReleaseConsented(id, facility, lender);
    }

    function split(uint256 id, uint48 quantity, uint32 serial) external returns (uint256 child) {
        (Record storage parent, address holder) = _requireHolder(id);
        require(quantity != 0, ZeroAmount());
        require(parent.openDeliveries == 0, InTransit(id));
        require(quantity < parent.quantity, InsufficientQuantity(quantity, Math.saturatingSub(parent.quantity, 1)));
        child = childId(id, serial);
        require(_receipts[child].holder == 0, AlreadyExists(child));
        // What was weighed in and what is lost move along with the goods: the loss allowance, and what is used of it, are
        // divided, so that splitting makes neither more nor less of them.
        uint48 weighed = SafeCast.toUint48((uint256(parent.weighed) * quantity) / parent.quantity);
        uint48 lost = SafeCast.toUint48((uint256(parent.lost) * quantity) / parent.quantity);
        parent.quantity -= quantity;
        parent.weighed -= weighed;
        parent.lost -= lost;
        Record memory receipt = parent;
        receipt.quantity = quantity;
        receipt.weighed = weighed;
        receipt.lost = lost;
        _receipts[child] = receipt;
        emit ReceiptSplit(id, child, holder, serial, quantity);
        _bear(holder, child);
        _emitRecord(id, parent);
        _emitRecord(child, _receipts[child]);
    }

    function merge(uint256 from, uint256 into) external {
        (Record storage source, address holder) = _requireHolder(from);
        (Record storage target, ) = _requireHolder(into);
        require(from != into, SameReceipt(from));
        require(source.openDeliveries == 0, InTransit(from));
        require(target.openDeliveries == 0, InTransit(into));
        require(source.root == target.root, RootsDiffer(from, into));
        uint48 quantity = source.quantity;
        require(quantity != 0, InsufficientQuantity(1, 0));
        bool alike =
            source.warehouse == target.warehouse &&
                source.lossAllowanceBps == target.lossAllowanceBps &&
                source.goods == target.goods &&
                source.lot == target.lot;
        require(alike, ReceiptsDiffer(from, into));
        target.quantity += quantity;
        target.weighed += source.weighed;
        target.lost += source.lost;
        source.quantity = 0;
        source.weighed = 0;
        source.lost = 0;
        emit ReceiptMerged(from, into, holder, quantity);
        _emitRecord(from, source);
        _emitRecord(into, target);
    }

    function endorse(uint256 id, address to) external {
        (Record storage receipt, address holder) = _requireHolder(id);
        require(receipt.root == 0, AlreadyEarmarked(id));
        require(receipt.openDeliveries == 0, InTransit(id));
        require(receipt.quantity != 0, InsufficientQuantity(1, 0));
        uint32 endorsee = PARTIES.numberOf(to);
        require(endorsee != 0 && to != holder, UnknownEndorsee(to));
        receipt.holder = endorsee;
        emit Endorsed(id, holder, to);
        _move(holder, to, id);
    }

    function withdraw(uint256 id, uint48 quantity) external {
        (Record storage receipt, address holder) = _requireHolder(id);
        require(quantity != 0, ZeroAmount());
        require(receipt.openDeliveries == 0, InTransit(id));
        uint256 root = receipt.root;
        require(root == 0 || !LIENS.isEncumbered(root), Encumbered(root));
        require(quantity <= receipt.quantity, InsufficientQuantity(quantity, receipt.quantity));
        emit Withdrawn(id, holder, quantity);
        _remove(id, receipt, quantity);
    }

    function shrink(uint256 id, uint48 quantity) external {
        Record storage receipt = _receipts[id];
        (uint32 caller, address warehouse) = PARTIES.identify(msg.sender);
        require(caller != 0 && caller == receipt.warehouse, NotPermitted(msg.sender));
        require(quantity != 0, ZeroAmount());
        require(quantity <= receipt.quantity, InsufficientQuantity(quantity, receipt.quantity));
        uint256 allowed = Amounts.shareDown(receipt.weighed, receipt.lossAllowanceBps);
        uint256 before = Math.saturatingSub(receipt.lost, allowed);
        receipt.lost += quantity;
        uint48 liability = SafeCast.toUint48(Math.saturatingSub(receipt.lost, allowed) - before);
        emit Shrunk(id, warehouse, quantity, liability, _lienHolderOr(receipt.root, receipt.holder));
        _remove(id, receipt, quantity);
    }

    function despatch(uint256 id, uint256 order, uint32 holder, uint48 quantity) external onlyDeliveries {
        Record storage receipt = _receipts[id];
        require(receipt.root == order && receipt.holder == holder, NotEarmarked(id));
        require(quantity <= receipt.quantity, InsufficientQuantity(quantity, receipt.quantity));
        receipt.quantity -= quantity;
        receipt.openDeliveries += 1;
        _emitRecord(id, receipt);
    }

    function recall(uint256 id, uint32 warehouse, uint48 quantity) external onlyDeliveries {
        Record storage receipt = _receipts[id];
        require(warehouse != 0 && warehouse == receipt.warehouse, NotPermitted(PARTIES.idOf(warehouse)));
        receipt.quantity += quantity;
        receipt.openDeliveries -= 1;
        _emitRecord(id, receipt);
    }

    function release(uint256 id, uint48 quantity) external onlyDeliveries {
        Record storage receipt = _receipts[id];
        receipt.openDeliveries -= 1;
        _vacate(id, receipt.warehouse, quantity);
        _emitRecord(id, receipt);
    }

    function receiptById(uint256 id) external view returns (Receipt memory) {
        Record memory receipt = _receipts[id];
        return
            Receipt({
                holder: PARTIES.idOf(receipt.holder),
                quantity: receipt.quantity,
                openDeliveries: receipt.openDeliveries,
                lossAllowanceBps: receipt.lossAllowanceBps,
                warehouse: PARTIES.idOf(receipt.warehouse),
                weighed: receipt.weighed,
                lost: receipt.lost,
                root: receipt.root
            });
    }

    function goodsById(uint256 id) external view returns (bytes16 goods, bytes16 lot) {
        return (_receipts[id].goods, _receipts[id].lot);
    }

    function capacityOf(address warehouse) external view returns (uint64 capacity, uint64 used) {
        Capacity memory of_ = _capacities[PARTIES.numberOf(warehouse)];
        return (of_.capacity, of_.used);
    }

    function rootOf(uint256 id) external view returns (uint256) {
        return _receipts[id].root;
    }

    function receiptId(address warehouse, bytes32 ticket) public pure returns (uint256) {
        return uint256(keccak256(abi.encode(KIND, warehouse, ticket)));
    }

    function childId(uint256 parent, uint32 serial) public pure returns (uint256) {
        return uint256(keccak256(abi.encode(KIND, parent, serial)));
    }

    /// @dev Goods leave the warehouse for good.
    function _remove(uint256 id, Record storage receipt, uint48 quantity) private {
        receipt.quantity -= quantity;
        _vacate(id, receipt.warehouse, quantity);
        if (receipt.root != 0) _takeFromStore(receipt.root, quantity);
        _emitRecord(id, receipt);
    }

    function _takeFromStore(uint256 id, uint48 quantity) private {
        Order memory order = OrderPacking.load(ORDERS, id);
        order.stored -= quantity;
        ORDERS.record(id, order.packCounters());
    }

    function _occupy(uint256 id, uint32 warehouse, uint48 quantity) private {
        Capacity memory capacity = _capacities[warehouse];
        uint256 free = Math.saturatingSub(capacity.capacity, capacity.used);
        require(quantity <= free, CapacityExceeded(quantity, free));
        capacity.used += quantity;
        _capacities[warehouse] = capacity;
        emit CapacityUsed(id, capacity.used);
    }

    function _vacate(uint256 id, uint32 warehouse, uint48 quantity) private {
        uint64 used = _capacities[warehouse].used - quantity;
        _capacities[warehouse].used = used;
        emit CapacityUsed(id, used);
    }

    /// @dev Whether an order is of these goods: then they and its details make its terms.
    function _isOf(uint256 order, bytes16 goods, bytes32 details) private view returns (bool) {
        return OrderTermsHash.combine(goods, details) == ORDERS.termsHashById(order);
    }

    /// @dev Whether the lender has let these goods go, and nothing has changed since.
    function _isConsented(uint256 id, uint256 root, uint48 quantity) private view returns (bool) {
        Consent memory consent = _consents[id];
        return consent.revision == LIENS.revisionOf(root) && quantity <= consent.quantity;
    }

    function _lienHolderOr(uint256 root, uint32 holder) private view returns (address lender) {
        if (root != 0) (, lender) = FACILITIES.lienHolderOf(root);
        if (lender == address(0)) lender = PARTIES.idOf(holder);
    }

    function _requireHolder(uint256 id) private view returns (Record storage receipt, address holder) {
        receipt = _receipts[id];
        uint32 caller;
        (caller, holder) = PARTIES.identify(msg.sender);
        require(caller != 0 && caller == receipt.holder, NotPermitted(msg.sender));
    }

    function _emitRecord(uint256 id, Record storage receipt) private {
        emit ReceiptRecord(id, receipt.quantity, receipt.openDeliveries, receipt.weighed, receipt.lost);
    }

    function _holderOf(uint256 id) internal view override returns (address) {
        return PARTIES.idOf(_receipts[id].holder);
    }
}
