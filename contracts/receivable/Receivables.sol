// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {Claim} from "../claim/Claim.sol";
import {AlreadyExists, Encumbered, StaleState, ZeroAmount} from "../claim/IClaim.sol";
import {Statements} from "../claim/Statements.sol";
import {IFacilities} from "../facility/IFacilities.sol";
import {ILiens} from "../lien/ILiens.sol";
import {Calendar} from "../math/Calendar.sol";
import {PaymentTerm} from "../math/PaymentTerm.sol";
import {Mandates} from "../money/Mandates.sol";
import {PayeeCannotReceive, Payment} from "../money/Payment.sol";
import {IPurchaseOrders, Order, OrderTerms} from "../order/IPurchaseOrders.sol";
import {OrderPacking} from "../order/OrderPacking.sol";
import {NotPermitted, PartySuspended, ROLE_LENDER} from "../party/IParties.sol";
import {Peers} from "../Peers.sol";
import {Assignment, IReceivables, Receivable} from "./IReceivables.sol";

/// @dev The interface `IReceivables` is its documentation.
contract Receivables is IReceivables, Claim, Statements, Mandates, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    /// @dev A receivable in storage: its holder by number. An assigned one has left its order's root.
    struct Record {
        uint32 holder;
        uint64 outstanding;
        uint64 contested;
        uint16 dueDay;
        uint16 contestDay;
        bool deemed;
        bool overdue;
        bool assigned;
        uint256 order;
    }

    bytes32 private constant KIND = "sheaf.receivable";
    bytes32 private constant ASSIGNMENT =
        keccak256(
            "Assignment(uint256 receivable,address assignee,uint64 price,uint64 outstanding,uint256 nonce,uint40 deadline)"
        );
    uint16 private constant CONTEST_WITHIN_DAYS = 7;
    uint16 private constant RULING_WITHIN_DAYS = 30;

    IPurchaseOrders private immutable ORDERS;
    IFacilities private immutable FACILITIES;
    ILiens private immutable LIENS;
    address private immutable DELIVERIES;
    int32 private immutable UTC_OFFSET;

    mapping(uint256 receivable => Record) private _receivables;

    constructor(
        Peers memory peers,
        int32 utcOffset
    )
        ERC721("Sheaf receivable", "SHEAF-RC")
        EIP712("Sheaf receivable", "1")
        Statements(peers.parties)
        Mandates(peers.currencies)
    {
        ORDERS = peers.orders;
        FACILITIES = peers.facilities;
        LIENS = peers.liens;
        DELIVERIES = address(peers.deliveries);
        UTC_OFFSET = utcOffset;
    }

    function confirm(
        uint256 order,
        uint16 delivery,
        uint32 holder,
        address debtor,
        uint64 amount,
        uint16 paymentDays,
        bool deemed
    ) external {
        require(msg.sender == DELIVERIES, NotPermitted(msg.sender));
        uint256 id = receivableId(order, delivery);
        Record storage receivable = _receivables[id];
        require(receivable.holder == 0, AlreadyExists(id));
        receivable.holder = holder;
        receivable.outstanding = amount;
        uint16 today = _today();
        uint16 dueDay = SafeCast.toUint16(today + PaymentTerm.daysToDue(paymentDays, deemed));
        receivable.dueDay = dueDay;
        receivable.deemed = deemed;
        receivable.order = order;
        address holderId = PARTIES.idOf(holder);
        emit ReceivableConfirmed(id, order, holderId, delivery, debtor, amount, today, dueDay, deemed);
        _bear(holderId, id);
    }

    function pay(uint256 id, uint64 amount, uint64 outstanding) external nonReentrant {
        Record memory receivable = _existing(id);
        Order memory order = _order(receivable);
        address by = _requireCaller(order.buyer);
        require(outstanding == receivable.outstanding, StaleState(outstanding, receivable.outstanding));
        require(amount != 0, ZeroAmount());
        _liftExpiredContest(id, receivable, order);
        uint64 uncontested = receivable.outstanding - receivable.contested;
        require(amount <= uncontested, Overpayment(amount, uncontested));
        _book(id, receivable, order, amount);
        _split(id, receivable, _token(order), msg.sender, by, amount, false);
    }

    function collect(uint256 id) external nonReentrant returns (uint64 taken) {
        Record memory receivable = _existing(id);
        uint16 today = _today();
        require(today >= receivable.dueDay, NotDue(receivable.dueDay, today));
        Order memory order = _order(receivable);
        _liftExpiredContest(id, receivable, order);
        bool wasOverdue = receivable.overdue;
        (address buyer, address payer, ) = PARTIES.signatoryOf(order.buyer);
        IERC20 token = _token(order);
        taken = _collectable(token, payer, receivable.outstanding - receivable.contested);
        _book(id, receivable, order, taken);
        require(taken != 0 || (receivable.overdue && !wasOverdue), NothingToCollect(id));
        if (taken == 0) return 0;
        address by = msg.sender == DELIVERIES ? buyer : PARTIES.partyOf(msg.sender);
        return _split(id, receivable, token, payer, by == address(0) ? msg.sender : by, taken, true);
    }

    function assign(Assignment calldata terms, bytes calldata signature) external nonReentrant {
        (uint32 assignee, address to) = PARTIES.requireOriginator(msg.sender, ROLE_LENDER);
        Record memory receivable = _existing(terms.receivable);
        Order memory order = _order(receivable);
        bool mayBuy = to == terms.assignee && assignee != receivable.holder && assignee != order.buyer;
        require(mayBuy, NotPermitted(msg.sender));
        _requireAssignable(terms, receivable, order);
        address from = _takeAssignment(receivable.holder, terms, signature);
        address account = PARTIES.payoutAccountOf(receivable.holder);
        if (_counts(receivable)) order.owed -= receivable.outstanding;
        _store(terms.receivable, receivable, order);
        _receivables[terms.receivable].assigned = true;
        _receivables[terms.receivable].holder = assignee;
        emit ReceivableAssigned(terms.receivable, from, to, terms.price, terms.outstanding);
        _move(from, to, terms.receivable);
        _token(order).safeTransferFrom(msg.sender, account, terms.price);
    }

    function contest(uint256 id, uint64 amount) external nonReentrant {
        Record memory receivable = _existing(id);
        Order memory order = _order(receivable);
        address buyer = _requireCaller(order.buyer);
        require(amount != 0, ZeroAmount());
        require(receivable.contestDay == 0, AlreadyContested(id));
        uint16 today = _today();
        uint256 lastDay = _acceptedDay(receivable, order) + CONTEST_WITHIN_DAYS - 1;
        require(today <= lastDay, ContestTooLate(lastDay, today));
        require(amount <= receivable.outstanding, ContestTooLarge(amount, receivable.outstanding));
        receivable.contested = amount;
        receivable.contestDay = today;
        emit Contested(id, buyer, amount);
        if (_counts(receivable)) order.owed -= amount;
        _store(id, receivable, order);
    }

    function rule(uint256 id, uint64 upheld, OrderTerms calldata terms) external nonReentrant {
        Record memory receivable = _existing(id);
        Order memory order = _order(receivable);
        bool named = ORDERS.hashTerms(PARTIES.idOf(order.buyer), terms) == ORDERS.termsHashById(receivable.order);
        (uint32 caller, address party) = PARTIES.identify(msg.sender);
        require(named && party == terms.arbiter && caller != receivable.holder, NotPermitted(msg.sender));
        require(receivable.contested != 0, NotContested(id));
        uint16 today = _today();
        uint256 lastDay = uint256(receivable.contestDay) + RULING_WITHIN_DAYS;
        require(today <= lastDay, ContestExpired(lastDay, today));
        uint64 contested = receivable.contested;
        require(upheld <= contested, ContestTooLarge(upheld, contested));
        receivable.contested = 0;
        receivable.outstanding -= upheld;
        emit Ruled(id, party, upheld);
        if (_counts(receivable)) order.owed += contested - upheld;
        _clearOverdue(receivable, order);
        _store(id, receivable, order);
    }

    function receivableById(uint256 id) external view returns (Receivable memory) {
        Record memory receivable = _receivables[id];
        return
            Receivable({
                holder: PARTIES.idOf(receivable.holder),
                outstanding: receivable.outstanding,
                dueDay: receivable.dueDay,
                deemed: receivable.deemed,
                overdue: receivable.overdue,
                order: receivable.order,
                root: _rootOf(receivable),
                contested: receivable.contested,
                contestDay: receivable.contestDay
            });
    }

    function rootOf(uint256 id) external view returns (uint256) {
        return _rootOf(_receivables[id]);
    }

    function receivableId(uint256 order, uint16 delivery) public pure returns (uint256) {
        return uint256(keccak256(abi.encode(KIND, order, delivery)));
    }

    /// @dev Books `amount` off the debt. A rest that is due is overdue before the money is split.
    function _book(uint256 id, Record memory receivable, Order memory order, uint64 amount) private {
        uint64 uncontested = receivable.outstanding - receivable.contested;
        bool counts = _counts(receivable);
        if (!receivable.overdue && amount < uncontested && _today() >= receivable.dueDay) {
            receivable.overdue = true;
            if (!receivable.assigned) order.overdueCount += 1;
            if (counts) order.owed -= uncontested;
            emit ReceivableOverdue(id, _rootOf(receivable));
        } else if (counts) {
            order.owed -= amount;
        }
        receivable.outstanding -= amount;
        _clearOverdue(receivable, order);
        _store(id, receivable, order);
    }

    /// @dev The money goes from the payer to the lender and to the holder; this contract never has it. Returns how much did.
    function _split(
        uint256 id,
        Record memory receivable,
        IERC20 token,
        address payer,
        address by,
        uint64 amount,
        bool collected
    ) private returns (uint64) {
        uint256 root = _rootOf(receivable);
        uint64 toLender;
        if (root != 0) {
            address payee;
            uint256 facility;
            (toLender, payee, facility) = FACILITIES.settle(root, amount);
            if (toLender != 0) _payLender(token, payer, facility, payee, toLender);
        }
        uint64 toHolder = amount - toLender;
        if (toHolder != 0) {
            address account = PARTIES.payoutAccountOf(receivable.holder);
            if (!Payment.tryPay(token, payer, account, toHolder)) {
                require(toLender != 0, PayeeCannotReceive(account));
                emit HolderCouldNotReceive(id, account, toHolder);
                _restore(id, toHolder);
                toHolder = 0;
            }
        }
        emit ReceivablePaid(id, root, by, toLender + toHolder, toLender, toHolder, collected);
        return toLender + toHolder;
    }

    /// @dev Nothing overtakes the lien: where neither the lender's account nor its depositary can receive, nobody is paid.
    function _payLender(IERC20 token, address payer, uint256 facility, address payee, uint64 amount) private {
        if (Payment.tryPay(token, payer, payee, amount)) return;
        address account = FACILITIES.divert(facility, payee, amount);
        bool paid = account != address(0) && Payment.tryPay(token, payer, account, amount);
        require(paid, PayeeCannotReceive(payee));
    }

    /// @dev What the holder could not receive is owed as before; it is not the debtor's delay, so not overdue.
    function _restore(uint256 id, uint64 amount) private {
        Record memory receivable = _receivables[id];
        Order memory order = _order(receivable);
        receivable.outstanding += amount;
        if (_counts(receivable)) order.owed += amount;
        _store(id, receivable, order);
    }

    function _takeAssignment(
        uint32 holder,
        Assignment calldata terms,
        bytes calldata signature
    ) private returns (address from) {
        bytes32 statement = keccak256(abi.encode(ASSIGNMENT, terms));
        return _takeStatement(holder, statement, terms.nonce, terms.deadline, signature);
    }

    function _requireAssignable(
        Assignment calldata terms,
        Record memory receivable,
        Order memory order
    ) private {
        (address holder, , bool suspended) = PARTIES.signatoryOf(receivable.holder);
        require(!suspended, PartySuspended(holder));
        uint64 outstanding = receivable.outstanding;
        require(terms.outstanding == outstanding, StaleState(terms.outstanding, outstanding));
        require(terms.price != 0 && outstanding != 0, ZeroAmount());
        _liftExpiredContest(terms.receivable, receivable, order);
        require(receivable.contested == 0, Disputed(terms.receivable));
        require(!receivable.overdue, IsOverdue(terms.receivable));
        bool free = receivable.assigned || !LIENS.isEncumbered(receivable.order);
        require(free, Encumbered(receivable.order));
    }

    function _liftExpiredContest(uint256 id, Record memory receivable, Order memory order) private {
        if (receivable.contested == 0 || _today() <= receivable.contestDay + RULING_WITHIN_DAYS) return;
        if (_counts(receivable)) order.owed += receivable.contested;
        receivable.contested = 0;
        emit ContestLifted(id);
    }

    function _store(uint256 id, Record memory receivable, Order memory order) private {
        Record storage stored = _receivables[id];
        stored.outstanding = receivable.outstanding;
        stored.contested = receivable.contested;
        stored.contestDay = receivable.contestDay;
        stored.overdue = receivable.overdue;
        emit ReceivableRecord(
            id,
            receivable.outstanding,
            receivable.contested,
            receivable.contestDay,
            receivable.overdue
        );
        if (!receivable.assigned) ORDERS.recordOwed(receivable.order, order.owed, order.overdueCount);
    }

    function _collectable(IERC20 token, address payer, uint64 uncontested) private view returns (uint64) {
        uint256 funds = Math.min(token.balanceOf(payer), token.allowance(payer, address(this)));
        return SafeCast.toUint64(Math.min(uncontested, funds));
    }

    function _existing(uint256 id) private view returns (Record memory receivable) {
        receivable = _receivables[id];
        require(receivable.holder != 0, NoReceivable(id));
    }

    function _order(Record memory receivable) private view returns (Order memory) {
        (uint256 agreed, uint256 counters) = ORDERS.packedOrder(receivable.order);
        return OrderPacking.unpack(agreed, counters);
    }

    function _requireCaller(uint32 party) private view returns (address id) {
        uint32 caller;
        (caller, id) = PARTIES.identify(msg.sender);
        require(caller != 0 && caller == party, NotPermitted(msg.sender));
    }

    function _token(Order memory order) private view returns (IERC20) {
        return IERC20(CURRENCIES.tokenOf(order.currency));
    }

    function _today() private view returns (uint16) {
        return Calendar.dayOf(block.timestamp, UTC_OFFSET);
    }

    function _rootOf(Record memory receivable) private pure returns (uint256) {
        return receivable.assigned ? 0 : receivable.order;
    }

    /// @dev Overdue is a flag until nothing is outstanding.
    function _clearOverdue(Record memory receivable, Order memory order) private pure {
        if (receivable.overdue && receivable.outstanding == 0) {
            receivable.overdue = false;
            if (!receivable.assigned) order.overdueCount -= 1;
        }
    }

    /// @dev Whether its unpaid, uncontested part counts in the order's `owed`.
    function _counts(Record memory receivable) private pure returns (bool) {
        return !receivable.overdue && !receivable.deemed && !receivable.assigned;
    }

    function _acceptedDay(Record memory receivable, Order memory order) private pure returns (uint256) {
        return receivable.dueDay - PaymentTerm.daysToDue(order.paymentDays, receivable.deemed);
    }

    function _holderOf(uint256 id) internal view override returns (address) {
        return PARTIES.idOf(_receivables[id].holder);
    }
}
