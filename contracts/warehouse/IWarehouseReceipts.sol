// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IClaim} from "../claim/IClaim.sol";

/// @notice What a weigh ticket says.
/// @param ticket the warehouse's weigh-ticket number: UTF-8, normalised, at most 32 bytes, zero padded
/// @param depositor the party that stores the goods, the first holder
/// @param item item code, as in an order
/// @param unit UN/ECE Rec 20 unit code, as in an order
/// @param lot lot number, UTF-8, at most 32 bytes, zero padded
/// @param quantity thousandths of the unit
/// @param lossAllowanceBps natural loss that was agreed, of `quantity`
/// @param termsRoot root of the Merkle tree of the receipt's salted fields
/// @param order with `delivery`: these goods came back from that delivery, and are born earmarked for the order; else 0
struct ReceiptTerms {
    bytes32 ticket;
    address depositor;
    bytes32 item;
    bytes3 unit;
    bytes32 lot;
    uint48 quantity;
    uint16 lossAllowanceBps;
    bytes32 termsRoot;
    uint256 order;
    uint16 delivery;
}

/// @notice A receipt as stored.
/// @param quantity thousandths in store now
/// @param openDeliveries deliveries from it that the buyer has not answered
/// @param weighed thousandths that were weighed in (a split divides them as it divides the goods, a merge adds them up)
/// @param lost thousandths recorded as lost so far (divided and added up likewise)
/// @param root the order that it is earmarked for, or 0
struct Receipt {
    address holder;
    uint48 quantity;
    uint16 openDeliveries;
    uint16 lossAllowanceBps;
    address warehouse;
    uint48 weighed;
    uint48 lost;
    uint256 root;
}

/// @title Warehouse receipts: goods in store, the second form of a claim
/// @notice Issued by a warehouse within its capacity. Only the holder disposes of a receipt; while its root is encumbered
/// goods leave it by despatch to the order's buyer, by what the base still carries, or by a recorded loss.
interface IWarehouseReceipts is IClaim {
    event CapacitySet(address indexed warehouse, uint64 capacity);
    event ReceiptIssued(
        uint256 indexed receipt,
        address indexed warehouse,
        address indexed depositor,
        ReceiptTerms terms
    );
    event Earmarked(uint256 indexed receipt, uint256 indexed order, address indexed by);
    event Unearmarked(uint256 indexed receipt, uint256 indexed order, address indexed by);
    event ReleaseConsented(uint256 indexed receipt, uint256 indexed facility, address indexed by);
    event ReceiptSplit(
        uint256 indexed parent,
        uint256 indexed child,
        address indexed by,
        uint32 serial,
        uint48 quantity
    );
    event ReceiptMerged(uint256 indexed from, uint256 indexed into, address indexed by, uint48 quantity);
    event Endorsed(uint256 indexed receipt, address indexed from, address indexed to);
    event Withdrawn(uint256 indexed receipt, address indexed by, uint48 quantity);
    /// @param liability thousandths of this loss that go beyond the allowance: the warehouse's liability
    /// @param liableTo the lender that holds the lien, or the holder where there is none
    event Shrunk(
        uint256 indexed receipt,
        address indexed by,
        uint48 quantity,
        uint48 liability,
        address indexed liableTo
    );
    event ReceiptRecord(uint256 indexed receipt, uint48 quantity, uint16 openDeliveries, uint48 weighed, uint48 lost);
    /// @dev After whatever changed how much of its warehouse's capacity is in use; told by the receipt that changed it.
    event CapacityUsed(uint256 indexed receipt, uint64 used);

    error CapacityExceeded(uint256 asked, uint256 free);
    /// @dev The receipt is not earmarked for the order by this holder.
    error NotEarmarked(uint256 receipt);
    error AlreadyEarmarked(uint256 receipt);
    error SameReceipt(uint256 receipt);
    error RootsDiffer(uint256 from, uint256 into);
    /// @dev Warehouse, goods or lot of the two receipts differ.
    error ReceiptsDiffer(uint256 from, uint256 into);
    error UnknownDepositor(address depositor);
    error UnknownWarehouse(address warehouse);
    /// @dev Nobody that a receipt can be endorsed to: no party, or the holder itself.
    error UnknownEndorsee(address endorsee);
    error InvalidAllowance(uint16 lossAllowanceBps);

