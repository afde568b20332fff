// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";
import {Encumbered, StaleState, WrongOrder, ZeroAmount} from "../../../contracts/claim/IClaim.sol";
import {FacilityStatus, IFacilities} from "../../../contracts/facility/IFacilities.sol";
import {OrderStatus} from "../../../contracts/order/IPurchaseOrders.sol";
import {NotPermitted, PartySuspended, ROLE_COOPERATIVE} from "../../../contracts/party/IParties.sol";
import {FacilityGhost, LoanGhost, OrderGhost} from "../Ghosts.sol";
import {Payments} from "./Payments.sol";

/// @title Drawdowns, repayments, defaults
abstract contract LoanActs is Payments {
    function _drawDown() internal returns (bool) {
        (bool found, uint256 place) = _pick(_orderCount, _chance(12) ? _wouldCarryMore : _isFinanceable);
        return found && _drawOn(place);
    }

    function _drawOn(uint256 place) internal returns (bool) {
        (uint256 facility, uint256 room) = _facilityFor(place);
        if (quotes.available(_facility[facility].id, _order[place].id) != room) {
            revert(
                string.concat("3: what is said to be available is not what could be drawn: ", Strings.toString(room))
            );
        }
        if (room == 0 && !_chance(5)) return false;
        uint256 amount = _upTo(room);
        uint256 revision = _loan[place].revision;
        if (_chance(4)) revision = _chance(50) ? revision + 1 : _minus(revision, 1);
        address caller = _keyOf(_facility[facility].borrower);
        address payee = _chance(70) ? address(0) : _facility[facility].supplier;
        if (_chance(2)) payee = _anybody();
        _perhapsCallsBack(_facility[facility].currency);
        bytes4 refusal = _bookDrawDown(caller, facility, place, amount, revision, payee);
        bytes memory data = abi.encodeCall(
            facilities.drawDown,
            (_facility[facility].id, _order[place].id, uint64(amount), uint24(revision), payee)
        );
        bool done = _as(caller, address(facilities), data, refusal);
        if (done) _drawnNow = amount;
        if (done && payee != address(0)) _note("drawn-to-supplier");
        _endCallback(address(facilities));
        if (done) _perhapsTwice(caller, address(facilities), data, StaleState.selector);
        return true;
    }

    function _repay() internal returns (bool) {
        (bool found, uint256 place) = _pick(_orderCount, _hasLoan);
        if (!found) return false;
        OrderGhost storage order = _order[place];
        uint256 due = _interestOf(place) + _loan[place].principal;
        // More than is due is not taken.
        uint256 amount = _chance(15) ? due * 2 + 1 : _upTo(due);
        uint256 revision = _loan[place].revision + (_chance(4) ? 1 : 0);
        address caller = _chance(70) ? _party[order.terms.seller].key : _anybody();
        _perhapsFreezes(place, order.terms.seller);
        _perhapsCallsBack(order.terms.currency);
        bytes memory data = abi.encodeCall(facilities.repay, (order.id, uint64(amount), uint24(revision)));
        uint256 mandate = _allowance[address(deposits)][caller][address(facilities)];
        if (_chance(15)) data = _withPermit(caller, address(facilities), data);
        bytes4 refusal = _bookRepay(caller, place, amount, revision);
        if (refusal != 0) _allowance[address(deposits)][caller][address(facilities)] = mandate;
        bool done = _as(caller, address(facilities), data, refusal);
        _endCallback(address(facilities));
        if (done) _perhapsTwice(caller, address(facilities), data, StaleState.selector);
        return true;
    }

    function _declareDefault() internal returns (bool) {
        (bool found, uint256 place) = _pick(_orderCount, _isDefaultable);
        return found && _defaultOn(place);
    }

    function _defaultOn(uint256 place) internal returns (bool) {
        LoanGhost storage loan = _loan[place];
        address lender = loan.facility == 0 ? _lenders[0] : _facility[loan.facility - 1].lender;
        address caller = _keyOf(lender);
        bytes4 refusal;
        if (loan.facility == 0) refusal = IFacilities.NoLoan.selector;
        else if (!_is(caller, lender)) refusal = NotPermitted.selector;
        else if (loan.defaultedDay != 0) refusal = IFacilities.AlreadyDefaulted.selector;
        else if (_today() <= loan.maturityDay + _facility[loan.facility - 1].graceDays) {
            refusal = IFacilities.NotInDefault.selector;
        }
        bytes memory data = abi.encodeCall(facilities.declareDefault, (_order[place].id));
        if (_as(caller, address(facilities), data, refusal)) {
            loan.defaultedDay = _today();
            ++loan.revision;
            (_touched.order, _touched.facility) = (place + 1, loan.facility);
        }
        return true;
    }

    /// @dev In the lender's books only: what is owed stays owed.
    function _writeOff() internal returns (bool) {
        (bool found, uint256 place) = _pick(_orderCount, _isWritable);
        if (!found) return false;
        LoanGhost storage loan = _loan[place];
        address lender = loan.facility == 0 ? _lenders[0] : _facility[loan.facility - 1].lender;
        address caller = _keyOf(lender);
        bytes4 refusal;
        if (loan.facility == 0) refusal = IFacilities.NoLoan.selector;
        else if (!_is(caller, lender)) refusal = NotPermitted.selector;
        else if (loan.defaultedDay == 0) refusal = IFacilities.NotInDefault.selector;
        else if (loan.writtenOff) refusal = IFacilities.AlreadyWrittenOff.selector;
        if (_as(caller, address(facilities), abi.encodeCall(facilities.writeOff, (_order[place].id)), refusal)) {
            loan.writtenOff = true;
            (_touched.order, _touched.facility) = (place + 1, loan.facility);
        }
        return true;
    }

    function _bookDrawDown(
        address caller,
        uint256 place,
        uint256 order,
        uint256 amount,
        uint256 revision,
        address payee
    ) private returns (bytes4 refusal) {
        FacilityGhost storage facility = _facility[place];
        LoanGhost storage loan = _loan[order];
        refusal = _refusesDrawDown(caller, place, order, revision, payee);
        if (refusal != 0) return refusal;
        if (amount == 0) return ZeroAmount.selector;
        if (amount > _minus(facility.limit, _principalsOf(place))) return IFacilities.FacilityLimitExceeded.selector;
        if (amount > _minus(_baseOf(order, place), loan.principal)) return IFacilities.BorrowingBaseExceeded.selector;
        address funds = _party[facility.lender].key;
        if (payee == address(0)) payee = _party[facility.borrower].payoutAccount;
        refusal = _move(facility.currency, address(facilities), funds, payee, amount);
        if (refusal != 0) return refusal;
        if (loan.facility == 0) {
            (loan.facility, loan.sinceDay) = (place + 1, _today());
            loan.maturityDay = _today() + facility.tenorDays;
        } else {
            loan.numerator = _numeratorNow(order);
        }
        loan.accruedDay = _today();
        loan.principal += amount;
        ++loan.revision;
        (_touched.order, _touched.facility) = (order + 1, place + 1);
    }

    /// @dev What a drawdown has to pass before its amount is looked at.
    function _refusesDrawDown(
        address caller,
        uint256 place,
        uint256 order,
        uint256 revision,
        address payee
    ) internal view returns (bytes4) {
        FacilityGhost storage facility = _facility[place];
        LoanGhost storage loan = _loan[order];
        if (!_is(caller, facility.borrower)) return NotPermitted.selector;
        if (payee != address(0) && payee != facility.supplier) return IFacilities.PayeeNotApproved.selector;
        if (revision != loan.revision) return StaleState.selector;
        bytes4 refusal = _refusesOriginator(caller, ROLE_COOPERATIVE);
        if (refusal != 0) return refusal;
        if (_party[facility.lender].suspended) return PartySuspended.selector;
        if (facility.status != FacilityStatus.Open) return IFacilities.FacilitySuspended.selector;
        if (_today() > facility.expiresDay) return IFacilities.FacilityExpired.selector;
        if (!_matches(place, order)) return WrongOrder.selector;
        if (loan.facility != 0 && loan.facility != place + 1) return Encumbered.selector;
        if (loan.defaultedDay != 0) return IFacilities.LoanInDefault.selector;
        if (_defaultsOf(place) != 0) return IFacilities.FacilityInDefault.selector;
        if (loan.facility != 0 && _today() > loan.maturityDay) return IFacilities.LoanPastMaturity.selector;
        if (_overdueOf(order) != 0) return IFacilities.DebtorOverdue.selector;
        return 0;
    }

    function _matches(uint256 place, uint256 order) private view returns (bool) {
        OrderStatus status = _statusOf(order);
        if (status != OrderStatus.Accepted && status != OrderStatus.Fulfilled && status != OrderStatus.Lapsed) {
            return false;
        }
        OrderGhost storage o = _order[order];
        FacilityGhost storage facility = _facility[place];
        return
            o.buyer == facility.buyer && o.terms.seller == facility.borrower && o.terms.currency == facility.currency;
    }

    /// @dev The facility that lends on the order, or one that would; and what it would lend. Seldom any.
    function _facilityFor(uint256 order) private returns (uint256 place, uint256 room) {
        uint256 lending = _loan[order].facility;
        place = lending == 0 ? _roll(_facilityCount) : lending - 1;
        if (_chance(4)) place = _roll(_facilityCount);
        else if (lending == 0) {
            for (uint256 i = 0; i < _facilityCount; ++i) {
                if (_matches(place, order) && _drawable(place, order)) break;
                place = (place + 1) % _facilityCount;
            }
        }
        uint256 left = _minus(_facility[place].limit, _principalsOf(place));
        room = _less(left, _minus(_baseOf(order, place), _loan[order].principal));
        if (!_drawable(place, order)) room = 0;
    }

    function _drawable(uint256 place, uint256 order) private view returns (bool) {
        address key = _party[_facility[place].borrower].key;
        return _refusesDrawDown(key, place, order, _loan[order].revision, address(0)) == 0;
    }

    function _isFinanceable(uint256 order) private view returns (bool) {
        OrderStatus status = _order[order].status;
        if (status != OrderStatus.Accepted && status != OrderStatus.Lapsed) return false;
        LoanGhost storage loan = _loan[order];
        if (_overdueOf(order) != 0) return false;
        return loan.facility == 0 || (loan.defaultedDay == 0 && _today() <= loan.maturityDay);
    }

    /// @dev Only that the debtor or the loan is late stands in the way: the base would carry more.
    function _wouldCarryMore(uint256 order) private view returns (bool) {
        if (_order[order].status != OrderStatus.Accepted || !_isLate(order)) return false;
        uint256 facility = _loan[order].facility;
        return _baseOf(order, facility == 0 ? 0 : facility - 1) > _loan[order].principal;
    }

    function _hasLoan(uint256 order) private view returns (bool) {
        return _loan[order].facility != 0;
    }

    function _isDefaultable(uint256 order) private view returns (bool) {
        LoanGhost storage loan = _loan[order];
        if (loan.facility == 0 || loan.defaultedDay != 0) return false;
        return _today() > loan.maturityDay + _facility[loan.facility - 1].graceDays;
    }

    function _isWritable(uint256 order) private view returns (bool) {
        return _loan[order].defaultedDay != 0 && !_loan[order].writtenOff;
    }
}
