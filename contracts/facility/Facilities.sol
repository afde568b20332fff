// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {Encumbered, StaleState, WrongOrder, ZeroAmount} from "../claim/IClaim.sol";
import {ILiens, Loan} from "../lien/ILiens.sol";
import {BorrowingBase} from "../math/BorrowingBase.sol";
import {Calendar} from "../math/Calendar.sol";
import {Interest} from "../math/Interest.sol";
import {Waterfall} from "../math/Waterfall.sol";
import {IPurchaseOrders, Order, OrderStatus} from "../order/IPurchaseOrders.sol";
import {NotPermitted, PartySuspended, ROLE_COOPERATIVE} from "../party/IParties.sol";
import {Peers} from "../Peers.sol";
import {Agreements} from "./Agreements.sol";
import {Facility, FacilityStatus} from "./IFacilities.sol";

/// @dev The interface `IFacilities` is its documentation.
contract Facilities is Agreements, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    IPurchaseOrders private immutable ORDERS;
    ILiens private immutable LIENS;
    address private immutable RECEIVABLES;
    int32 private immutable UTC_OFFSET;

    constructor(Peers memory peers, int32 utcOffset) Agreements(peers) {
        ORDERS = peers.orders;
        LIENS = peers.liens;
        RECEIVABLES = address(peers.receivables);
        UTC_OFFSET = utcOffset;
    }

    function drawDown(uint256 id, uint256 root, uint64 amount, uint32 revision) external nonReentrant {
        Facility memory facility = _facilities[id];
        _requireParty(facility.borrower);
        Loan memory loan = LIENS.loanOf(root);
        require(revision == loan.revision, StaleState(revision, loan.revision));
        PARTIES.requireOriginator(msg.sender, ROLE_COOPERATIVE);
        Order memory order = ORDERS.orderById(root);
        uint16 today = _today();
        _requireDrawable(id, facility, root, order, loan, today);
        _requireRoom(facility, order, loan, amount);

        if (loan.facility == 0) {
            loan.facility = id;
            loan.sinceDay = today;
            loan.accruedDay = today;
            loan.maturityDay = today + facility.tenorDays;
        }
        _accrue(loan, facility, today);
        loan.principal += amount;
        _setDrawn(id, facility, facility.drawn + amount, facility.defaults);
        address payee = PARTIES.partyById(facility.borrower).payoutAccount;
        emit DrawnDown(id, root, facility.borrower, amount, payee);
        LIENS.record(root, loan, facility.lender);

        address funds = PARTIES.partyById(facility.lender).key;
        IERC20(CURRENCIES.tokenOf(facility.currency)).safeTransferFrom(funds, payee, amount);
    }

    function repay(uint256 root, uint64 amount, uint32 revision) external nonReentrant returns (uint64 taken) {
        Loan memory loan = LIENS.loanOf(root);
        require(revision == loan.revision, StaleState(revision, loan.revision));
        require(loan.facility != 0, NoLoan(root));
        require(amount != 0, ZeroAmount());
        Facility memory facility = _facilities[loan.facility];
        uint256 id = loan.facility;
        uint256 interest = _accrue(loan, facility, _today());
        taken = SafeCast.toUint64(Math.min(amount, interest + loan.principal));
        (uint64 toInterest, uint64 toPrincipal) = _reduce(root, loan, facility, taken, interest);
        address by = PARTIES.partyOf(msg.sender);
        emit Repaid(id, root, by == address(0) ? msg.sender : by, toInterest, toPrincipal);
        IERC20(CURRENCIES.tokenOf(facility.currency)).safeTransferFrom(msg.sender, facility.payee, taken);
    }

    function declareDefault(uint256 root) external {
        Loan memory loan = LIENS.loanOf(root);
        uint256 id = loan.facility;
        require(id != 0, NoLoan(root));
        Facility memory facility = _facilities[id];
        _requireParty(facility.lender);
        require(loan.defaultedDay == 0, AlreadyDefaulted(root));
        uint16 today = _today();
        uint256 from = uint256(loan.maturityDay) + facility.graceDays + 1;
        require(today >= from, NotInDefault(from, today));
        loan.defaultedDay = today;
        _setDrawn(id, facility, facility.drawn, facility.defaults + 1);
        emit LoanDefaulted(id, root, facility.lender);
        LIENS.record(root, loan, facility.lender);
    }

    function settle(uint256 root, uint64 amount) external returns (uint64 toLender, address payee) {
        require(msg.sender == RECEIVABLES, NotPermitted(msg.sender));
        Loan memory loan = LIENS.loanOf(root);
        uint256 id = loan.facility;
        if (id == 0) {
            LIENS.record(root, loan, address(0));
            return (0, address(0));
        }
        Facility memory facility = _facilities[id];
        uint256 interest = _accrue(loan, facility, _today());
        toLender = _lendersPart(root, loan, facility, amount, interest);
        (uint64 toInterest, uint64 toPrincipal) = _reduce(root, loan, facility, toLender, interest);
        emit LoanSettled(id, root, toInterest, toPrincipal);
        return (toLender, facility.payee);
    }

    function bringMaturityForward(uint256 root, uint16 maturityDay) external {
        require(msg.sender == address(ORDERS), NotPermitted(msg.sender));
        Loan memory loan = LIENS.loanOf(root);
        if (loan.facility == 0 || loan.maturityDay <= maturityDay) return;
        loan.maturityDay = maturityDay;
        emit MaturityBroughtForward(loan.facility, root, maturityDay);
        LIENS.record(root, loan, address(0));
    }

    function borrowingBase(uint256 id, uint256 root) external view returns (uint64) {
        return SafeCast.toUint64(BorrowingBase.at(ORDERS.orderById(root), _facilities[id], block.timestamp));
    }

    function headroom(uint256 id, uint256 root) external view returns (uint64) {
        Facility memory facility = _facilities[id];
        PARTIES.requireOriginator(PARTIES.partyById(facility.borrower).key, ROLE_COOPERATIVE);
        Loan memory loan = LIENS.loanOf(root);
        Order memory order = ORDERS.orderById(root);
        _requireDrawable(id, facility, root, order, loan, _today());
        uint256 base = BorrowingBase.at(order, facility, block.timestamp);
        return SafeCast.toUint64(Math.min(_limitRoom(facility), Math.saturatingSub(base, loan.principal)));
    }

    function available(uint256 id, uint256 root) external view returns (uint64) {
        try this.headroom(id, root) returns (uint64 room) {
            return room;
        } catch {
            return 0;
        }
    }

    function interestDue(uint256 root) external view returns (uint64) {
        Loan memory loan = LIENS.loanOf(root);
        if (loan.facility == 0) return 0;
        return SafeCast.toUint64(_accrue(loan, _facilities[loan.facility], _today()));
    }

    function carriesWithout(uint256 root, uint48 quantity) external view returns (bool) {
        Loan memory loan = LIENS.loanOf(root);
        if (loan.facility == 0) return true;
        Order memory order = ORDERS.orderById(root);
        uint16 today = _today();
        if (today > loan.maturityDay || loan.defaultedDay != 0 || order.overdueCount != 0) return false;
        Facility memory facility = _facilities[loan.facility];
        order.stored -= quantity;
        uint256 interest = _accrue(loan, facility, today);
        return BorrowingBase.at(order, facility, block.timestamp) >= loan.principal + interest;
    }

    /// @dev What a drawdown has to pass before its amount is looked at.
    function _requireDrawable(
        uint256 id,
        Facility memory facility,
        uint256 root,
        Order memory order,
        Loan memory loan,
        uint16 today
    ) private view {
        require(!PARTIES.partyById(facility.lender).suspended, PartySuspended(facility.lender));
        require(facility.status == FacilityStatus.Open, FacilitySuspended(id));
        require(today <= facility.expiresDay, FacilityExpired(facility.expiresDay, today));
        bool live =
            order.status == OrderStatus.Accepted ||
                order.status == OrderStatus.Fulfilled ||
                order.status == OrderStatus.Lapsed;
        bool right =
            live &&
                order.seller == facility.borrower &&
                order.buyer == facility.buyer &&
                order.currency == facility.currency;
        require(right, WrongOrder(root));
        require(loan.facility == 0 || loan.facility == id, Encumbered(root));
        require(loan.defaultedDay == 0, LoanInDefault(root));
        require(facility.defaults == 0, FacilityInDefault(id));
        require(loan.facility == 0 || today <= loan.maturityDay, LoanPastMaturity(loan.maturityDay, today));
        require(order.overdueCount == 0, DebtorOverdue(root));
    }

    function _requireRoom(Facility memory facility, Order memory order, Loan memory loan, uint64 amount) private view {
        require(amount != 0, ZeroAmount());
        uint256 room = _limitRoom(facility);
        require(amount <= room, FacilityLimitExceeded(amount, room));
        room = Math.saturatingSub(BorrowingBase.at(order, facility, block.timestamp), loan.principal);
        require(amount <= room, BorrowingBaseExceeded(amount, room));
    }

    /// @dev Brings the loan to `today`. Returns the interest due, minor units.
    function _accrue(Loan memory loan, Facility memory facility, uint16 today) private pure returns (uint256) {
        int256 numerator = Interest.accrue(
            loan.numerator,
            loan.principal,
            loan.accruedDay,
            today,
            loan.maturityDay,
            facility.rateBps,
            facility.penaltyRateBps
        );
        loan.numerator = SafeCast.toInt96(numerator);
        loan.accruedDay = today;
        return Interest.dueHalfUp(numerator, facility.dayBasis);
    }

    /// @dev The lender's part of a payment, once the order's counters and the loan's interest are of today.
    function _lendersPart(
        uint256 root,
        Loan memory loan,
        Facility memory facility,
        uint64 amount,
        uint256 interest
    ) private view returns (uint64) {
        uint256 base = BorrowingBase.at(ORDERS.orderById(root), facility, block.timestamp);
        bool lenderFirst = loan.accruedDay > loan.maturityDay || loan.defaultedDay != 0;
        uint256 part = Waterfall.toLender(amount, interest, loan.principal, base, facility.sweepBps, lenderFirst);
        return SafeCast.toUint64(part);
    }

    /// @dev Takes a payment off an accrued loan, interest first. A loan that is whole is cleared, its lien released.
    function _reduce(
        uint256 root,
        Loan memory loan,
        Facility memory facility,
        uint64 amount,
        uint256 interest
    ) private returns (uint64 toInterest, uint64 toPrincipal) {
        toInterest = SafeCast.toUint64(Math.min(amount, interest));
        toPrincipal = amount - toInterest;
        loan.numerator = SafeCast.toInt96(Interest.afterPayment(loan.numerator, toInterest, facility.dayBasis));
        loan.principal -= toPrincipal;
        bool cured = loan.principal == 0 && loan.defaultedDay != 0;
        if (toPrincipal != 0) {
            uint16 defaults = cured ? facility.defaults - 1 : facility.defaults;
            _setDrawn(loan.facility, facility, facility.drawn - toPrincipal, defaults);
        }
        LIENS.record(root, loan, facility.lender);
    }

    function _setDrawn(uint256 id, Facility memory facility, uint64 drawn, uint16 defaults) private {
        Facility storage stored = _facilities[id];
        stored.drawn = facility.drawn = drawn;
        stored.defaults = facility.defaults = defaults;
        emit FacilityRecord(id, drawn, defaults);
    }

    function _limitRoom(Facility memory facility) private pure returns (uint256) {
        return Math.saturatingSub(facility.limit, facility.drawn);
    }

    function _today() private view returns (uint16) {
        return Calendar.dayOf(block.timestamp, UTC_OFFSET);
    }
}