    /// @notice How many thousandths a warehouse may have on live receipts and open despatches. For the admission role.
    /// `UnknownWarehouse` for nobody's.
    function setCapacity(address warehouse, uint64 capacity) external;

    /// @notice Issues a receipt for one weighing. For a party with the warehouse role.
    /// @param orderDetails `IPurchaseOrders.hashDetails` of the order that a return comes back to; else 0
    /// @dev Checks: `ZeroAmount` · `AlreadyExists` · a return: `InsufficientQuantity` · `WrongOrder` (its seller, its goods, or
    /// the details) · `CapacityExceeded`.
    function issue(ReceiptTerms calldata terms, bytes32 orderDetails) external returns (uint256 receipt);

    /// @notice The holder earmarks it for an order that it holds, of the same goods and unit.
    /// @param orderDetails `IPurchaseOrders.hashDetails` of the order: with the receipt's goods it makes the order's terms
    /// @dev Checks: `AlreadyEarmarked` · `InsufficientQuantity` (an empty receipt) · `WrongOrder`.
    function earmark(uint256 receipt, uint256 order, bytes32 orderDetails) external;

    /// @notice The holder takes the earmark off. Under a lien: if the base without it still carries the debt, or with consent.
    /// @dev Checks: `NotEarmarked` · `InTransit` · `Encumbered`.
    function unearmark(uint256 receipt) external;

    /// @notice The lender that holds the lien lets the holder take the earmark off once, whatever the base. Its word is for
    /// the debt and the goods as they are: void once the root's revision rises or the receipt holds more.
    function consentToRelease(uint256 receipt) external;

    /// @notice The holder splits `quantity` off into a new receipt, `childId(parent, serial)`.
    /// @dev Checks: `ZeroAmount` · `InTransit` · `InsufficientQuantity` (something must stay) · `AlreadyExists`.
    function split(uint256 receipt, uint48 quantity, uint32 serial) external returns (uint256 child);

    /// @notice The holder merges all of `from` into `into`: same warehouse, lot, goods and root, both its own.
    /// @dev Checks: `SameReceipt` · `InTransit` · `RootsDiffer` · `InsufficientQuantity` (nothing to merge) · `ReceiptsDiffer`.
    function merge(uint256 from, uint256 into) external;

    /// @notice The holder passes a free receipt on to another party.
    /// @dev Checks: `AlreadyEarmarked` · `InTransit` · `InsufficientQuantity` (an empty receipt) · `UnknownEndorsee`.
    function endorse(uint256 receipt, address to) external;

    /// @notice The holder takes goods out of the system.
    /// @dev Checks: `ZeroAmount` · `InTransit` · `Encumbered` · `InsufficientQuantity`.
    function withdraw(uint256 receipt, uint48 quantity) external;

    /// @notice The warehouse records a loss, encumbered or not. Checks: `ZeroAmount` · `InsufficientQuantity`.
    function shrink(uint256 receipt, uint48 quantity) external;

    /// @dev For `Deliveries`: goods leave for the order's buyer. Checks: `NotEarmarked` (by this holder, for this order) ·
    /// `InsufficientQuantity`.
    function despatch(uint256 receipt, uint256 order, uint32 holder, uint48 quantity) external;

    /// @dev For `Deliveries`: the goods of a despatch that its warehouse recalls are back. `NotPermitted` for any other caller.
    function recall(uint256 receipt, uint32 warehouse, uint48 quantity) external;

    /// @dev For `Deliveries`: the buyer has answered; the goods can no longer come back by recall.
    function release(uint256 receipt, uint48 quantity) external;

    /// @notice The order that a receipt is earmarked for; 0 for none.
    function rootOf(uint256 receipt) external view returns (uint256 root);

    function receiptById(uint256 receipt) external view returns (Receipt memory);

    /// @notice Goods (`IPurchaseOrders.goodsOf`) of a receipt, and the first half of the hash of its lot number.
    function goodsById(uint256 receipt) external view returns (bytes16 goods, bytes16 lot);

    function capacityOf(address warehouse) external view returns (uint64 capacity, uint64 used);

    function receiptId(address warehouse, bytes32 ticket) external pure returns (uint256 receipt);

    function childId(uint256 parent, uint32 serial) external pure returns (uint256 receipt);
}
