// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IClaim} from "../claim/IClaim.sol";
import {OrderTerms} from "../order/IPurchaseOrders.sol";

/// @notice A receivable as it is read from outside.
/// @param outstanding minor units unpaid, contested ones included
/// @param dueDay civil day of payment
/// @param deemed by silence: never counts in the base
/// @param overdue a collection or a late part payment left an uncontested rest; until nothing is outstanding
/// @param contested minor units held by an open contest
/// @param contestDay civil day of the contest; 0 for none ever
/// @param assigned sold outright: it has left its order's root
struct Receivable {
    address holder;
    uint64 outstanding;
    uint16 dueDay;
    bool deemed;
    bool overdue;
    bool assigned;
    uint64 contested;
    uint16 contestDay;
}

/// @notice What the holder of a receivable signs to sell it outright.
/// @param assignee the party that buys it, and hands the statement in
/// @param price minor units, from the assignee to the holder
/// @param outstanding minor units that both sides take it to owe
/// @param deadline last second on which the statement is good
struct Assignment {
    uint256 order;
    uint16 delivery;
    address assignee;
    uint64 price;
    uint64 outstanding;
    uint256 nonce;
    uint40 deadline;
}

/// @title Receivables: money owed for accepted goods, the third form of a claim
/// @notice A receivable is named by its order and the number of the delivery that made it. Every payment goes straight from the buyer to the lender and the holder, by the waterfall, in the transaction
/// that books it. The buyer's approval of the currency for this contract is its direct-debit mandate.
interface IReceivables is IClaim {
    event ReceivableConfirmed(
        uint256 indexed receivable,
        uint256 indexed order,
        address indexed holder,
        uint16 delivery,
        address debtor,
        uint64 amount,
        uint16 acceptedDay,
        uint16 dueDay,
        bool deemed
    );
    /// @param root 0 for one that was assigned
    /// @param by who called; not always a party
    /// @param amount minor units that were paid: what the lender and the holder got
    /// @param collected by mandate rather than paid by the debtor itself
    event ReceivablePaid(
        uint256 indexed receivable,
        uint256 indexed root,
        address indexed by,
        uint64 amount,
        uint64 toLender,
        uint64 toHolder,
        bool collected
    );
    /// @dev The holder's account could not receive its part: that much is still owed.
    event HolderCouldNotReceive(uint256 indexed receivable, address account, uint64 amount);
    /// @dev Sold outright. This event is the notice of assignment to the debtor: from here on it owes to `to`.
    event ReceivableAssigned(
        uint256 indexed receivable,
        address indexed from,
        address indexed to,
        uint64 price,
        uint64 outstanding
    );
    event ReceivableOverdue(uint256 indexed receivable, uint256 indexed root);
    event Contested(uint256 indexed receivable, address indexed by, uint64 amount);
    /// @param upheld minor units by which the debt shrinks
    event Ruled(uint256 indexed receivable, address indexed by, uint64 upheld);
    event ContestLifted(uint256 indexed receivable);
    event ReceivableRecord(
        uint256 indexed receivable,
        uint64 outstanding,
        uint64 contested,
        uint16 contestDay,
        bool overdue
    );

    error NoReceivable(uint256 receivable);
    error NotDue(uint256 dueDay, uint256 today);
    error NothingToCollect(uint256 receivable);
    error Overpayment(uint256 asked, uint256 payable_);
    error AlreadyContested(uint256 receivable);
    error ContestTooLate(uint256 lastDay, uint256 today);
    error ContestTooLarge(uint256 asked, uint256 limit);
    error NotContested(uint256 receivable);
    error ContestExpired(uint256 lastDay, uint256 today);
    /// @dev An amount of it is contested, so that what is owed is not certain.
    error Disputed(uint256 receivable);
    error IsOverdue(uint256 receivable);

    /// @dev For `Deliveries`: what was accepted today is owed from here on, and due after the order's payment term.
    function confirm(
        uint256 order,
        uint16 delivery,
        uint32 holder,
        address debtor,
        uint64 amount,
        uint16 paymentDays,
        bool deemed
    ) external;

    /// @notice The debtor pays `amount` of the `outstanding` amount that it acted on.
    /// @dev Checks: `NoReceivable` · `StaleState` · `ZeroAmount` · `Overpayment` · `PayerFundsUnavailable` ·
    /// `PayeeCannotReceive` (the lender nor its depositary; the holder where the lender gets nothing).
    function pay(uint256 order, uint16 delivery, uint64 amount, uint64 outstanding) external;

    /// @notice Anyone collects from the due day: the least of what is unpaid and uncontested, balance and allowance.
    /// @dev Checks: `NoReceivable` · `NotDue` · `NothingToCollect` · `PayeeCannotReceive` as in `pay`.
    function collect(uint256 order, uint16 delivery) external returns (uint64 taken);

    /// @notice The buyer contests an amount, once, within 7 days of acceptance.
    /// @dev Checks: `NoReceivable` · `ZeroAmount` · `AlreadyContested` · `ContestTooLate` · `ContestTooLarge`.
    function contest(uint256 order, uint16 delivery, uint64 amount) external;

    /// @notice The calling lender buys the receivable outright: the price to the holder, the claim to the caller, in one
    /// transaction. The holder's word for it is the `Assignment`, signed under the EIP-712 domain of this contract. The
    /// receivable leaves its order's root for good.
    /// @dev Checks: caller · `NoReceivable` · `NotPermitted` (its debtor, its holder, not the assignee) · `PartySuspended`
    /// (its holder) · `StaleState` · `ZeroAmount` · `Disputed` · `IsOverdue` · `Encumbered` · `StatementExpired` ·
    /// `NonceUsed` · `InvalidSignature`; then the currency's own.
    function assign(Assignment calldata terms, bytes calldata signature) external;

    /// @notice The order's arbiter upholds some of the contested amount, within 30 days of the contest.
    /// @param terms the order's terms, which name the arbiter; the order has their hash on record
    /// @dev Checks: `NoReceivable` · caller (the named arbiter, unless it holds the receivable) · `NotContested` ·
    /// `ContestExpired` · `ContestTooLarge`.
    function rule(uint256 order, uint16 delivery, uint64 upheld, OrderTerms calldata terms) external;

    function receivableOf(uint256 order, uint16 delivery) external view returns (Receivable memory);

    /// @notice The order, as long as the receivable belongs to it; 0 for none and once it is assigned.
    function rootOf(uint256 order, uint16 delivery) external view returns (uint256 root);

    function receivableId(uint256 order, uint16 delivery) external pure returns (uint256 receivable);
}
