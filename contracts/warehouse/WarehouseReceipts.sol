// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {Claim} from "../claim/Claim.sol";
import {AlreadyExists, Encumbered, InTransit, InsufficientQuantity, WrongOrder, ZeroAmount} from "../claim/IClaim.sol";
import {IFacilities} from "../facility/IFacilities.sol";
import {ILiens, Loan} from "../lien/ILiens.sol";
import {Amounts} from "../math/Amounts.sol";
import {IDeliveries} from "../order/IDeliveries.sol";
import {IPurchaseOrders, Order, OrderStatus} from "../order/IPurchaseOrders.sol";
import {IParties, NotPermitted, ROLE_WAREHOUSE} from "../party/IParties.sol";
import {Peers} from "../Peers.sol";
import {IWarehouseReceipts, Receipt, ReceiptTerms} from "./IWarehouseReceipts.sol";

/// @dev The interface `IWarehouseReceipts` is its documentation.
contract WarehouseReceipts is IWarehouseReceipts, Claim, AccessManaged {
    struct Capacity {
        uint64 capacity;
        uint64 used;
    }

    struct Goods {
        bytes32 goods;
        bytes32 lot;
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

    mapping(uint256 receipt => Receipt) private _receipts;
    mapping(uint256 receipt => Goods) public goodsById;
    mapping(address warehouse => Capacity) public capacityOf;
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
        capacityOf[warehouse].capacity = capacity;
        emit CapacitySet(warehouse, capacity);
    }

    function issue(ReceiptTerms calldata terms) external returns (uint256 id) {
        address warehouse = PARTIES.requireOriginator(msg.sender, ROLE_WAREHOUSE);
        require(PARTIES.partyById(terms.depositor).key != address(0), UnknownDepositor(terms.depositor));
        require(terms.lossAllowanceBps <= ALL_BPS, InvalidAllowance(terms.lossAllowanceBps));
        require(terms.quantity != 0, ZeroAmount());
        id = receiptId(warehouse, terms.ticket);
        require(_receipts[id].holder == address(0), AlreadyExists(id));
        bytes32 goods = ORDERS.goodsOf(terms.item, terms.unit);
        if (terms.order != 0) {
            DELIVERIES.recordReturn(terms.order, terms.delivery, id, terms.quantity);
            bool same =
                ORDERS.orderById(terms.order).seller == terms.depositor && ORDERS.goodsById(terms.order) == goods;
            require(same, WrongOrder(terms.order));
        }
        _occupy(warehouse, terms.quantity);
        Receipt storage receipt = _receipts[id];
        receipt.holder = terms.depositor;
        receipt.quantity = terms.quantity;
        receipt.lossAllowanceBps = terms.lossAllowanceBps;
        receipt.warehouse = warehouse;
        receipt.weighed = terms.quantity;
        goodsById[id] = Goods(goods, terms.lot);
        if (terms.order != 0) receipt.root = terms.order;
        emit ReceiptIssued(id, warehouse, terms.depositor, terms);
        _bear(terms.depositor, id);
        if (terms.order != 0) ORDERS.recordStored(terms.order, terms.quantity, 0);
        _emitRecord(id, receipt);
    }

    function earmark(uint256 id, uint256 order) external {
        Receipt storage receipt = _requireHolder(id);
        require(receipt.root == 0, AlreadyEarmarked(id));
        uint48 quantity = receipt.quantity;
        require(quantity != 0, InsufficientQuantity(1, 0));
        Order memory record = ORDERS.orderById(order);
        bool right =
            record.status == OrderStatus.Accepted &&
                record.seller == receipt.holder &&
                ORDERS.goodsById(order) == goodsById[id].goods;
        require(right, WrongOrder(order));
        receipt.root = order;
        emit Earmarked(id, order, receipt.holder);
        ORDERS.recordStored(order, quantity, 0);
        _emitRecord(id, receipt);
    }

    function unearmark(uint256 id) external {
        Receipt storage receipt = _requireHolder(id);
        (uint256 root, uint48 quantity) = (receipt.root, receipt.quantity);
        require(root != 0, NotEarmarked(id));
        require(receipt.openDeliveries == 0, InTransit(id));
        Loan memory loan = LIENS.loanOf(root);
        Consent memory consent = _consents[id];
        bool consented = consent.revision == loan.revision && quantity <= consent.quantity;
        require(loan.facility == 0 || consented || FACILITIES.carriesWithout(root, quantity), Encumbered(root));
        delete _consents[id];
        receipt.root = 0;
        emit Unearmarked(id, root, receipt.holder);
        ORDERS.recordStored(root, 0, quantity);
        _emitRecord(id, receipt);
    }

    function consentToRelease(uint256 id) external {
        Receipt storage receipt = _receipts[id];
        require(receipt.root != 0, NotEarmarked(id));
        Loan memory loan = LIENS.loanOf(receipt.root);
        address lender = FACILITIES.facilityById(loan.facility).lender;
        require(lender != address(0) && PARTIES.partyOf(msg.sender) == lender, NotPermitted(msg.sender));
        _consents[id] = Consent(loan.revision, receipt.quantity);
        emit ReleaseConsented(id, loan.facility, lender);
    }

    function split(uint256 id, uint48 quantity, uint32 serial) external returns (uint256 child) {
        Receipt storage parent = _requireHolder(id);
        require(quantity != 0, ZeroAmount());
        require(parent.openDeliveries == 0, InTransit(id));
        require(quantity < parent.quantity, InsufficientQuantity(quantity, Math.saturatingSub(parent.quantity, 1)));
        child = childId(id, serial);
        require(_receipts[child].holder == address(0), AlreadyExists(child));
        // What was weighed in and what is lost move along with the goods: the loss allowance, and what is used of it, are
        // divided, so that splitting makes neither more nor less of them.
        uint48 weighed = SafeCast.toUint48((uint256(parent.weighed) * quantity) / parent.quantity);
        uint48 lost = SafeCast.toUint48((uint256(parent.lost) * quantity) / parent.quantity);
        parent.quantity -= quantity;
        parent.weighed -= weighed;
        parent.lost -= lost;
        Receipt storage receipt = _receipts[child];
        receipt.holder = parent.holder;
        receipt.quantity = quantity;
        receipt.lossAllowanceBps = parent.lossAllowanceBps;
        receipt.warehouse = parent.warehouse;
        receipt.weighed = weighed;
        if (lost != 0) receipt.lost = lost;
        if (parent.root != 0) receipt.root = parent.root;
        goodsById[child] = goodsById[id];
        emit ReceiptSplit(id, child, parent.holder, serial, quantity);
        _bear(parent.holder, child);
        _emitRecord(id, parent);
        _emitRecord(child, receipt);
    }

    function merge(uint256 from, uint256 into) external {
        Receipt storage source = _requireHolder(from);
        Receipt storage target = _requireHolder(into);
        require(from != into, SameReceipt(from));
        require(source.openDeliveries == 0, InTransit(from));
        require(target.openDeliveries == 0, InTransit(into));
        require(source.root == target.root, RootsDiffer(from, into));
        uint48 quantity = source.quantity;
        require(quantity != 0, InsufficientQuantity(1, 0));
        bool alike =
            source.warehouse == target.warehouse &&
                source.lossAllowanceBps == target.lossAllowanceBps &&
                goodsById[from].goods == goodsById[into].goods &&
                goodsById[from].lot == goodsById[into].lot;
        require(alike, ReceiptsDiffer(from, into));
        target.quantity += quantity;
        target.weighed += source.weighed;
        target.lost += source.lost;
        source.quantity = 0;
        source.weighed = 0;
        source.lost = 0;
        emit ReceiptMerged(from, into, source.holder, quantity);
        _emitRecord(from, source);
        _emitRecord(into, target);
    }

    function withdraw(uint256 id, uint48 quantity) external {
        Receipt storage receipt = _requireHolder(id);
        require(quantity != 0, ZeroAmount());
        require(receipt.openDeliveries == 0, InTransit(id));
        uint256 root = receipt.root;
        require(root == 0 || !LIENS.isEncumbered(root), Encumbered(root));
        require(quantity <= receipt.quantity, InsufficientQuantity(quantity, receipt.quantity));
        emit Withdrawn(id, receipt.holder, quantity);
        _remove(id, receipt, quantity);
    }

    function shrink(uint256 id, uint48 quantity) external {
        Receipt storage receipt = _receipts[id];
        address warehouse = receipt.warehouse;
        require(warehouse != address(0) && PARTIES.partyOf(msg.sender) == warehouse, NotPermitted(msg.sender));
        require(quantity != 0, ZeroAmount());
        require(quantity <= receipt.quantity, InsufficientQuantity(quantity, receipt.quantity));
        uint256 allowed = Amounts.shareDown(receipt.weighed, receipt.lossAllowanceBps);
        uint256 before = Math.saturatingSub(receipt.lost, allowed);
        receipt.lost += quantity;
        uint48 liability = SafeCast.toUint48(Math.saturatingSub(receipt.lost, allowed) - before);
        emit Shrunk(id, warehouse, quantity, liability, _lienHolderOr(receipt.root, receipt.holder));
        _remove(id, receipt, quantity);
    }

    function despatch(uint256 id, uint256 order, address holder, uint48 quantity) external onlyDeliveries {
        Receipt storage receipt = _receipts[id];
        require(receipt.root == order && receipt.holder == holder, NotEarmarked(id));
        require(quantity <= receipt.quantity, InsufficientQuantity(quantity, receipt.quantity));
        receipt.quantity -= quantity;
        receipt.openDeliveries += 1;
        _emitRecord(id, receipt);
    }

    function recall(uint256 id, address warehouse, uint48 quantity) external onlyDeliveries {
        Receipt storage receipt = _receipts[id];
        require(warehouse == receipt.warehouse, NotPermitted(warehouse));
        receipt.quantity += quantity;
        receipt.openDeliveries -= 1;
        _emitRecord(id, receipt);
    }

    function release(uint256 id, uint48 quantity) external onlyDeliveries {
        Receipt storage receipt = _receipts[id];
        receipt.openDeliveries -= 1;
        _vacate(receipt.warehouse, quantity);
        _emitRecord(id, receipt);
    }

    function receiptById(uint256 id) external view returns (Receipt memory) {
        return _receipts[id];
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
    function _remove(uint256 id, Receipt storage receipt, uint48 quantity) private {
        receipt.quantity -= quantity;
        _vacate(receipt.warehouse, quantity);
        if (receipt.root != 0) ORDERS.recordStored(receipt.root, 0, quantity);
        _emitRecord(id, receipt);
    }

    function _occupy(address warehouse, uint48 quantity) private {
        Capacity storage capacity = capacityOf[warehouse];
        uint256 free = Math.saturatingSub(capacity.capacity, capacity.used);
        require(quantity <= free, CapacityExceeded(quantity, free));
        capacity.used += quantity;
        emit CapacityUsed(warehouse, capacity.used);
    }

    function _vacate(address warehouse, uint48 quantity) private {
        Capacity storage capacity = capacityOf[warehouse];
        capacity.used -= quantity;
        emit CapacityUsed(warehouse, capacity.used);
    }

    function _lienHolderOr(uint256 root, address holder) private view returns (address) {
        uint256 facility = root == 0 ? 0 : LIENS.loanOf(root).facility;
        return facility == 0 ? holder : FACILITIES.facilityById(facility).lender;
    }

    function _requireHolder(uint256 id) private view returns (Receipt storage receipt) {
        receipt = _receipts[id];
        address holder = receipt.holder;
        require(holder != address(0) && PARTIES.partyOf(msg.sender) == holder, NotPermitted(msg.sender));
    }

    function _emitRecord(uint256 id, Receipt storage receipt) private {
        emit ReceiptRecord(id, receipt.quantity, receipt.openDeliveries, receipt.weighed, receipt.lost, receipt.root);
    }

    function _holderOf(uint256 id) internal view override returns (address) {
        return _receipts[id].holder;
    }
}
