// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

enum DeliveryStatus {
    None,
    Open,
    Recalled,
    Accepted
}

/// @notice A delivery under an order.
/// @param quantity thousandths in transit; once answered, those that were not accepted and have not been weighed in again
/// @param arrivesBy stated arrival, seconds
/// @param receipt the receipt that the goods left, by the lower 160 bits of its id; 0 straight from the field
struct Delivery {
    uint48 quantity;
    uint40 arrivesBy;
    DeliveryStatus status;
    uint160 receipt;
}

/// @title Deliveries: despatched by the seller, accepted by the buyer
/// @notice Deliveries of an order are numbered from 1. Acceptance, in full, in part or not at all, closes a delivery and
/// makes the receivable of the same number, for what was accepted.
interface IDeliveries {
    event Despatched(
        uint256 indexed order,
        uint16 number,
        uint256 indexed receipt,
        address indexed by,
        uint48 quantity,
        uint40 arrivesBy
    );
    event Recalled(uint256 indexed order, uint16 number, address indexed by);
    /// @param accepted thousandths taken
    /// @param rejected thousandths not taken
    /// @param amount minor units that the buyer owes for it
    /// @param deemed by silence
    event DeliveryAccepted(
        uint256 indexed order,
        uint16 number,
        address indexed by,
        uint48 accepted,
        uint48 rejected,
        uint64 amount,
        bool deemed
    );
    /// @dev Goods that were not accepted were weighed in again.
    event DeliveryReturned(uint256 indexed order, uint16 number, uint256 indexed receipt, uint48 quantity);

    error OverDelivery(uint256 asked, uint256 open);
    error ArrivalInThePast(uint256 arrivesBy, uint256 time);
    error GoodsInStore(uint256 asked, uint256 fromField);
    error NoOpenDelivery(uint256 order, uint256 number);
    error InspectionOpen(uint256 until);
    /// @dev The goods of this delivery did not leave this receipt.
    error WrongReceipt(uint256 order, uint256 number, uint256 receipt);

    /// @notice The seller despatches goods: from a receipt of its own that is earmarked for the order, or from the field.
    /// @param number the number of this delivery: one more than the last one's, else `StaleState`
    /// @param receipt the receipt, or 0 for the field
    /// @dev Checks: `StaleState` · `WrongOrder` · `ZeroAmount` · `OverDelivery` · `ArrivalInThePast` · from a receipt
    /// `NotEarmarked` · `InsufficientQuantity`; from the field `GoodsInStore`.
    function despatch(uint256 order, uint16 number, uint256 receipt, uint48 quantity, uint40 arrivesBy) external;

    /// @notice The buyer fetches goods itself: it despatches them from an earmarked receipt and accepts them, all of them and
    /// at once, with the word of the seller that holds the receipt:
    /// `Release(uint256 order,uint16 number,uint256 receipt,uint48 quantity,uint256 nonce,uint40 deadline)` under the EIP-712
    /// domain of this contract.
    /// @dev Checks: those of `despatch` · `StatementExpired` · `NonceUsed` · `InvalidSignature`.
    function despatchAndAccept(
        uint256 order,
        uint16 number,
        uint256 receipt,
        uint48 quantity,
        uint256 nonce,
        uint40 deadline,
        bytes calldata signature
    ) external;

    /// @notice Before the buyer answers: the seller recalls a field despatch, the warehouse one of its own.
    /// @param receipt the receipt that the goods left, or 0 for the field, else `WrongReceipt`
    function recall(uint256 order, uint16 number, uint256 receipt) external;

    /// @notice The buyer accepts `quantity` of the delivery, 0 to all; the rest is not accepted.
    /// @param receipt as in `recall`
    /// @dev With a payment term of 0 it collects at once; a collection that fails does not undo the acceptance, unless it
    /// failed for want of gas (`TooLittleGas`).
    function accept(uint256 order, uint16 number, uint256 receipt, uint48 quantity) external;

    /// @notice Anyone records that the buyer stayed silent for the inspection period.
    /// @param receipt as in `recall`
    function deemAccepted(uint256 order, uint16 number, uint256 receipt) external;

    /// @dev For `WarehouseReceipts`: goods of this delivery come back on a new ticket.
    function recordReturn(uint256 order, uint16 number, uint256 receipt, uint48 quantity) external;

    function deliveryById(uint256 order, uint16 number) external view returns (Delivery memory);
}
