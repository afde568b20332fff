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
import {OrderTermsHash} from "../order/OrderTermsHash.sol";
import {NotPermitted, PartySuspended, ROLE_LENDER} from "../party/IParties.sol";
import {Peers} from "../Peers.sol";
import {Debt, DebtPacking} from "./DebtPacking.sol";
import {Assignment, IReceivables, Receivable} from "./IReceivables.sol";

/// @dev The interface `IReceivables` is its documentation.
contract Receivables is IReceivables, Claim, Statements, Mandates, ReentrancyGuardTransient {
    using DebtPacking for Debt;
    using OrderPacking for Order;
    using SafeERC20 for IERC20;

    /// @dev One payment: who pays whom, and who brought it about.
    struct Legs {
        IERC20 token;
        address payer;
        address by;
        address holder;
    }

    bytes32 private constant KIND = "sheaf.receivable";
    bytes32 private constant ASSIGNMENT = keccak256(
        "Assignment(uint256 order,uint16 delivery,address assignee,uint64 price,uint64 outstanding,uint256 nonce,uint40 deadline)"
    );
    uint16 private constant CONTEST_WITHIN_DAYS = 7;
    uint16 private constant RULING_WITHIN_DAYS = 30;

    IPurchaseOrders private immutable ORDERS;
    IFacilities private immutable FACILITIES;
    ILiens private immutable LIENS;
    address private immutable DELIVERIES;
    int32 private immutable UTC_OFFSET;

    mapping(uint256 receivable => uint256 debt) private _receivables;

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
        require(_receivables[id] == 0, AlreadyExists(id));
        uint16 today = _today();
        uint16 dueDay = SafeCast.toUint16(today + PaymentTerm.daysToDue(paymentDays, deemed));
        _receivables[id] = Debt({
            holder: holder,
            outstanding: amount,
            contested: 0,
            dueDay: dueDay,
            contestDay: 0,
            deemed: deemed,
            overdue: false,
            assigned: false
        }).pack();
        address holderId = PARTIES.idOf(holder);
        emit ReceivableConfirmed(id, order, holderId, delivery, debtor, amount, today, dueDay, deemed);
        _bear(holderId, id);
    }

    function pay(uint256 root, uint16 delivery, uint64 amount, uint64 outstanding) external nonReentrant {
        uint256 id = receivableId(root, delivery);
        Debt memory receivable = _existing(id);
        Order memory order = OrderPacking.load(ORDERS, root);
        address by = _requireCaller(order.buyer);
        require(outstanding == receivable.outstanding, StaleState(outstanding, receivable.outstanding));
        require(amount != 0, ZeroAmount());
        _liftExpiredContest(id, receivable, order);
        uint64 uncontested = receivable.outstanding - receivable.contested;
        require(amount <= uncontested, Overpayment(amount, uncontested));
        address account = PARTIES.payoutAccountOf(PARTIES.idOf(receivable.holder));
        _book(id, root, receivable, order, amount);
        Legs memory legs = Legs(_token(order), msg.sender, by, account);
        uint64 paid = _split(id, root, receivable, order, legs, amount, false);
        require(paid != 0, PayeeCannotReceive(account));
    }

    function collect(uint256 root, uint16 delivery) external nonReentrant returns (uint64 taken) {
        uint256 id = receivableId(root, delivery);
        Debt memory receivable = _existing(id);
        Order memory order = OrderPacking.load(ORDERS, root);
        uint16 today = _today();
        require(today >= receivable.dueDay, NotDue(receivable.dueDay, today));
        _liftExpiredContest(id, receivable, order);
        bool wasOverdue = receivable.overdue;
        Legs memory legs = _mandate(order, receivable);
        taken = _collectable(legs, receivable.outstanding - receivable.contested);
        _book(id, root, receivable, order, taken);
        bool isLate = receivable.overdue && !wasOverdue;
        require(taken != 0 || isLate, NothingToCollect(id));
        if (taken != 0) taken = _split(id, root, receivable, order, legs, taken, true);
        require(taken != 0 || isLate, PayeeCannotReceive(legs.holder));
    }

    function assign(Assignment calldata terms, bytes calldata signature) external nonReentrant {
        (uint32 assignee, address to) = PARTIES.requireOriginator(msg.sender, ROLE_LENDER);
        uint256 id = receivableId(terms.order, terms.delivery);
        Debt memory receivable = _existing(id);
        Order memory order = OrderPacking.load(ORDERS, terms.order);
        bool mayBuy = to == terms.assignee && assignee != receivable.holder && assignee != order.buyer;
        require(mayBuy, NotPermitted(msg.sender));
        _requireAssignable(id, terms, receivable, order);
        address from = _takeAssignment(receivable.holder, terms, signature);
        if (_counts(receivable)) order.owed -= receivable.outstanding;
        _store(id, terms.order, receivable, order);
        receivable.assigned = true;
        receivable.holder = assignee;
        _receivables[id] = receivable.pack();
        emit ReceivableAssigned(id, from, to, terms.price, terms.outstanding);
        _move(from, to, id);
        _token(order).safeTransferFrom(msg.sender, PARTIES.payoutAccountOf(from), terms.price);
    }

    function contest(uint256 root, uint16 delivery, uint64 amount) external nonReentrant {
        uint256 id = receivableId(root, delivery);
        Debt memory receivable = _existing(id);
        Order memory order = OrderPacking.load(ORDERS, root);
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
        _store(id, root, receivable, order);
    }

    function rule(uint256 root, uint16 delivery, uint64 upheld, OrderTerms calldata terms) external nonReentrant {
        uint256 id = receivableId(root, delivery);
        Debt memory receivable = _existing(id);
        Order memory order = OrderPacking.load(ORDERS, root);
        bytes32 named = OrderTermsHash.hashTerms(PARTIES.idOf(order.buyer), terms);
        (uint32 caller, address party) = PARTIES.identify(msg.sender);
        bool arbiter = party == terms.arbiter && caller != receivable.holder && named == ORDERS.termsHashById(root);
        require(arbiter, NotPermitted(msg.sender));
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
        _store(id, root, receivable, order);
    }

    function receivableOf(uint256 order, uint16 delivery) external view returns (Receivable memory) {
        Debt memory receivable = DebtPacking.unpack(_receivables[receivableId(order, delivery)]);
        return
            Receivable({
                holder: PARTIES.idOf(receivable.holder),
                outstanding: receivable.outstanding,
                dueDay: receivable.dueDay,
                deemed: receivable.deemed,
                overdue: receivable.overdue,
                assigned: receivable.assigned,
                contested: receivable.contested,
                contestDay: receivable.contestDay
            });
    }

    function rootOf(uint256 order, uint16 delivery) external view returns (uint256) {
        Debt memory receivable = DebtPacking.unpack(_receivables[receivableId(order, delivery)]);
        return receivable.holder == 0 || receivable.assigned ? 0 : order;
    }

    function receivableId(uint256 order, uint16 delivery) public pure returns (uint256) {
        return uint256(keccak256(abi.encode(KIND, order, delivery)));
    }

    /// @dev Books `amount` off the debt. A rest that is due is overdue before the money is split.
    function _book(uint256 id, uint256 root, Debt memory receivable, Order memory order, uint64 amount) private {
        uint64 uncontested = receivable.outstanding - receivable.contested;
        bool counts = _counts(receivable);
        if (!receivable.overdue && amount < uncontested && _today() >= receivable.dueDay) {
            receivable.overdue = true;
            if (!receivable.assigned) order.overdueCount += 1;
            if (counts) order.owed -= uncontested;
            emit ReceivableOverdue(id, receivable.assigned ? 0 : root);
        } else if (counts) {
            order.owed -= amount;
        }
        receivable.outstanding -= amount;
        _clearOverdue(receivable, order);
        _store(id, root, receivable, order);
    }

    /// @dev The money goes from the payer to the lender and to the holder; this contract never has it. Returns how much did.
    function _split(
        uint256 id,
        uint256 root,
        Debt memory receivable,
        Order memory order,
        Legs memory legs,
        uint64 amount,
        bool collected
    ) private returns (uint64) {
        uint64 toLender = receivable.assigned ? 0 : _payLender(root, order, legs, amount);
        uint64 toHolder = amount - toLender;
        if (toHolder != 0 && !Payment.tryPay(legs.token, legs.payer, legs.holder, toHolder)) {
            emit HolderCouldNotReceive(id, legs.holder, toHolder);
            _restore(id, root, toHolder);
            if (toLender == 0) return 0;
            toHolder = 0;
        }
        amount = toLender + toHolder;
        if (receivable.assigned) root = 0;
        emit ReceivablePaid(id, root, legs.by, amount, toLender, toHolder, collected);
        return amount;
    }

    /// @dev The lender's leg. Nothing overtakes the lien: where neither the lender's account nor its depositary can receive,
    /// nobody is paid.
    function _payLender(
        uint256 root,
        Order memory order,
        Legs memory legs,
        uint64 amount
    ) private returns (uint64 toLender) {
        address payee;
        uint256 facility;
        (toLender, payee, facility) = FACILITIES.settle(root, amount, order.packAgreed(), order.packCounters());
        if (toLender == 0 || Payment.tryPay(legs.token, legs.payer, payee, toLender)) return toLender;
        address account = FACILITIES.divert(facility, root, payee, toLender);
        bool paid = account != address(0) && Payment.tryPay(legs.token, legs.payer, account, toLender);
        require(paid, PayeeCannotReceive(payee));
    }

    /// @dev What the holder could not receive is owed as before; it is not the debtor's delay, so not overdue.
    function _restore(uint256 id, uint256 root, uint64 amount) private {
        Debt memory receivable = DebtPacking.unpack(_receivables[id]);
        Order memory order = OrderPacking.load(ORDERS, root);
        receivable.outstanding += amount;
        if (_counts(receivable)) order.owed += amount;
        _store(id, root, receivable, order);
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
        uint256 id,
        Assignment calldata terms,
        Debt memory receivable,
        Order memory order
    ) private {
        (address holder, , bool suspended) = PARTIES.signatoryOf(receivable.holder);
        require(!suspended, PartySuspended(holder));
        uint64 outstanding = receivable.outstanding;
        require(terms.outstanding == outstanding, StaleState(terms.outstanding, outstanding));
        require(terms.price != 0 && outstanding != 0, ZeroAmount());
        _liftExpiredContest(id, receivable, order);
        require(receivable.contested == 0, Disputed(id));
        require(!receivable.overdue, IsOverdue(id));
        bool free = receivable.assigned || !LIENS.isEncumbered(terms.order);
        require(free, Encumbered(terms.order));
    }

    function _liftExpiredContest(uint256 id, Debt memory receivable, Order memory order) private {
        if (receivable.contested == 0 || _today() <= receivable.contestDay + RULING_WITHIN_DAYS) return;
        if (_counts(receivable)) order.owed += receivable.contested;
        receivable.contested = 0;
        emit ContestLifted(id);
    }

    function _store(uint256 id, uint256 root, Debt memory receivable, Order memory order) private {
        _receivables[id] = receivable.pack();
        emit ReceivableRecord(
            id,
            receivable.outstanding,
            receivable.contested,
            receivable.contestDay,
            receivable.overdue
        );
        if (!receivable.assigned) ORDERS.record(root, order.packCounters());
    }

    /// @dev Who pays whom when it is collected: from the buyer's key, whose approval is the mandate, to the holder's account.
    function _mandate(Order memory order, Debt memory receivable) private view returns (Legs memory legs) {
        legs.token = _token(order);
        address caller = msg.sender == DELIVERIES ? address(0) : msg.sender;
        (legs.by, legs.payer, legs.holder) = PARTIES.mandate(caller, order.buyer, receivable.holder);
    }

    function _collectable(Legs memory legs, uint64 uncontested) private view returns (uint64) {
        uint256 funds = Math.min(legs.token.balanceOf(legs.payer), legs.token.allowance(legs.payer, address(this)));
        return SafeCast.toUint64(Math.min(uncontested, funds));
    }

    function _existing(uint256 id) private view returns (Debt memory receivable) {
        DebtPacking.fill(receivable, _receivables[id]);
        require(receivable.holder != 0, NoReceivable(id));
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

    /// @dev Overdue is a flag until nothing is outstanding.
    function _clearOverdue(Debt memory receivable, Order memory order) private pure {
        if (receivable.overdue && receivable.outstanding == 0) {
            receivable.overdue = false;
            if (!receivable.assigned) order.overdueCount -= 1;
        }
    }

    /// @dev Whether its unpaid, uncontested part counts in the order's `owed`.
    function _counts(Debt memory receivable) private pure returns (bool) {
        return !receivable.overdue && !receivable.deemed && !receivable.assigned;
    }

    function _acceptedDay(Debt memory receivable, Order memory order) private pure returns (uint256) {
        return receivable.dueDay - PaymentTerm.daysToDue(order.paymentDays, receivable.deemed);
    }

    function _holderOf(uint256 id) internal view override returns (address) {
        return PARTIES.idOf(DebtPacking.unpack(_receivables[id]).holder);
    }
}
