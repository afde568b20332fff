// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IClaim} from "../claim/IClaim.sol";

/// @dev `Fulfilled` is derived, never stored: an accepted order with nothing left to accept.
enum OrderStatus {
    None,
    Issued,
    Accepted,
    Fulfilled,
    Cancelled,
    Lapsed
}

/// @notice One line of the buyer's document, as agreed.
/// @param number the buyer's order number: UTF-8, normalised (NFKC, trimmed, upper case), at most 32 bytes, zero padded
/// @param line the line of the buyer's document
/// @param seller party that delivers (a cooperative)
/// @param arbiter party that rules on contested amounts
/// @param currency an approved ERC-20 currency
/// @param item item code, UTF-8, at most 32 bytes, zero padded
/// @param unit UN/ECE Rec 20 unit code, ASCII, zero padded
/// @param quantity thousandths of the unit
/// @param unitPrice hundredths of a minor unit of the currency, for one unit
/// @param deliverBy last second on which undelivered quantity counts
/// @param paymentDays civil days from acceptance to the due day; 0 pays on acceptance; at most 365
/// @param inspectionDays days (of 86,400 s) that a silent buyer has after the stated arrival; at least 1
/// @param termsRoot root of the Merkle tree of the order's salted fields
struct OrderTerms {
    bytes32 number;
    uint32 line;
    address seller;
    address arbiter;
    address currency;
    bytes32 item;
    bytes3 unit;
    uint48 quantity;
    uint48 unitPrice;
    uint40 deliverBy;
    uint16 paymentDays;
    uint16 inspectionDays;
    bytes32 termsRoot;
}

/// @notice What later acts compute with, and the counters, as the contracts hand it on: parties by their numbers.
/// @param buyer number of the party that ordered
/// @param seller number of the party that delivers
/// @param currency number of the currency in `ICurrencies`
/// @param status as derived: `Fulfilled` where nothing is left to accept
/// @param accepted thousandths accepted so far
/// @param pending thousandths in open deliveries
/// @param stored thousandths in live receipts that are earmarked for it
/// @param owed minor units: unpaid and uncontested receivables that still have this root, are not overdue and were not deemed
/// accepted
/// @param overdueCount receivables with this root that a collection left short
/// @param deliveries number of the last delivery
struct Order {
    uint32 buyer;
    uint32 seller;
    uint40 deliverBy;
    uint16 paymentDays;
    uint16 inspectionDays;
    uint16 currency;
    OrderStatus status;
    uint48 quantity;
    uint48 unitPrice;
    uint48 accepted;
    uint48 pending;
    uint48 stored;
    uint64 owed;
    uint16 overdueCount;
    uint16 deliveries;
}

/// @notice An order as it is read from outside: its fields, and its parties by their ids.
struct OrderView {
    address buyer;
    address seller;
    uint40 deliverBy;
    uint16 paymentDays;
    uint16 inspectionDays;
    uint16 currency;
    OrderStatus status;
    uint48 quantity;
    uint48 unitPrice;
    uint48 accepted;
    uint48 pending;
    uint48 stored;
    uint64 owed;
    uint16 overdueCount;
    uint16 deliveries;
}

/// @title Purchase orders: the first form of a claim, and its root
/// @notice The buyer issues, the seller accepts, naming the hash of all terms: only then does the order exist for financing.
/// @dev Events: one per act, and `OrderRecord` with the counters after whatever changed them.
interface IPurchaseOrders is IClaim {
    event OrderIssued(uint256 indexed order, address indexed buyer, address indexed seller, OrderTerms terms);
    event OrderAccepted(uint256 indexed order, address indexed by);
    /// @dev One side asked to cancel an accepted order at this accepted quantity; the other side's call does it, unless
    /// goods were despatched or money moved on the root in between: then that call asks anew.
    event CancellationRequested(uint256 indexed order, address indexed by, uint48 accepted);
    /// @param quantity thousandths that the order has now (what was accepted)
    event OrderCancelled(uint256 indexed order, address indexed by, uint48 quantity);
    /// @param quantity thousandths that the order has now (what was accepted or is pending)
    event OrderLapsed(uint256 indexed order, address indexed by, uint48 quantity);
    event OrderRecord(
        uint256 indexed order,
        uint48 accepted,
        uint48 pending,
        uint48 stored,
        uint64 owed,
        uint16 overdueCount,
        uint16 deliveries
    );

    /// @dev Term `field` of the order at `index` of the call cannot be recorded.
    error InvalidTerm(uint256 index, bytes32 field);
    /// @dev Open deliveries stand in the way.
    error DeliveryOpen(uint256 order);
    error NotLapsable(uint256 order, uint256 from);

    /// @notice Issues an order. For a party with the buyer role. A second try reverts with `AlreadyExists`.
    function issue(OrderTerms calldata terms) external returns (uint256 order);

    /// @notice Issues an order together with the seller's signed acceptance of it:
    /// `Acceptance(bytes32 termsHash,uint256 nonce,uint40 deadline)` under the EIP-712 domain of this contract.
    /// @dev Checks: those of `issue` · `StatementExpired` · `NonceUsed` · `InvalidSignature`.
    function issueAccepted(
        OrderTerms calldata terms,
        uint256 nonce,
        uint40 deadline,
        bytes calldata signature
    ) external returns (uint256 order);

    /// @notice Issues many, all or none. `InvalidTerm` names the index, `AlreadyExists` the order.
    function issueMany(OrderTerms[] calldata terms) external;

    /// @notice The seller accepts exactly these terms, else `StaleState`. Mints the claim to it.
    function accept(uint256 order, bytes32 termsHash) external;

    /// @notice Before acceptance: either side, and the order may be issued again. Afterwards both sides have to call,
    /// there must be no lien (`Encumbered`) and no open delivery (`DeliveryOpen`); it ends what is undelivered. A request
    /// is void once goods are despatched or the root's revision rises.
    function cancel(uint256 order) external;

    /// @notice The buyer ends the undelivered rest, from 30 days after `deliverBy`.
    function lapse(uint256 order) external;

    /// @dev For `Deliveries`, `WarehouseReceipts` and `Receivables`: the counters after an act of theirs, as
    /// `OrderPacking.packCounters` has them. They read the order in the same act.
    function record(uint256 order, uint256 counters) external;

    /// @notice The order with its counters; status `None` where there is none.
    function orderById(uint256 order) external view returns (OrderView memory);

    /// @dev The order in two words, for `OrderPacking.unpack`: what was agreed, and the counters.
    function packedOrder(uint256 order) external view returns (uint256 agreed, uint256 counters);

    /// @notice The root of an order: itself, once it is accepted; 0 before.
    function rootOf(uint256 order) external view returns (uint256 root);

    /// @notice `hashTerms(buyer, terms)` of the order: all its terms, the arbiter and `termsRoot` among them.
    function termsHashById(uint256 order) external view returns (bytes32 termsHash);

    function orderId(address buyer, bytes32 number, uint32 line) external pure returns (uint256 order);

    /// @notice What kind of goods: the first half of a hash of item and unit.
    function goodsOf(bytes32 item, bytes3 unit) external pure returns (bytes16 goods);

    /// @notice All terms in one hash: `goodsOf(item, unit)` and `hashDetails(buyer, terms)`.
    function hashTerms(address buyer, OrderTerms calldata terms) external pure returns (bytes32 termsHash);

    /// @notice The buyer and all terms. Whoever knows it can prove of which goods an order is.
    function hashDetails(address buyer, OrderTerms calldata terms) external pure returns (bytes32 details);
}
