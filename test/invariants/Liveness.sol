// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {FacilityStatus} from "../../contracts/facility/IFacilities.sol";
import {OrderView} from "../../contracts/order/IPurchaseOrders.sol";
import {CurrencyActs} from "./handlers/CurrencyActs.sol";
import {Payments} from "./handlers/Payments.sol";
import {DebtGhost, DeliveryGhost, FacilityGhost, OrderGhost, ReceiptGhost} from "./Ghosts.sol";
import {Properties} from "./Properties.sol";

/// @title Property 8: from wherever a season ends, all that is owed can be paid and all goods get free
/// @notice Whatever is paused, expired, suspended or in default stays so. The books are written as far as this needs them:
/// all of it is undone afterwards.
abstract contract Liveness is Payments, CurrencyActs, Properties {
    /// @dev No delivery is longer under way, no contest longer open than this.
    uint256 private constant LONG = 100 days;

    /// @param worst nothing at all can be originated any more, and every party is suspended
    function _releaseAll(bool worst) internal {
        if (worst) _endEverything();
        // Nobody's trouble blocks anybody else's root: the honest currency first, the other one as it is.
        _release(address(deposits));
        _pacify();
        _release(address(hostile));
        _freeGoods(address(0));
        _passTo(_time + LONG);
        for (uint256 i = _openDeliveries.count; i > 0; --i) _recordSilence(_openDeliveries.list[i - 1]);
        for (uint256 i = 0; i < _orderCount; ++i) _freeGoods(_order[i].terms.currency);
        _payAll(address(deposits));
        _payAll(address(hostile));
        _nothingIsLeft();
    }

    /// @dev Repaid by the borrower, then free; and whoever owes can pay.
    function _release(address currency) private {
        for (uint256 i = 0; i < _orderCount; ++i) {
            if (_loan[i].facility != 0 && _order[i].terms.currency == currency) _repayAll(i);
        }
        _freeGoods(currency);
        _payAll(currency);
    }

    function _repayAll(uint256 place) private {
        address borrower = _party[_order[place].terms.seller].key;
        _endow(borrower);
        uint64 due = uint64(_interestOf(place) + _loan[place].principal);
        uint256 id = _order[place].id;
        bytes memory data = abi.encodeCall(facilities.repay, (id, due, uint24(_loan[place].revision)));
        _as(borrower, address(facilities), data, 0);
        _holds(!liens.isEncumbered(id), "8: a lien that outlives what was due");
        _reduceLoan(place, due);
    }

    /// @dev Every receipt that no delivery is open from is taken off its order, and out of its warehouse.
    /// @param currency of the orders; 0 for receipts without one
    function _freeGoods(address currency) private {
        for (uint256 i = _liveReceipts.count; i > 0; --i) {
            uint256 place = _liveReceipts.list[i - 1];
            ReceiptGhost storage receipt = _receipt[place];
            address of_ = receipt.order == 0 ? address(0) : _order[receipt.order - 1].terms.currency;
            if (of_ != currency || _openFrom(place) != 0) continue;
            address holder = _party[receipt.holder].key;
            if (of_ != address(0)) _as(holder, address(receipts), abi.encodeCall(receipts.unearmark, (receipt.id)), 0);
            bytes memory data = abi.encodeCall(receipts.withdraw, (receipt.id, uint48(receipt.quantity)));
            _as(holder, address(receipts), data, 0);
            receipt.order = 0;
            _setQuantity(place, 0);
        }
    }

    /// @dev Every buyer pays what is not contested, or no longer.
    function _payAll(address currency) private {
        for (uint256 i = _unpaid.count; i > 0; --i) {
            uint256 place = _unpaid.list[i - 1];
            DebtGhost storage debt = _debt[place];
            OrderGhost storage order = _order[_delivery[place].order];
            if (order.terms.currency != currency) continue;
            _liftContest(debt);
            uint64 amount = uint64(_uncontested(place));
            if (amount == 0) continue;
            address buyer = _party[order.buyer].key;
            _endow(buyer);
            uint16 number = uint16(_delivery[place].number);
            uint64 outstanding = uint64(_outstanding(place));
            bytes memory data = abi.encodeCall(receivables.pay, (order.id, number, amount, outstanding));
            _as(buyer, address(receivables), data, 0);
            debt.paid += amount;
            if (_outstanding(place) == 0) _remove(_unpaid, place);
        }
    }

    function _recordSilence(uint256 place) private {
        DeliveryGhost storage d = _delivery[place];
        bytes memory data = abi.encodeCall(
            deliveries.deemAccepted,
            (_order[d.order].id, uint16(d.number), _receiptOf(place))
        );
        _as(_everybody[0], address(deliveries), data, _bookDeemed(place));
    }

    function _endEverything() private {
        if (!_isPaused) _as(address(this), address(parties), abi.encodeCall(parties.setPaused, (true)), 0);
        if (!_isRetired) _as(address(this), address(parties), abi.encodeCall(parties.retire, ()), 0);
        for (uint256 i = 0; i < _facilityCount; ++i) {
            FacilityGhost storage facility = _facility[i];
            if (facility.status == FacilityStatus.Closed) continue;
            address lender = _party[facility.lender].key;
            _as(lender, address(facilities), abi.encodeCall(facilities.close, (facility.id)), 0);
        }
        for (uint256 i = 0; i < _everybody.length; ++i) {
            address party = _partyOf[_everybody[i]];
            if (party == address(0)) continue;
            _as(address(this), address(parties), abi.encodeCall(parties.setSuspended, (party, true)), 0);
        }
    }

    function _nothingIsLeft() private view {
        _holds(_liveReceipts.count == 0 && _unpaid.count == 0, "8: goods or money are stuck");
        for (uint256 i = 0; i < _orderCount; ++i) {
            OrderView memory order = orders.orderById(_order[i].id);
            bool none = order.pending == 0 && order.stored == 0 && order.owed == 0 && order.overdueCount == 0;
            _holds(none && !liens.isEncumbered(_order[i].id), "8: an order that is over does not come to rest");
        }
        for (uint256 i = 0; i < _facilityCount; ++i) {
            _holds(facilities.facilityById(_facility[i].id).drawn == 0, "8: a facility is drawn though all is repaid");
        }
        for (uint256 i = 0; i < _warehouses.length; ++i) {
            (, uint64 used) = receipts.capacityOf(_warehouses[i]);
            _holds(used == 0, "8: capacity stays in use though all goods are gone");
        }
    }
}
