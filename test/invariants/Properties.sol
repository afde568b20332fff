// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Facility} from "../../contracts/facility/IFacilities.sol";
import {LoanView} from "../../contracts/lien/ILiens.sol";
import {Delivery, DeliveryStatus} from "../../contracts/order/IDeliveries.sol";
import {OrderStatus, OrderView} from "../../contracts/order/IPurchaseOrders.sol";
import {Receivable} from "../../contracts/receivable/IReceivables.sol";
import {Receipt} from "../../contracts/warehouse/IWarehouseReceipts.sol";
import {
    DebtGhost,
    DeliveryGhost,
    FacilityGhost,
    LoanGhost,
    OrderGhost,
    ReceiptGhost,
    WarehouseGhost
} from "./Ghosts.sol";
import {Acts} from "./support/Acts.sol";

/// @title What must never happen
/// @notice The numbers are those of the ten properties: 1 one unit, one loan · 2 money · 3 loans and liens · 4 the lender
/// first · 5 goods · 6 receivables and consent · 7 only the named party · 8 release is always possible · 9 nothing twice.
/// Numbers 7, 8 and 9 are checked at each call, by `Acts._as`. Number 10 is proved by test/contracts/events-tell-the-state.
abstract contract Properties is Acts {
    function _holds(bool theorem, string memory property) internal pure {
        if (!theorem) revert(property);
    }

    /// @dev After each act: what it touched.
    function _afterAct() internal {
        if (_drawnNow != 0) _isWithinBaseAndLimit(_touched.order - 1, _touched.facility - 1);
        if (_paidToHolder != 0) _lenderCameFirst(_touched.order - 1);
        if (_touched.order != 0) _orderIsAsBooked(_touched.order - 1);
        if (_touched.delivery != 0) _deliveryIsAsBooked(_touched.delivery - 1);
        if (_touched.receipt != 0) _receiptIsAsBooked(_touched.receipt - 1);
        if (_touched.otherReceipt != 0) _receiptIsAsBooked(_touched.otherReceipt - 1);
        if (_touched.facility != 0) _facilityIsAsBooked(_touched.facility - 1);
        if (_touched.warehouse != address(0)) _warehouseIsAsBooked(_touched.warehouse);
        for (uint256 i = 0; i < _moved.length; ++i) _accountIsAsBooked(_moved[i].token, _moved[i].holder);
        delete _moved;
        delete _touched;
        (_drawnNow, _paidToHolder) = (0, 0);
    }

    /// @dev Now and then, and at the end of each run: everything.
    function _everywhere() internal view {
        for (uint256 i = 0; i < _orderCount; ++i) {
            _orderIsAsBooked(i);
            _interestIsAsBooked(i);
            _partDeliveriesAddUp(i);
            _isFinancedByBothKeys(i);
        }
        for (uint256 i = 0; i < _deliveryCount; ++i) _deliveryIsAsBooked(i);
        for (uint256 i = 0; i < _receiptCount; ++i) _receiptIsAsBooked(i);
        for (uint256 i = 0; i < _facilityCount; ++i) _facilityIsAsBooked(i);
        for (uint256 i = 0; i < _warehouses.length; ++i) _warehouseIsAsBooked(_warehouses[i]);
        _goodsAreInOnePlace();
        _drawnIsTheSumOfPrincipals();
        _moneyIsWhereItBelongs(address(hostile));
        uint256 known = _moneyIsWhereItBelongs(address(deposits));
        _holds(deposits.totalSupply() == known, "2: money went where nobody is");
    }

    // 1 One unit of goods backs one loan

    /// @dev Every receipt counts once: for the one order that is its root, and in its one warehouse.
    function _goodsAreInOnePlace() private view {
        uint256[] memory storedFor = new uint256[](_orderCount + 1);
        uint256[] memory storedBy = new uint256[](_warehouses.length);
        for (uint256 i = 0; i < _receiptCount; ++i) {
            Receipt memory receipt = receipts.receiptById(_receipt[i].id);
            storedFor[receipt.root == 0 ? 0 : _placeOf[receipt.root]] += receipt.quantity;
            for (uint256 j = 0; j < storedBy.length; ++j) {
                if (receipt.warehouse == _warehouses[j]) storedBy[j] += receipt.quantity;
            }
        }
        for (uint256 i = 0; i < _orderCount; ++i) {
            uint256 stored = orders.orderById(_order[i].id).stored;
            _holds(stored == storedFor[i + 1], "1: an order counts goods that its receipts do not have");
        }
        for (uint256 j = 0; j < storedBy.length; ++j) _goodsAreNeitherMadeNorLost(_warehouses[j], storedBy[j]);
    }

    // 2 Money

    function _accountIsAsBooked(address token, address account) private view {
        _holds(IERC20(token).balanceOf(account) == _balance[token][account], "2: money is lost or made");
    }

    function _moneyIsWhereItBelongs(address token) private view returns (uint256 known) {
        for (uint256 i = 0; i < _accounts.length; ++i) {
            _accountIsAsBooked(token, _accounts[i]);
            known += _balance[token][_accounts[i]];
        }
        for (uint256 i = 0; i < _ours.length; ++i) {
            _holds(IERC20(token).balanceOf(_ours[i]) == 0, "2: a contract holds money");
        }
    }

    function _partDeliveriesAddUp(uint256 place) private view {
        uint256 accepted;
        for (uint256 i = 0; i < _deliveriesOf[place].count; ++i)
            accepted += _delivery[_deliveriesOf[place].list[i]].accepted;
        _holds(orders.orderById(_order[place].id).accepted == accepted, "5: what is accepted was not all delivered");
        uint256 value = _value(accepted, _order[place].terms.unitPrice);
        _holds(_billedOf(place) == value, "2: part deliveries do not add up to the value accepted");
    }

    // 3 Loans and liens

    function _isWithinBaseAndLimit(uint256 place, uint256 facility) private view {
        uint256 id = _facility[facility].id;
        uint256 base = quotes.borrowingBase(id, _order[place].id);
        _holds(liens.loanOf(_order[place].id).principal <= base, "3: principal is above the base");
        Facility memory record = facilities.facilityById(id);
        _holds(record.drawn <= record.limit, "3: principal is above the limit");
    }

    function _loanIsALien(LoanView memory loan, uint256 id) private view {
        bool encumbered = liens.isEncumbered(id);
        _holds((loan.principal != 0) == encumbered, "3: a loan without a lien, or a lien that outlives its loan");
        _holds((loan.facility != 0) == encumbered, "3: a lien that is nobody's");
    }

    function _drawnIsTheSumOfPrincipals() private view {
        uint256[] memory drawn = new uint256[](_facilityCount + 1);
        for (uint256 i = 0; i < _orderCount; ++i) {
            LoanView memory loan = liens.loanOf(_order[i].id);
            drawn[loan.facility == 0 ? 0 : _placeOf[loan.facility]] += loan.principal;
        }
        for (uint256 i = 0; i < _facilityCount; ++i) {
            uint256 record = facilities.facilityById(_facility[i].id).drawn;
            _holds(record == drawn[i + 1], "3: drawn is not the sum of principals");
        }
    }

    function _loanIsAsBooked(uint256 place) private view {
        uint256 id = _order[place].id;
        LoanView memory loan = liens.loanOf(id);
        LoanGhost storage ghost = _loan[place];
        _loanIsALien(loan, id);
        _holds(loan.revision == ghost.revision, "9: a money act is not counted in the revision");
        _holds(loan.facility == (ghost.facility == 0 ? 0 : _facility[ghost.facility - 1].id), "3: whose loan it is");
        _holds(loan.principal == ghost.principal, "3: principal differs from what was drawn and repaid");
        _holds(loan.maturityDay == ghost.maturityDay && loan.sinceDay == ghost.sinceDay, "3: the loan's days");
        _holds(loan.defaultedDay == ghost.defaultedDay, "3: the loan's default");
        _holds(facilities.isWrittenOff(id) == ghost.writtenOff, "3: whether the loan is written off");
        _holds(loan.numerator == ghost.numerator || loan.accruedDay != ghost.accruedDay, "3: the loan's interest");
    }

    function _interestIsAsBooked(uint256 place) private view {
        if (_loan[place].facility == 0) return;
        _holds(quotes.interestDue(_order[place].id) == _interestOf(place), "3: interest due");
    }

    // 4 The lender first

    function _lenderCameFirst(uint256 place) private view {
        LoanView memory loan = liens.loanOf(_order[place].id);
        if (loan.facility == 0) return;
        _holds(
            loan.defaultedDay == 0 && _today() <= loan.maturityDay,
            "4: the holder was paid before a lender whose turn it was"
        );
        _holds(
            loan.principal <= quotes.borrowingBase(loan.facility, _order[place].id) && _interestOf(place) == 0,
            "4: the holder was paid while the base does not carry the loan"
        );
    }

    // 5 Goods

    function _warehouseIsAsBooked(address warehouse) private view {
        (uint64 capacity, uint64 used) = receipts.capacityOf(warehouse);
        _holds(capacity == _warehouse[warehouse].capacity, "5: capacity");
        _holds(used == _usedOf(warehouse), "5: capacity in use is not what receipts and open despatches hold");
    }

    function _goodsAreNeitherMadeNorLost(address warehouse, uint256 stored) private view {
        WarehouseGhost storage ghost = _warehouse[warehouse];
        uint256 left = ghost.accepted + ghost.rejected + ghost.withdrawn + ghost.lost;
        _holds(ghost.weighed == stored + _recallableOf(warehouse) + left, "5: goods were made or lost");
    }

    function _receiptIsAsBooked(uint256 place) private view {
        ReceiptGhost storage ghost = _receipt[place];
        Receipt memory receipt = receipts.receiptById(ghost.id);
        _holds(receipts.ownerOf(ghost.id) == ghost.holder, "5: a receipt has another holder");
        _holds(receipt.quantity == ghost.quantity, "5: a receipt's goods");
        _holds(receipt.weighed == ghost.weighed && receipt.lost == ghost.lost, "5: a receipt's allowance for losses");
        _holds(receipt.openDeliveries == _openFrom(place), "5: a receipt's open deliveries");
        _holds(receipt.root == (ghost.order == 0 ? 0 : _order[ghost.order - 1].id), "1: a receipt's root");
    }

    // 6 Receivables and consent

    function _isFinancedByBothKeys(uint256 place) private view {
        if (!liens.isEncumbered(_order[place].id)) return;
        OrderStatus status = _order[place].status;
        _holds(
            status == OrderStatus.Accepted || status == OrderStatus.Lapsed,
            "6: an order is financed without both parties' keys"
        );
    }

    function _deliveryIsAsBooked(uint256 place) private view {
        DeliveryGhost storage ghost = _delivery[place];
        uint256 order = _order[ghost.order].id;
        Delivery memory delivery = deliveries.deliveryById(order, uint16(ghost.number));
        _holds(delivery.status == ghost.status, "5: a delivery's status");
        bool accepted = ghost.status == DeliveryStatus.Accepted;
        uint256 quantity = accepted ? _returnable(place) : ghost.quantity;
        _holds(delivery.quantity == quantity, "5: what is in transit, or may come back of a delivery");
        Receivable memory owed = receivables.receivableOf(order, uint16(ghost.number));
        DebtGhost storage debt = _debt[place];
        if (debt.billed == 0) {
            _holds(owed.holder == address(0), "6: a receivable without an acceptance");
            return;
        }
        _holds(accepted, "6: a receivable without an acceptance");
        _holds(owed.outstanding == _outstanding(place), "2: what is owed is not what was accepted and is unpaid");
        _holds(owed.contested == debt.contested && owed.contestDay == debt.contestDay, "6: a contest");
        _holds(owed.dueDay == debt.dueDay && owed.deemed == debt.deemed, "6: a due day");
        _holds(owed.overdue == debt.overdue, "6: whether it is overdue");
        _holds(owed.holder == debt.holder && owed.assigned == debt.assigned, "6: whose receivable it is");
    }

    // The order, which all of it hangs on

    function _orderIsAsBooked(uint256 place) private view {
        OrderGhost storage ghost = _order[place];
        OrderView memory order = orders.orderById(ghost.id);
        _holds(order.status == _statusOf(place), "6: an order's status");
        if (ghost.status == OrderStatus.None) return;
        _holds(order.quantity == ghost.quantity && order.buyer == ghost.buyer, "6: an order's terms");
        _holds(order.accepted == ghost.accepted, "5: what is accepted");
        _holds(order.pending == ghost.pending, "5: what is pending");
        _holds(order.stored == _storedOf(place), "1: what is stored");
        _holds(order.owed == _owedOf(place), "2: what is owed");
        _holds(order.overdueCount == _overdueOf(place), "6: what is overdue");
        _holds(order.deliveries == _deliveriesOf[place].count, "9: deliveries are not numbered one by one");
        _loanIsAsBooked(place);
    }

    function _facilityIsAsBooked(uint256 place) private view {
        FacilityGhost storage ghost = _facility[place];
        Facility memory facility = facilities.facilityById(ghost.id);
        _holds(facility.drawn == _principalsOf(place), "3: drawn is not the sum of principals");
        _holds(facility.defaults == _defaultsOf(place), "3: defaults are not those of its loans");
        _holds(facility.limit == ghost.limit && facility.status == ghost.status, "3: a facility's limit or status");
        _holds(facility.payee == ghost.payee && facility.lender == ghost.lender, "3: who is paid for a facility");
        _holds(facility.depositary == ghost.depositary, "4: who is paid in the lender's place");
    }
}
