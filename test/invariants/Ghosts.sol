// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {DeliveryStatus} from "../../contracts/order/IDeliveries.sol";
import {FacilityStatus} from "../../contracts/facility/IFacilities.sol";
import {OrderStatus, OrderTerms} from "../../contracts/order/IPurchaseOrders.sol";

/// @dev `oldKey` is the last one that lost its place, `proposedKey` one that may take it from `proposedFrom`.
struct PartyGhost {
    address key;
    uint16 roles;
    bool suspended;
    address payoutAccount;
    address oldKey;
    address proposedKey;
    uint256 proposedFrom;
}

/// @dev `status` as recorded, never `Fulfilled`.
struct OrderGhost {
    uint256 id;
    address buyer;
    OrderTerms terms;
    bytes32 details;
    bytes16 goods;
    OrderStatus status;
    uint256 quantity;
    uint256 accepted;
    uint256 pending;
    address cancelAskedBy;
    uint256 cancelDeliveries;
    uint256 cancelRevision;
}

/// @dev The loan on an order. `facility` is the place of the facility plus one, 0 for no loan.
struct LoanGhost {
    uint256 facility;
    uint256 principal;
    int256 numerator;
    uint256 accruedDay;
    uint256 maturityDay;
    uint256 sinceDay;
    uint256 defaultedDay;
    uint256 revision;
    bool writtenOff;
}

/// @dev `receipt` is the place of the receipt plus one, 0 for the field.
struct DeliveryGhost {
    uint256 order;
    uint256 number;
    uint256 quantity;
    uint256 arrivesBy;
    DeliveryStatus status;
    uint256 accepted;
    uint256 returned;
    uint256 receipt;
}

/// @dev What is owed for a delivery, at the delivery's own place; `billed` is 0 where nothing ever was.
struct DebtGhost {
    uint256 billed;
    uint256 upheld;
    uint256 paid;
    uint256 acceptedDay;
    uint256 dueDay;
    bool deemed;
    bool overdue;
    uint256 contested;
    uint256 contestDay;
    address holder;
    bool assigned;
}

/// @dev `order` is the place of the order that it is earmarked for, plus one.
struct ReceiptGhost {
    uint256 id;
    address holder;
    address warehouse;
    bytes16 goods;
    bytes32 lot;
    uint256 allowanceBps;
    uint256 quantity;
    uint256 weighed;
    uint256 lost;
    uint256 order;
    uint256 consentRevision;
    uint256 consentQuantity;
}

/// @dev `supplier` is the one account, besides the borrower's own, that a drawdown may be paid to.
struct FacilityGhost {
    uint256 id;
    address lender;
    address borrower;
    address buyer;
    address currency;
    uint256 limit;
    uint256 orderAdvanceBps;
    uint256 storedAdvanceBps;
    uint256 acceptedAdvanceBps;
    uint256 rateBps;
    uint256 penaltyRateBps;
    uint256 dayBasis;
    uint256 tenorDays;
    uint256 graceDays;
    uint256 sweepBps;
    uint256 expiresDay;
    FacilityStatus status;
    address payee;
    address depositary;
    address supplier;
}

/// @dev Goods that went through a warehouse, thousandths; its receipts and open despatches say what is still there.
struct WarehouseGhost {
    uint256 capacity;
    uint256 weighed;
    uint256 accepted;
    uint256 rejected;
    uint256 withdrawn;
    uint256 lost;
}

/// @dev A list of places. Of fixed length, like all that is looked up often: that costs no hash.
struct Places {
    uint256 count;
    uint256[64] list;
}

uint256 constant MOST_ORDERS = 40;
uint256 constant MOST_DELIVERIES = 120;
uint256 constant MOST_RECEIPTS = 80;
uint256 constant MOST_FACILITIES = 20;

