// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {Claim} from "../claim/Claim.sol";
import {AlreadyExists, Encumbered, StaleState, WrongOrder} from "../claim/IClaim.sol";
import {Amounts} from "../math/Amounts.sol";
import {Calendar} from "../math/Calendar.sol";
import {NotPermitted, Party, ROLE_ARBITER, ROLE_BUYER, ROLE_COOPERATIVE} from "../party/IParties.sol";
import {Peers} from "../Peers.sol";
import {IParties} from "../party/IParties.sol";
import {ICurrencies} from "../money/ICurrencies.sol";
import {ILiens, Loan} from "../lien/ILiens.sol";
import {IFacilities} from "../facility/IFacilities.sol";
import {IPurchaseOrders, Order, OrderStatus, OrderTerms} from "./IPurchaseOrders.sol";

/// @dev The interface `IPurchaseOrders` is its documentation.
contract PurchaseOrders is IPurchaseOrders, Claim {
    /// @dev What one side asked for; it holds only until goods are despatched or money moves on the root.
    struct Cancellation {
        address by;
        uint16 deliveries;
        uint32 revision;
    }

    bytes32 private constant KIND = "sheaf.purchase-order";
    uint256 private constant LAPSE_AFTER = 30 days;
    uint16 private constant MATURES_AFTER_LAPSE_DAYS = 10;
    uint16 private constant MOST_PAYMENT_DAYS = 365;

    IParties private immutable PARTIES;
    ICurrencies private immutable CURRENCIES;
    ILiens private immutable LIENS;
    IFacilities private immutable FACILITIES;
    address private immutable DELIVERIES;
    address private immutable RECEIPTS;
    address private immutable RECEIVABLES;
    int32 private immutable UTC_OFFSET;

    mapping(uint256 order => Order) private _orders;
    mapping(uint256 order => bytes32) public goodsById;
    mapping(uint256 order => bytes32) public termsHashById;
    mapping(uint256 order => Cancellation) private _cancellations;

    constructor(Peers memory peers, int32 utcOffset) ERC721("Sheaf purchase order", "SHEAF-PO") {
        PARTIES = peers.parties;
        CURRENCIES = peers.currencies;
        LIENS = peers.liens;
        FACILITIES = peers.facilities;
        DELIVERIES = address(peers.deliveries);
        RECEIPTS = address(peers.receipts);
        RECEIVABLES = address(peers.receivables);
        UTC_OFFSET = utcOffset;
    }

    modifier only(address peer) {
        require(msg.sender == peer, NotPermitted(msg.sender));
        _;
    }

    function issue(OrderTerms calldata terms) external returns (uint256 order) {
        return _issue(PARTIES.requireOriginator(msg.sender, ROLE_BUYER), terms, 0);
    }

    function issueMany(OrderTerms[] calldata terms) external {
        address buyer = PARTIES.requireOriginator(msg.sender, ROLE_BUYER);
        for (uint256 i = 0; i < terms.length; ++i) _issue(buyer, terms[i], i);
    }

    function accept(uint256 id, bytes32 termsHash) external {
        Order storage order = _orders[id];
        address caller = PARTIES.requireOriginator(msg.sender, ROLE_COOPERATIVE);
        require(caller == order.seller, NotPermitted(msg.sender));
        require(order.status == OrderStatus.Issued, WrongOrder(id));
        bytes32 actual = termsHashById[id];
        require(termsHash == actual, StaleState(uint256(termsHash), uint256(actual)));
        order.status = OrderStatus.Accepted;
        emit OrderAccepted(id, caller);
        _bear(caller, id);
    }

    function cancel(uint256 id) external {
        Order storage order = _orders[id];
        address caller = PARTIES.partyOf(msg.sender);
        address buyer = order.buyer;
        require(caller != address(0) && (caller == buyer || caller == order.seller), NotPermitted(msg.sender));
        OrderStatus status = order.status;
        if (status == OrderStatus.Issued) {
            delete _orders[id];
            delete goodsById[id];
            delete termsHashById[id];
            emit OrderCancelled(id, caller, 0);
            return;
        }
        require(status == OrderStatus.Accepted && order.accepted < order.quantity, WrongOrder(id));
        Loan memory loan = LIENS.loanOf(id);
        require(loan.facility == 0, Encumbered(id));
        require(order.pending == 0, DeliveryOpen(id));
        Cancellation memory asked = _cancellations[id];
        bool stands = asked.deliveries == order.deliveries && asked.revision == loan.revision;
        if (asked.by == address(0) || asked.by == caller || !stands) {
            _cancellations[id] = Cancellation(caller, order.deliveries, loan.revision);
            emit CancellationRequested(id, caller, order.accepted);
            return;
        }
        delete _cancellations[id];
        order.status = OrderStatus.Cancelled;
        order.quantity = order.accepted;
        emit OrderCancelled(id, caller, order.accepted);
    }

    function lapse(uint256 id) external {
        Order storage order = _orders[id];
        require(PARTIES.partyOf(msg.sender) == order.buyer && order.buyer != address(0), NotPermitted(msg.sender));
        uint48 ends = order.accepted + order.pending;
        require(order.status == OrderStatus.Accepted && order.accepted < order.quantity, WrongOrder(id));
        uint256 last = uint256(order.deliverBy) + LAPSE_AFTER;
        require(block.timestamp > last, NotLapsable(id, last + 1));
        order.status = OrderStatus.Lapsed;
        order.quantity = ends;
        emit OrderLapsed(id, order.buyer, ends);
        FACILITIES.bringMaturityForward(id, Calendar.dayOf(block.timestamp, UTC_OFFSET) + MATURES_AFTER_LAPSE_DAYS);
    }

    function recordDespatch(uint256 id, uint48 quantity, uint48 fromStore) external only(DELIVERIES) {
        Order storage order = _orders[id];
        order.pending += quantity;
        order.stored -= fromStore;
        order.deliveries += 1;
        _emitRecord(id, order);
    }

    function recordRecall(uint256 id, uint48 quantity, uint48 toStore) external only(DELIVERIES) {
        Order storage order = _orders[id];
        order.pending -= quantity;
        order.stored += toStore;
        _emitRecord(id, order);
    }

    function recordAcceptance(uint256 id, uint48 delivered, uint48 accepted, uint64 owed) external only(DELIVERIES) {
        Order storage order = _orders[id];
        order.pending -= delivered;
        order.accepted += accepted;
        order.owed += owed;
        _emitRecord(id, order);
    }

    function recordStored(uint256 id, uint48 added, uint48 removed) external only(RECEIPTS) {
        Order storage order = _orders[id];
        order.stored = order.stored + added - removed;
        _emitRecord(id, order);
    }

    function recordOwed(uint256 id, uint64 owed, uint16 overdueCount) external only(RECEIVABLES) {
        Order storage order = _orders[id];
        order.owed = owed;
        order.overdueCount = overdueCount;
        _emitRecord(id, order);
    }

    function orderById(uint256 id) external view returns (Order memory order) {
        order = _orders[id];
        if (order.status == OrderStatus.Accepted && order.accepted == order.quantity) {
            order.status = OrderStatus.Fulfilled;
        }
    }

    function rootOf(uint256 id) external view returns (uint256) {
        return _holderOf(id) == address(0) ? 0 : id;
    }

    function orderId(address buyer, bytes32 number, uint32 line) public pure returns (uint256) {
        return uint256(keccak256(abi.encode(KIND, buyer, number, line)));
    }

    function goodsOf(bytes32 item, bytes3 unit) public pure returns (bytes32) {
        return keccak256(abi.encode(item, unit));
    }

    function hashTerms(address buyer, OrderTerms calldata terms) public pure returns (bytes32) {
        return keccak256(abi.encode(buyer, terms));
    }

    function _issue(address buyer, OrderTerms calldata terms, uint256 index) private returns (uint256 id) {
        id = orderId(buyer, terms.number, terms.line);
        require(_orders[id].status == OrderStatus.None, AlreadyExists(id));
        uint16 currency = _requireTerms(buyer, terms, index);
        Order storage order = _orders[id];
        order.buyer = buyer;
        order.deliverBy = terms.deliverBy;
        order.paymentDays = terms.paymentDays;
        order.inspectionDays = terms.inspectionDays;
        order.currency = currency;
        order.status = OrderStatus.Issued;
        order.seller = terms.seller;
        order.quantity = terms.quantity;
        order.unitPrice = terms.unitPrice;
        goodsById[id] = goodsOf(terms.item, terms.unit);
        termsHashById[id] = hashTerms(buyer, terms);
        emit OrderIssued(id, buyer, terms.seller, terms);
    }

    function _requireTerms(
        address buyer,
        OrderTerms calldata terms,
        uint256 index
    ) private view returns (uint16 currency) {
        require(terms.number != 0, InvalidTerm(index, "number"));
        require(terms.seller != buyer && _mayAct(terms.seller, ROLE_COOPERATIVE), InvalidTerm(index, "seller"));
        require(
            terms.arbiter != buyer && terms.arbiter != terms.seller && _mayAct(terms.arbiter, ROLE_ARBITER),
            InvalidTerm(index, "arbiter")
        );
        currency = CURRENCIES.numberOf(terms.currency);
        require(currency != 0, InvalidTerm(index, "currency"));
        require(terms.quantity != 0, InvalidTerm(index, "quantity"));
        uint256 value = Amounts.valueHalfUp(terms.quantity, terms.unitPrice);
        require(value != 0 && value <= type(uint64).max, InvalidTerm(index, "unitPrice"));
        require(terms.paymentDays <= MOST_PAYMENT_DAYS, InvalidTerm(index, "paymentDays"));
        require(terms.inspectionDays != 0, InvalidTerm(index, "inspectionDays"));
    }

    function _mayAct(address id, uint16 role) private view returns (bool) {
        Party memory party = PARTIES.partyById(id);
        return party.roles & role != 0 && !party.suspended;
    }

    function _emitRecord(uint256 id, Order storage order) private {
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

    function _holderOf(uint256 id) internal view override returns (address) {
        return _orders[id].status > OrderStatus.Issued ? _orders[id].seller : address(0);
    }
}
