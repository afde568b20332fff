// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {Claim} from "../claim/Claim.sol";
import {AlreadyExists, StaleState, ZeroAmount} from "../claim/IClaim.sol";
import {IFacilities} from "../facility/IFacilities.sol";
import {Calendar} from "../math/Calendar.sol";
import {PaymentTerm} from "../math/PaymentTerm.sol";
import {ICurrencies} from "../money/ICurrencies.sol";
import {IPurchaseOrders, Order, OrderTerms} from "../order/IPurchaseOrders.sol";
import {IParties, NotPermitted} from "../party/IParties.sol";
import {Peers} from "../Peers.sol";
import {IReceivables, Receivable} from "./IReceivables.sol";

/// @dev The interface `IReceivables` is its documentation.
contract Receivables is IReceivables, Claim, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    bytes32 private constant KIND = "sheaf.receivable";
    uint16 private constant CONTEST_WITHIN_DAYS = 7;
    uint16 private constant RULING_WITHIN_DAYS = 30;

    IParties private immutable PARTIES;
    ICurrencies private immutable CURRENCIES;
    IPurchaseOrders private immutable ORDERS;
    IFacilities private immutable FACILITIES;
    address private immutable DELIVERIES;
    int32 private immutable UTC_OFFSET;

    mapping(uint256 receivable => Receivable) private _receivables;

    constructor(Peers memory peers, int32 utcOffset) ERC721("Sheaf receivable", "SHEAF-RC") {
        PARTIES = peers.parties;
        CURRENCIES = peers.currencies;
        ORDERS = peers.orders;
        FACILITIES = peers.facilities;
        DELIVERIES = address(peers.deliveries);
        UTC_OFFSET = utcOffset;
    }

    function confirm(
        uint256 order,
        uint16 delivery,
        address holder,
        address debtor,
        uint64 amount,
        uint16 today,
        uint16 dueDay,
        bool deemed
    ) external {
        require(msg.sender == DELIVERIES, NotPermitted(msg.sender));
        uint256 id = receivableId(order, delivery);
        Receivable storage receivable = _receivables[id];
        require(receivable.holder == address(0), AlreadyExists(id));
        receivable.holder = holder;
        receivable.outstanding = amount;
        receivable.dueDay = dueDay;
        receivable.deemed = deemed;
        receivable.root = order;
        emit ReceivableConfirmed(id, order, holder, delivery, debtor, amount, today, dueDay, deemed);
        _bear(holder, id);
    }

    function pay(uint256 id, uint64 amount, uint64 outstanding) external nonReentrant {
        Receivable memory receivable = _existing(id);
        Order memory order = ORDERS.orderById(receivable.root);
        require(PARTIES.partyOf(msg.sender) == order.buyer, NotPermitted(msg.sender));
        require(outstanding == receivable.outstanding, StaleState(outstanding, receivable.outstanding));
        require(amount != 0, ZeroAmount());
        _liftExpiredContest(id, receivable, order);
        uint64 uncontested = receivable.outstanding - receivable.contested;
        require(amount <= uncontested, Overpayment(amount, uncontested));
        _book(id, receivable, order, amount);
        _split(id, receivable, order, msg.sender, amount, false);
    }

    function collect(uint256 id) external nonReentrant returns (uint64 taken) {
        Receivable memory receivable = _existing(id);
        uint16 today = _today();
        require(today >= receivable.dueDay, NotDue(receivable.dueDay, today));
        Order memory order = ORDERS.orderById(receivable.root);
        _liftExpiredContest(id, receivable, order);
        bool wasOverdue = receivable.overdue;
        address payer = PARTIES.partyById(order.buyer).key;
        taken = _collectable(order, payer, receivable.outstanding - receivable.contested);
        _book(id, receivable, order, taken);
        require(taken != 0 || (receivable.overdue && !wasOverdue), NothingToCollect(id));
        if (taken != 0) _split(id, receivable, order, payer, taken, true);
    }

    function contest(uint256 id, uint64 amount) external {
        Receivable memory receivable = _existing(id);
        Order memory order = ORDERS.orderById(receivable.root);
        require(PARTIES.partyOf(msg.sender) == order.buyer, NotPermitted(msg.sender));
        require(amount != 0, ZeroAmount());
        require(receivable.contestDay == 0, AlreadyContested(id));
        uint16 today = _today();
        uint256 lastDay = _acceptedDay(receivable, order) + CONTEST_WITHIN_DAYS - 1;
        require(today <= lastDay, ContestTooLate(lastDay, today));
        require(amount <= receivable.outstanding, ContestTooLarge(amount, receivable.outstanding));
        receivable.contested = amount;
        receivable.contestDay = today;
        emit Contested(id, order.buyer, amount);
        if (_counts(receivable)) order.owed -= amount;
        _store(id, receivable, order);
    }

    function rule(uint256 id, uint64 upheld, OrderTerms calldata terms) external {
        Receivable memory receivable = _existing(id);
        Order memory order = ORDERS.orderById(receivable.root);
        bool named = ORDERS.hashTerms(order.buyer, terms) == ORDERS.termsHashById(receivable.root);
        require(named && PARTIES.partyOf(msg.sender) == terms.arbiter, NotPermitted(msg.sender));
        require(receivable.contested != 0, NotContested(id));
        uint16 today = _today();
        uint256 lastDay = uint256(receivable.contestDay) + RULING_WITHIN_DAYS;
        require(today <= lastDay, ContestExpired(lastDay, today));
        uint64 contested = receivable.contested;
        require(upheld <= contested, ContestTooLarge(upheld, contested));
        receivable.contested = 0;
        receivable.outstanding -= upheld;
        emit Ruled(id, terms.arbiter, upheld);
        if (_counts(receivable)) order.owed += contested - upheld;
        _clearOverdue(receivable, order);
        _store(id, receivable, order);
    }

    function receivableById(uint256 id) external view returns (Receivable memory) {
        return _receivables[id];
    }

    function rootOf(uint256 id) external view returns (uint256) {
        return _receivables[id].root;
    }

    function receivableId(uint256 order, uint16 delivery) public pure returns (uint256) {
        return uint256(keccak256(abi.encode(KIND, order, delivery)));
    }

    /// @dev Books `amount` off the debt. A rest that is due is overdue before the money is split.
    function _book(uint256 id, Receivable memory receivable, Order memory order, uint64 amount) private {
        uint64 uncontested = receivable.outstanding - receivable.contested;
        bool counts = _counts(receivable);
        if (!receivable.overdue && amount < uncontested && _today() >= receivable.dueDay) {
            receivable.overdue = true;
            order.overdueCount += 1;
            if (counts) order.owed -= uncontested;
            emit ReceivableOverdue(id, receivable.root);
        } else if (counts) {
            order.owed -= amount;
        }
        receivable.outstanding -= amount;
        _clearOverdue(receivable, order);
        _store(id, receivable, order);
    }

    /// @dev The money goes from the payer to the lender and to the holder; this contract never has it.
    function _split(
        uint256 id,
        Receivable memory receivable,
        Order memory order,
        address payer,
        uint64 amount,
        bool collected
    ) private {
        (uint64 toLender, address payee) = FACILITIES.settle(receivable.root, amount);
        uint64 toHolder = amount - toLender;
        address by = PARTIES.partyOf(msg.sender);
        if (msg.sender == DELIVERIES) by = order.buyer;
        emit ReceivablePaid(
            id,
            receivable.root,
            by == address(0) ? msg.sender : by,
            amount,
            toLender,
            toHolder,
            collected
        );
        IERC20 token = IERC20(CURRENCIES.tokenOf(order.currency));
        if (toLender != 0) token.safeTransferFrom(payer, payee, toLender);
        if (toHolder != 0) {
            token.safeTransferFrom(payer, PARTIES.partyById(receivable.holder).payoutAccount, toHolder);
        }
    }

    function _liftExpiredContest(uint256 id, Receivable memory receivable, Order memory order) private {
        if (receivable.contested == 0 || _today() <= receivable.contestDay + RULING_WITHIN_DAYS) return;
        if (_counts(receivable)) order.owed += receivable.contested;
        receivable.contested = 0;
        emit ContestLifted(id);
    }

    function _store(uint256 id, Receivable memory receivable, Order memory order) private {
        Receivable storage stored = _receivables[id];
        stored.outstanding = receivable.outstanding;
        stored.overdue = receivable.overdue;
        if (receivable.contestDay != 0) {
            stored.contested = receivable.contested;
            stored.contestDay = receivable.contestDay;
        }
        emit ReceivableRecord(
            id,
            receivable.outstanding,
            receivable.contested,
            receivable.contestDay,
            receivable.overdue
        );
        ORDERS.recordOwed(receivable.root, order.owed, order.overdueCount);
    }

    function _collectable(Order memory order, address payer, uint64 uncontested) private view returns (uint64) {
        IERC20 token = IERC20(CURRENCIES.tokenOf(order.currency));
        uint256 funds = Math.min(token.balanceOf(payer), token.allowance(payer, address(this)));
        return SafeCast.toUint64(Math.min(uncontested, funds));
    }

    function _existing(uint256 id) private view returns (Receivable memory receivable) {
        receivable = _receivables[id];
        require(receivable.holder != address(0), NoReceivable(id));
    }

    function _today() private view returns (uint16) {
        return Calendar.dayOf(block.timestamp, UTC_OFFSET);
    }

    /// @dev Overdue is a flag until nothing is outstanding.
    function _clearOverdue(Receivable memory receivable, Order memory order) private pure {
        if (receivable.overdue && receivable.outstanding == 0) {
            receivable.overdue = false;
            order.overdueCount -= 1;
        }
    }

    /// @dev Whether its unpaid, uncontested part counts in the order's `owed`.
    function _counts(Receivable memory receivable) private pure returns (bool) {
        return !receivable.overdue && !receivable.deemed;
    }

    function _acceptedDay(Receivable memory receivable, Order memory order) private pure returns (uint256) {
        return receivable.dueDay - PaymentTerm.daysToDue(order.paymentDays, receivable.deemed);
    }

    function _holderOf(uint256 id) internal view override returns (address) {
        return _receivables[id].holder;
    }
}