/// @title What the campaign knows by its own books
/// @notice Written by the acts, from the rules of the trade and never from the contracts. What happened is recorded; most
/// of what the contracts keep as counters is added up here from the single records, each time.
abstract contract Ghosts {
    int256 private constant UTC_OFFSET = 8 hours;

    uint256 internal _time;
    bool internal _isPaused;
    bool internal _isRetired;
    mapping(address key => address) internal _partyOf;
    mapping(address party => PartyGhost) internal _party;
    uint256 internal _orderCount;
    uint256 internal _deliveryCount;
    uint256 internal _receiptCount;
    uint256 internal _facilityCount;
    OrderGhost[MOST_ORDERS] internal _order;
    LoanGhost[MOST_ORDERS] internal _loan;
    Places[MOST_ORDERS] internal _deliveriesOf;
    DeliveryGhost[MOST_DELIVERIES] internal _delivery;
    DebtGhost[MOST_DELIVERIES] internal _debt;
    ReceiptGhost[MOST_RECEIPTS] internal _receipt;
    FacilityGhost[MOST_FACILITIES] internal _facility;
    /// @dev Places of what is still under way, so that nobody has to look through what is over.
    Places internal _liveReceipts;
    Places internal _openDeliveries;
    Places internal _unpaid;
    mapping(address warehouse => WarehouseGhost) internal _warehouse;
    /// @dev Places plus one, by id.
    mapping(uint256 id => uint256) internal _placeOf;

    function _today() internal view returns (uint256) {
        return uint256(int256(_time) + UTC_OFFSET) / 1 days;
    }

    function _value(uint256 quantity, uint256 unitPrice) internal pure returns (uint256) {
        return (quantity * unitPrice + 50_000) / 100_000;
    }

    function _less(uint256 a, uint256 b) internal pure returns (uint256) {
        return a < b ? a : b;
    }

    function _add(Places storage places, uint256 place) internal {
        places.list[places.count++] = place;
    }

    function _remove(Places storage places, uint256 place) internal {
        uint256 last = --places.count;
        for (uint256 i = 0; i < last; ++i) {
            if (places.list[i] == place) (places.list[i], i) = (places.list[last], last);
        }
    }

    function _minus(uint256 a, uint256 b) internal pure returns (uint256) {
        return a > b ? a - b : 0;
    }

    // Orders

    function _statusOf(uint256 order) internal view returns (OrderStatus status) {
        status = _order[order].status;
        if (status == OrderStatus.Accepted && _order[order].accepted == _order[order].quantity) {
            return OrderStatus.Fulfilled;
        }
    }

    function _storedOf(uint256 order) internal view returns (uint256 sum) {
        for (uint256 i = 0; i < _liveReceipts.count; ++i) {
            ReceiptGhost storage receipt = _receipt[_liveReceipts.list[i]];
            if (receipt.order == order + 1) sum += receipt.quantity;
        }
    }

    function _billedOf(uint256 order) internal view returns (uint256 sum) {
        Places storage places = _deliveriesOf[order];
        for (uint256 i = 0; i < places.count; ++i) sum += _debt[places.list[i]].billed;
    }

    function _owedOf(uint256 order) internal view returns (uint256 sum) {
        Places storage places = _deliveriesOf[order];
        for (uint256 i = 0; i < places.count; ++i) {
            DebtGhost storage debt = _debt[places.list[i]];
            if (!debt.overdue && !debt.deemed && !debt.assigned) sum += _uncontested(places.list[i]);
        }
    }

    function _overdueOf(uint256 order) internal view returns (uint256 count) {
        Places storage places = _deliveriesOf[order];
        for (uint256 i = 0; i < places.count; ++i) {
            DebtGhost storage debt = _debt[places.list[i]];
            if (debt.overdue && !debt.assigned) ++count;
        }
    }

    // Deliveries and what is owed for them

    function _returnable(uint256 delivery) internal view returns (uint256) {
        DeliveryGhost storage d = _delivery[delivery];
        return d.status == DeliveryStatus.Accepted ? d.quantity - d.accepted - d.returned : 0;
    }

    function _outstanding(uint256 delivery) internal view returns (uint256) {
        DebtGhost storage debt = _debt[delivery];
        return debt.billed - debt.upheld - debt.paid;
    }

    function _uncontested(uint256 delivery) internal view returns (uint256) {
        return _outstanding(delivery) - _debt[delivery].contested;
    }

    // Receipts

    function _setQuantity(uint256 receipt, uint256 quantity) internal {
        uint256 before = _receipt[receipt].quantity;
        _receipt[receipt].quantity = quantity;
        if (before == 0 && quantity != 0) _add(_liveReceipts, receipt);
        if (before != 0 && quantity == 0) _remove(_liveReceipts, receipt);
    }

    function _openFrom(uint256 receipt) internal view returns (uint256 count) {
        for (uint256 i = 0; i < _openDeliveries.count; ++i) {
            if (_delivery[_openDeliveries.list[i]].receipt == receipt + 1) ++count;
        }
    }

    /// @dev On live receipts, and in open despatches that may be recalled.
    function _usedOf(address warehouse) internal view returns (uint256 sum) {
        for (uint256 i = 0; i < _liveReceipts.count; ++i) {
            ReceiptGhost storage receipt = _receipt[_liveReceipts.list[i]];
            if (receipt.warehouse == warehouse) sum += receipt.quantity;
        }
        return sum + _recallableOf(warehouse);
    }

    function _recallableOf(address warehouse) internal view returns (uint256 sum) {
        for (uint256 i = 0; i < _openDeliveries.count; ++i) {
            DeliveryGhost storage delivery = _delivery[_openDeliveries.list[i]];
            uint256 receipt = delivery.receipt;
            if (receipt != 0 && _receipt[receipt - 1].warehouse == warehouse) sum += delivery.quantity;
        }
    }

    // Loans

    function _principalsOf(uint256 facility) internal view returns (uint256 sum) {
        for (uint256 i = 0; i < _orderCount; ++i) if (_loan[i].facility == facility + 1) sum += _loan[i].principal;
    }

    function _defaultsOf(uint256 facility) internal view returns (uint256 count) {
        for (uint256 i = 0; i < _orderCount; ++i) {
            if (_loan[i].facility == facility + 1 && _loan[i].defaultedDay != 0) ++count;
        }
    }

    function _numeratorNow(uint256 order) internal view returns (int256) {
        LoanGhost storage loan = _loan[order];
        if (loan.facility == 0) return 0;
        FacilityGhost storage facility = _facility[loan.facility - 1];
        uint256 elapsed = _today() - loan.accruedDay;
        uint256 inTime = _less(elapsed, _minus(loan.maturityDay, loan.accruedDay));
        uint256 bpsDays = inTime * facility.rateBps + (elapsed - inTime) * facility.penaltyRateBps;
        return loan.numerator + int256(loan.principal * bpsDays);
    }

    function _interestOf(uint256 order) internal view returns (uint256) {
        int256 numerator = _numeratorNow(order);
        if (numerator <= 0) return 0;
        uint256 unit = 10_000 * _facility[_loan[order].facility - 1].dayBasis;
        return (uint256(numerator) * 2 + unit) / (2 * unit);
    }

    function _baseOf(uint256 order, uint256 facility) internal view returns (uint256) {
        return _baseWithout(order, facility, 0);
    }

    /// @dev The borrowing base with `quantity` less in store.
    function _baseWithout(uint256 order, uint256 facility, uint256 quantity) internal view returns (uint256) {
        OrderGhost storage o = _order[order];
        FacilityGhost storage advance = _facility[facility];
        uint256 remaining =
            o.status == OrderStatus.Accepted && _time <= o.terms.deliverBy ? o.quantity - o.accepted : 0;
        uint256 stored = _less(_storedOf(order) - quantity, _minus(remaining, o.pending));
        uint256 onStore = (_value(stored, o.terms.unitPrice) * advance.storedAdvanceBps) / 10_000;
        uint256 onOrder = (_value(remaining - stored, o.terms.unitPrice) * advance.orderAdvanceBps) / 10_000;
        return onStore + onOrder + (_owedOf(order) * advance.acceptedAdvanceBps) / 10_000;
    }

    /// @dev The lender's part of a payment on this root that the books have already.
    function _lendersPart(uint256 order, uint256 payment) internal view returns (uint256) {
        LoanGhost storage loan = _loan[order];
        if (loan.facility == 0) return 0;
        uint256 interest = _interestOf(order);
        uint256 most = _less(interest + loan.principal, payment);
        if (_today() > loan.maturityDay || loan.defaultedDay != 0) return most;
        uint256 due = interest + _minus(loan.principal, _baseOf(order, loan.facility - 1));
        uint256 swept = (payment * _facility[loan.facility - 1].sweepBps) / 10_000;
        return _less(most, due > swept ? due : swept);
    }

    /// @dev The debtor is overdue, or the loan past maturity or in default.
    function _isLate(uint256 order) internal view returns (bool) {
        LoanGhost storage loan = _loan[order];
        if (loan.facility != 0 && (_today() > loan.maturityDay || loan.defaultedDay != 0)) return true;
        return _overdueOf(order) != 0;
    }

    /// @dev Whether the debt would still be carried with `quantity` less in store.
    function _carriesWithout(uint256 order, uint256 quantity) internal view returns (bool) {
        LoanGhost storage loan = _loan[order];
        if (loan.facility == 0) return true;
        if (_isLate(order)) return false;
        return _baseWithout(order, loan.facility - 1, quantity) >= loan.principal + _interestOf(order);
    }

    /// @dev Money for the lender: interest first. A loan without principal is over.
    function _reduceLoan(uint256 order, uint256 amount) internal {
        LoanGhost storage loan = _loan[order];
        uint256 interest = _interestOf(order);
        uint256 toInterest = _less(interest, amount);
        loan.numerator = _numeratorNow(order) - int256(toInterest * 10_000 * _facility[loan.facility - 1].dayBasis);
        loan.accruedDay = _today();
        loan.principal -= amount - toInterest;
        uint256 revision = loan.revision + 1;
        if (loan.principal == 0) _loan[order] = LoanGhost(0, 0, 0, 0, 0, 0, 0, 0, false);
        loan.revision = revision;
    }
}
