// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {Claim} from "../claim/Claim.sol";
import {AlreadyExists, Encumbered, StaleState, WrongOrder} from "../claim/IClaim.sol";
import {Statements} from "../claim/Statements.sol";
import {IFacilities} from "../facility/IFacilities.sol";
import {ILiens} from "../lien/ILiens.sol";
import {Amounts} from "../math/Amounts.sol";
import {Calendar} from "../math/Calendar.sol";
import {ICurrencies} from "../money/ICurrencies.sol";
import {NotPermitted, ROLE_ARBITER, ROLE_BUYER, ROLE_COOPERATIVE} from "../party/IParties.sol";
import {Peers} from "../Peers.sol";
import {IPurchaseOrders, Order, OrderStatus, OrderTerms, OrderView} from "./IPurchaseOrders.sol";
import {OrderPacking} from "./OrderPacking.sol";
import {OrderTermsHash} from "./OrderTermsHash.sol";

/// @dev The interface `IPurchaseOrders` is its documentation.
contract PurchaseOrders is IPurchaseOrders, Claim, Statements {
    using OrderPacking for Order;

    /// @dev An order in storage; the terms that no act computes with are in the hash alone.
    struct Record {
        uint256 agreed;
        uint256 counters;
        bytes32 termsHash;
    }

    /// @dev What one side asked for; it holds only until goods are despatched or money moves on the root.
    struct Cancellation {
        uint32 by;
        uint16 deliveries;
        uint32 revision;
    }

    bytes32 private constant KIND = "sheaf.purchase-order";
    bytes32 private constant ACCEPTANCE = keccak256("Acceptance(bytes32 termsHash,uint256 nonce,uint40 deadline)");
    uint256 private constant LAPSE_AFTER = 30 days;
    uint16 private constant MATURES_AFTER_LAPSE_DAYS = 10;
    uint16 private constant MOST_PAYMENT_DAYS = 365;

    ICurrencies private immutable CURRENCIES;
    ILiens private immutable LIENS;
    IFacilities private immutable FACILITIES;
    address private immutable DELIVERIES;
    address private immutable RECEIPTS;
    address private immutable RECEIVABLES;
    int32 private immutable UTC_OFFSET;

    mapping(uint256 order => Record) private _orders;
    mapping(uint256 order => Cancellation) private _cancellations;

    constructor(
        Peers memory peers,
        int32 utcOffset
    ) ERC721("Sheaf purchase order", "SHEAF-PO") EIP712("Sheaf purchase order", "1") Statements(peers.parties) {
        CURRENCIES = peers.currencies;
        LIENS = peers.liens;
        FACILITIES = peers.facilities;
        DELIVERIES = address(peers.deliveries);
        RECEIPTS = address(peers.receipts);
        RECEIVABLES = address(peers.receivables);
        UTC_OFFSET = utcOffset;
    }

    function issue(OrderTerms calldata terms) external returns (uint256 id) {
        (uint32 number, address buyer) = PARTIES.requireOriginator(msg.sender, ROLE_BUYER);
        (id, , ) = _issue(number, buyer, terms, 0, OrderStatus.Issued);
    }

    function issueMany(OrderTerms[] calldata terms) external {
        (uint32 number, address buyer) = PARTIES.requireOriginator(msg.sender, ROLE_BUYER);
        for (uint256 i = 0; i < terms.length; ++i) _issue(number, buyer, terms[i], i, OrderStatus.Issued);
    }

    function issueAccepted(
        OrderTerms calldata terms,
        uint256 nonce,
        uint40 deadline,
        bytes calldata signature
    ) external returns (uint256 id) {
        (uint32 number, address buyer) = PARTIES.requireOriginator(msg.sender, ROLE_BUYER);
        uint32 seller;
        bytes32 termsHash;
        (id, seller, termsHash) = _issue(number, buyer, terms, 0, OrderStatus.Accepted);
        bytes32 statement = keccak256(abi.encode(ACCEPTANCE, termsHash, nonce, deadline));
        _takeStatement(seller, statement, nonce, deadline, signature);
        emit OrderAccepted(id, terms.seller);
        _bear(terms.seller, id);
    }

    function accept(uint256 id, bytes32 termsHash) external {
        (uint32 number, address caller) = PARTIES.requireOriginator(msg.sender, ROLE_COOPERATIVE);
        Order memory order = _order(id);
        require(number == order.seller, NotPermitted(msg.sender));
        require(order.status == OrderStatus.Issued, WrongOrder(id));
        bytes32 actual = _orders[id].termsHash;
        require(termsHash == actual, StaleState(uint256(termsHash), uint256(actual)));
        _setStatus(id, order, OrderStatus.Accepted);
        emit OrderAccepted(id, caller);
        _bear(caller, id);
    }

    function cancel(uint256 id) external {
        Order memory order = _order(id);
        (uint32 number, address caller) = PARTIES.identify(msg.sender);
        require(number != 0 && (number == order.buyer || number == order.seller), NotPermitted(msg.sender));
        if (order.status == OrderStatus.Issued) {
            delete _orders[id];
            emit OrderCancelled(id, caller, 0);
            return;
        }
        require(order.status == OrderStatus.Accepted, WrongOrder(id));
        require(!LIENS.isEncumbered(id), Encumbered(id));
        require(order.pending == 0, DeliveryOpen(id));
        uint32 revision = LIENS.revisionOf(id);
        Cancellation memory asked = _cancellations[id];
        bool stands = asked.deliveries == order.deliveries && asked.revision == revision;
        if (asked.by == 0 || asked.by == number || !stands) {
            _cancellations[id] = Cancellation(number, order.deliveries, revision);
            emit CancellationRequested(id, caller, order.accepted);
            return;
        }
        delete _cancellations[id];
        order.quantity = order.accepted;
        _setStatus(id, order, OrderStatus.Cancelled);
        emit OrderCancelled(id, caller, order.accepted);
    }

    function lapse(uint256 id) external {
        Order memory order = _order(id);
        (uint32 number, address caller) = PARTIES.identify(msg.sender);
        require(number != 0 && number == order.buyer, NotPermitted(msg.sender));
        require(order.status == OrderStatus.Accepted, WrongOrder(id));
        uint256 last = uint256(order.deliverBy) + LAPSE_AFTER;
        require(block.timestamp > last, NotLapsable(id, last + 1));
        order.quantity = order.accepted + order.pending;
        _setStatus(id, order, OrderStatus.Lapsed);
        emit OrderLapsed(id, caller, order.quantity);
        FACILITIES.bringMaturityForward(id, Calendar.dayOf(block.timestamp, UTC_OFFSET) + MATURES_AFTER_LAPSE_DAYS);
    }

    function record(uint256 id, uint256 counters) external {
        bool peer = msg.sender == DELIVERIES || msg.sender == RECEIPTS || msg.sender == RECEIVABLES;
        require(peer, NotPermitted(msg.sender));
        _orders[id].counters = counters;
        Order memory order = OrderPacking.unpack(0, counters);
        emit OrderRecord(
            id,
            order.accepted,
            order.pending,
            order.stored,
            order.owed,
            order.overdueCount,
            order.deliveries
        );
    }

    function orderById(uint256 id) external view returns (OrderView memory) {
        Order memory order = _order(id);
        return
            OrderView({
                buyer: PARTIES.idOf(order.buyer),
                seller: PARTIES.idOf(order.seller),
                deliverBy: order.deliverBy,
                paymentDays: order.paymentDays,
                inspectionDays: order.inspectionDays,
                currency: order.currency,
                status: order.status,
                quantity: order.quantity,
                unitPrice: order.unitPrice,
                accepted: order.accepted,
                pending: order.pending,
                stored: order.stored,
                owed: order.owed,
                overdueCount: order.overdueCount,
                deliveries: order.deliveries
            });
    }

    function packedOrder(uint256 id) external view returns (uint256, uint256) {
        return (_orders[id].agreed, _orders[id].counters);
    }

    function termsHashById(uint256 id) external view returns (bytes32) {
        return _orders[id].termsHash;
    }

    function rootOf(uint256 id) external view returns (uint256) {
        return _holderOf(id) == address(0) ? 0 : id;
    }

    function orderId(address buyer, bytes32 number, uint32 line) public pure returns (uint256) {
        return uint256(keccak256(abi.encode(KIND, buyer, number, line)));
    }

    function goodsOf(bytes32 item, bytes3 unit) external pure returns (bytes16) {
        return OrderTermsHash.goodsOf(item, unit);
    }

    function hashTerms(address buyer, OrderTerms calldata terms) external pure returns (bytes32) {
        return OrderTermsHash.hashTerms(buyer, terms);
    }

    function hashDetails(address buyer, OrderTerms calldata terms) external pure returns (bytes32) {
        return OrderTermsHash.hashDetails(buyer, terms);
    }

    function _issue(
        uint32 buyer,
        address buyerId,
        OrderTerms calldata terms,
        uint256 index,
        OrderStatus status
    ) private returns (uint256 id, uint32 seller, bytes32 termsHash) {
        id = orderId(buyerId, terms.number, terms.line);
        Record storage stored = _orders[id];
        require(stored.agreed == 0, AlreadyExists(id));
        Order memory order;
        (order.seller, order.currency) = _requireTerms(buyerId, terms, index);
        order.buyer = buyer;
        order.deliverBy = terms.deliverBy;
        order.paymentDays = terms.paymentDays;
        order.inspectionDays = terms.inspectionDays;
        order.status = status;
        order.quantity = terms.quantity;
        order.unitPrice = terms.unitPrice;
        seller = order.seller;
        termsHash = OrderTermsHash.hashTerms(buyerId, terms);
        stored.agreed = order.packAgreed();
        stored.termsHash = termsHash;
        emit OrderIssued(id, buyerId, terms.seller, terms);
    }

    function _requireTerms(
        address buyer,
        OrderTerms calldata terms,
        uint256 index
    ) private view returns (uint32 seller, uint16 currency) {
        require(terms.number != 0, InvalidTerm(index, "number"));
        seller = PARTIES.numberWithRole(terms.seller, ROLE_COOPERATIVE);
        require(seller != 0 && terms.seller != buyer, InvalidTerm(index, "seller"));
        bool arbiter =
            terms.arbiter != buyer &&
                terms.arbiter != terms.seller &&
                PARTIES.numberWithRole(terms.arbiter, ROLE_ARBITER) != 0;
        require(arbiter, InvalidTerm(index, "arbiter"));
        currency = CURRENCIES.numberOf(terms.currency);
        require(currency != 0, InvalidTerm(index, "currency"));
        require(terms.quantity != 0, InvalidTerm(index, "quantity"));
        uint256 value = Amounts.valueHalfUp(terms.quantity, terms.unitPrice);
        require(value != 0 && value <= type(uint64).max, InvalidTerm(index, "unitPrice"));
        require(terms.paymentDays <= MOST_PAYMENT_DAYS, InvalidTerm(index, "paymentDays"));
        require(terms.inspectionDays != 0, InvalidTerm(index, "inspectionDays"));
    }

    function _order(uint256 id) private view returns (Order memory order) {
        OrderPacking.fill(order, _orders[id].agreed, _orders[id].counters);
    }

    function _setStatus(uint256 id, Order memory order, OrderStatus status) private {
        order.status = status;
        _orders[id].agreed = order.packAgreed();
    }

    function _holderOf(uint256 id) internal view override returns (address) {
        Order memory order = _order(id);
        return order.status > OrderStatus.Issued ? PARTIES.idOf(order.seller) : address(0);
    }
}
