// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {StaleState, ZeroAmount} from "../claim/IClaim.sol";
import {ILiens, Loan} from "../lien/ILiens.sol";
import {LoanPacking} from "../lien/LoanPacking.sol";
import {Calendar} from "../math/Calendar.sol";
import {Interest} from "../math/Interest.sol";
import {Waterfall} from "../math/Waterfall.sol";
import {PayeeCannotReceive, Payment} from "../money/Payment.sol";
import {IPurchaseOrders, Order} from "../order/IPurchaseOrders.sol";
import {OrderPacking} from "../order/OrderPacking.sol";
import {NotPermitted, PartySuspended, ROLE_COOPERATIVE} from "../party/IParties.sol";
import {Peers} from "../Peers.sol";
import {Agreements} from "./Agreements.sol";
import {Drawing} from "./Drawing.sol";
import {Agreement} from "./IFacilities.sol";

/// @dev The interface `IFacilities` is its documentation.
contract Facilities is Agreements, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;
    using LoanPacking for Loan;

    IPurchaseOrders private immutable ORDERS;
    ILiens private immutable LIENS;
    address private immutable RECEIVABLES;
    int32 private immutable UTC_OFFSET;

    mapping(uint256 root => bool) public isWrittenOff;

    constructor(Peers memory peers, address accessManager, int32 utcOffset) Agreements(peers, accessManager) {
        ORDERS = peers.orders;
        LIENS = peers.liens;
        RECEIVABLES = address(peers.receivables);
        UTC_OFFSET = utcOffset;
    }

    function drawDown(uint256 id, uint256 root, uint64 amount, uint24 revision, address payee) external nonReentrant {
        Agreement memory facility = _agreement(id);
        address borrower = _requireParty(facility.borrower);
        if (payee == address(0)) payee = PARTIES.payoutAccountOf(borrower);
        else require(isApprovedPayee[id][payee], PayeeNotApproved(payee));
        Loan memory loan = LoanPacking.load(LIENS, root);
        require(revision == loan.revision, StaleState(revision, loan.revision));
        PARTIES.requireOriginator(msg.sender, ROLE_COOPERATIVE);
        uint16 today = _today();
        (address lender, address funds) = _requireDrawable(id, facility, root, loan, amount, today);

        if (loan.facility == 0) {
            loan.facility = facility.number;
            loan.sinceDay = today;
            loan.accruedDay = today;
            loan.maturityDay = today + facility.tenorDays;
        }
        Drawing.accrue(loan, facility, today);
        loan.principal += uint56(amount);
        facility.drawn += uint56(amount);
        _setRunning(id, facility);
        emit DrawnDown(id, root, borrower, amount, payee, facility.drawn);
        LIENS.record(root, loan.pack(), id, lender);

        IERC20(CURRENCIES.tokenOf(facility.currency)).safeTransferFrom(funds, payee, amount);
    }

    function repay(uint256 root, uint64 amount, uint24 revision) external nonReentrant returns (uint64 taken) {
        Loan memory loan = LoanPacking.load(LIENS, root);
        require(revision == loan.revision, StaleState(revision, loan.revision));
        require(loan.facility != 0, NoLoan(root));
        require(amount != 0, ZeroAmount());
        uint256 id = idOf[loan.facility];
        Agreement memory facility = _agreement(id);
        uint256 interest = Drawing.accrue(loan, facility, _today());
        taken = SafeCast.toUint64(Math.min(amount, interest + loan.principal));
        (uint64 toInterest, uint64 toPrincipal) = _reduce(id, root, loan, facility, taken, interest);
        address by = PARTIES.partyOf(msg.sender);
        emit Repaid(id, root, by == address(0) ? msg.sender : by, toInterest, toPrincipal, facility.drawn);

        IERC20 token = IERC20(CURRENCIES.tokenOf(facility.currency));
        address payee = _payeeOf(id);
        if (!Payment.tryPay(token, msg.sender, payee, taken)) {
            address account = _divert(id, root, payee, taken);
            bool paid = account != address(0) && Payment.tryPay(token, msg.sender, account, taken);
            require(paid, PayeeCannotReceive(payee));
        }
    }

    function declareDefault(uint256 root) external {
        Loan memory loan = LoanPacking.load(LIENS, root);
        require(loan.facility != 0, NoLoan(root));
        uint256 id = idOf[loan.facility];
        Agreement memory facility = _agreement(id);
        address lender = _requireParty(facility.lender);
        require(loan.defaultedDay == 0, AlreadyDefaulted(root));
        uint16 today = _today();
        uint256 from = uint256(loan.maturityDay) + facility.graceDays + 1;
        require(today >= from, NotInDefault(from, today));
        loan.defaultedDay = today;
        facility.defaults += 1;
        _setRunning(id, facility);
        emit DefaultsChanged(id, facility.defaults);
        emit LoanDefaulted(id, root, lender);
        LIENS.record(root, loan.pack(), id, lender);
    }

    function writeOff(uint256 root) external {
        Loan memory loan = LoanPacking.load(LIENS, root);
        require(loan.facility != 0, NoLoan(root));
        uint256 id = idOf[loan.facility];
        Agreement memory facility = _agreement(id);
        address lender = _requireParty(facility.lender);
        require(loan.defaultedDay != 0, NotInDefault(uint256(loan.maturityDay) + facility.graceDays + 1, _today()));
        require(!isWrittenOff[root], AlreadyWrittenOff(root));
        isWrittenOff[root] = true;
        emit LoanWrittenOff(id, root, lender);
    }

    function settle(
        uint256 root,
        uint64 amount,
        uint256 agreed,
        uint256 counters
    ) external returns (uint64 toLender, address payee, uint256 id) {
        require(msg.sender == RECEIVABLES, NotPermitted(msg.sender));
        Loan memory loan = LoanPacking.load(LIENS, root);
        if (loan.facility == 0) {
            LIENS.record(root, 0, 0, address(0));
            return (0, address(0), 0);
        }
        id = idOf[loan.facility];
        Agreement memory facility = _agreement(id);
        uint256 interest = Drawing.accrue(loan, facility, _today());
        uint256 base = Drawing.base(OrderPacking.unpack(agreed, counters), facility);
        toLender = _lendersPart(loan, facility, amount, interest, base);
        (uint64 toInterest, uint64 toPrincipal) = _reduce(id, root, loan, facility, toLender, interest);
        emit LoanSettled(id, root, toInterest, toPrincipal, facility.drawn);
        payee = _payeeOf(id);
    }

    function divert(uint256 id, uint256 root, address payee, uint64 amount) external returns (address) {
        require(msg.sender == RECEIVABLES, NotPermitted(msg.sender));
        return _divert(id, root, payee, amount);
    }

    function bringMaturityForward(uint256 root, uint16 maturityDay) external {
        require(msg.sender == address(ORDERS), NotPermitted(msg.sender));
        Loan memory loan = LoanPacking.load(LIENS, root);
        if (loan.facility == 0 || loan.maturityDay <= maturityDay) return;
        loan.maturityDay = maturityDay;
        uint256 id = idOf[loan.facility];
        emit MaturityBroughtForward(id, root, maturityDay);
        LIENS.record(root, loan.pack(), id, address(0));
    }

    function lienHolderOf(uint256 root) external view returns (uint256 id, address lender) {
        id = idOf[LoanPacking.load(LIENS, root).facility];
        lender = PARTIES.idOf(_agreement(id).lender);
    }

    function carriesWithout(uint256 root, uint48 quantity) external view returns (bool) {
        Loan memory loan = LoanPacking.load(LIENS, root);
        if (loan.facility == 0) return true;
        Order memory order = OrderPacking.load(ORDERS, root);
        uint16 today = _today();
        if (today > loan.maturityDay || loan.defaultedDay != 0 || order.overdueCount != 0) return false;
        Agreement memory facility = _agreement(idOf[loan.facility]);
        order.stored -= quantity;
        uint256 interest = Drawing.accrue(loan, facility, today);
        return Drawing.base(order, facility) >= loan.principal + interest;
    }

    /// @dev Returns the lender, and the account that funds the drawdown.
    function _requireDrawable(
        uint256 id,
        Agreement memory facility,
        uint256 root,
        Loan memory loan,
        uint64 amount,
        uint16 today
    ) private view returns (address lender, address funds) {
        bool suspended;
        (lender, funds, suspended) = PARTIES.signatoryOf(facility.lender);
        require(!suspended, PartySuspended(lender));
        Order memory order = OrderPacking.load(ORDERS, root);
        Drawing.requireDrawable(id, facility, root, order, loan, today);
        Drawing.requireRoom(facility, order, loan, amount);
    }

    /// @dev The lender's part of a payment, once the loan's interest is of today.
    function _lendersPart(
        Loan memory loan,
        Agreement memory facility,
        uint64 amount,
        uint256 interest,
        uint256 base
    ) private pure returns (uint64) {
        bool lenderFirst = loan.accruedDay > loan.maturityDay || loan.defaultedDay != 0;
        uint256 part = Waterfall.toLender(amount, interest, loan.principal, base, facility.sweepBps, lenderFirst);
        return SafeCast.toUint64(part);
    }

    /// @dev Takes a payment off an accrued loan, interest first. A loan that is whole is cleared, its lien released.
    function _reduce(
        uint256 id,
        uint256 root,
        Loan memory loan,
        Agreement memory facility,
        uint64 amount,
        uint256 interest
    ) private returns (uint64 toInterest, uint64 toPrincipal) {
        toInterest = SafeCast.toUint64(Math.min(amount, interest));
        toPrincipal = amount - toInterest;
        loan.numerator = SafeCast.toInt88(Interest.afterPayment(loan.numerator, toInterest, facility.dayBasis));
        loan.principal -= SafeCast.toUint56(toPrincipal);
        bool cured = loan.principal == 0 && loan.defaultedDay != 0;
        if (cured) {
            delete isWrittenOff[root];
            facility.defaults -= 1;
            emit DefaultsChanged(id, facility.defaults);
        }
        if (toPrincipal != 0) {
            facility.drawn -= uint56(toPrincipal);
            _setRunning(id, facility);
        }
        LIENS.record(root, loan.pack(), id, address(0));
    }

    /// @dev The account that takes the lender's money in the place of `payee`; 0 for none.
    function _divert(uint256 id, uint256 root, address payee, uint64 amount) private returns (address account) {
        uint32 depositary = _agreement(id).depositary;
        if (depositary == 0) return address(0);
        account = PARTIES.payoutAccountOf(PARTIES.idOf(depositary));
        emit PaidToDepositary(id, root, payee, account, amount);
    }

    function _today() private view returns (uint16) {
        return Calendar.dayOf(block.timestamp, UTC_OFFSET);
    }
}
