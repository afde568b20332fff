// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {DebtGhost, DeliveryGhost, LoanGhost} from "../Ghosts.sol";
import {DeliveryActs} from "./DeliveryActs.sol";
import {LoanActs} from "./LoanActs.sol";
import {OrderActs} from "./OrderActs.sol";
import {ReceivableActs} from "./ReceivableActs.sol";

/// @title The last second before something may be done, or may no longer be done, and the first one after
abstract contract Deadlines is OrderActs, DeliveryActs, ReceivableActs, LoanActs {
    uint256 private constant PATIENCE = 25 days;

    function _meetDeadline() internal returns (bool) {
        uint256 kind = _roll(3);
        if (kind == 0) return _unpaid.count != 0 && _onDebt(_unpaid.list[_roll(_unpaid.count)]);
        if (kind == 1)
            return _openDeliveries.count != 0 && _onDelivery(_openDeliveries.list[_roll(_openDeliveries.count)]);
        return _orderCount != 0 && _onOrder(_roll(_orderCount));
    }

    function _onDebt(uint256 place) private returns (bool) {
        DebtGhost storage debt = _debt[place];
        uint256 kind = _roll(4);
        if (kind == 0) return debt.contestDay == 0 && _reach(_startOf(debt.acceptedDay + 7)) && _contestOn(place);
        if (debt.contested == 0) return _reach(_startOf(debt.dueDay)) && _collectOn(place);
        if (!_reach(_startOf(debt.contestDay + 31))) return false;
        return kind == 1 ? _collectOn(place) : _ruleOn(place);
    }

    function _onDelivery(uint256 place) private returns (bool) {
        DeliveryGhost storage delivery = _delivery[place];
        uint256 inspection = uint256(_order[delivery.order].terms.inspectionDays) * 1 days;
        return _reach(delivery.arrivesBy + inspection + 1) && _deem(place);
    }

    function _onOrder(uint256 place) private returns (bool) {
        LoanGhost storage loan = _loan[place];
        uint256 deliverBy = _order[place].terms.deliverBy;
        uint256 kind = _roll(4);
        if (kind == 0) return _reach(deliverBy + 30 days + 1) && _lapse(place);
        if (kind == 1) return _reach(deliverBy + 1) && _drawOn(place);
        if (loan.facility == 0) return false;
        if (kind == 2) return _reach(_startOf(loan.maturityDay + 1)) && _drawOn(place);
        uint256 grace = _facility[loan.facility - 1].graceDays;
        return _reach(_startOf(loan.maturityDay + grace + 1)) && _defaultOn(place);
    }

    /// @dev To the moment or the second before, if it is not far.
    function _reach(uint256 moment) private returns (bool) {
        if (moment <= _time + 1 || moment > _time + PATIENCE) return false;
        _passTo(moment - _roll(2));
        return true;
    }

    function _startOf(uint256 day) private pure returns (uint256) {
        return day * 1 days - 8 hours;
    }
}
