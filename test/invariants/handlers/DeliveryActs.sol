// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {InsufficientQuantity, StaleState, WrongOrder, ZeroAmount} from "../../../contracts/claim/IClaim.sol";
import {DeliveryStatus, IDeliveries} from "../../../contracts/order/IDeliveries.sol";
import {OrderStatus} from "../../../contracts/order/IPurchaseOrders.sol";
import {NotPermitted} from "../../../contracts/party/IParties.sol";
import {IWarehouseReceipts} from "../../../contracts/warehouse/IWarehouseReceipts.sol";
import {DeliveryGhost, MOST_DELIVERIES, OrderGhost, ReceiptGhost} from "../Ghosts.sol";
import {Payments} from "./Payments.sol";

/// @title Goods on their way: despatched, recalled, accepted by word or by silence
abstract contract DeliveryActs is Payments {
    bytes32 private constant RELEASE = keccak256(
        "Release(uint256 order,uint16 number,uint256 receipt,uint48 quantity,uint256 nonce,uint40 deadline)"
    );

    struct Despatch {
        uint256 order;
        uint256 receipt;
        uint256 number;
        uint256 quantity;
        uint256 arrivesBy;
    }

    function _despatchFromStore() internal returns (bool) {
        if (_deliveryCount >= MOST_DELIVERIES) return false;
        (bool found, uint256 place) = _pickFrom(_liveReceipts, _receiptCount, _mayLeave);
        if (!found || _receipt[place].order == 0) return false;
        uint256 order = _receipt[place].order - 1;
        if (_chance(2)) order = _roll(_orderCount);
        uint256 most = _less(_undelivered(order), _receipt[place].quantity);
        return _despatch(Despatch(order, place + 1, _nextNumber(order), _upTo(_part(most)), _arrival()));
    }

    function _despatchFromField() internal returns (bool) {
        if (_deliveryCount >= MOST_DELIVERIES) return false;
        (bool found, uint256 order) = _pick(_orderCount, _hasField);
        if (!found) return false;
        uint256 most = _minus(_undelivered(order), _storedOf(order));
        return _despatch(Despatch(order, 0, _nextNumber(order), _upTo(_part(most)), _arrival()));
    }

    function _recall() internal returns (bool) {
        (bool found, uint256 place) = _pickFrom(_openDeliveries, _deliveryCount, _isOpen);
        if (!found) return false;
        DeliveryGhost storage d = _delivery[place];
        OrderGhost storage order = _order[d.order];
        address may = d.receipt == 0 ? order.terms.seller : _receipt[d.receipt - 1].warehouse;
        address caller = _keyOf(may);
        bytes4 refusal;
        uint256 receipt = _perhapsWrong(place);
        if (d.status != DeliveryStatus.Open) refusal = IDeliveries.NoOpenDelivery.selector;
        else if (receipt != _receiptOf(place)) refusal = IDeliveries.WrongReceipt.selector;
        else if (!_is(caller, may)) refusal = NotPermitted.selector;
        bytes memory data = abi.encodeCall(deliveries.recall, (order.id, uint16(d.number), receipt));
        if (_as(caller, address(deliveries), data, refusal)) {
            d.status = DeliveryStatus.Recalled;
            order.pending -= d.quantity;
            _remove(_openDeliveries, place);
            (_touched.order, _touched.delivery, _touched.receipt) = (d.order + 1, place + 1, d.receipt);
            if (d.receipt != 0) {
                _setQuantity(d.receipt - 1, _receipt[d.receipt - 1].quantity + d.quantity);
                _touched.warehouse = may;
            }
        }
        return true;
    }

    function _acceptDelivery() internal returns (bool) {
        (bool found, uint256 place) = _pickFrom(_openDeliveries, _deliveryCount, _isOpen);
        if (!found) return false;
        DeliveryGhost storage d = _delivery[place];
        OrderGhost storage order = _order[d.order];
        uint256 quantity =
            _chance(65)
                ? d.quantity
                : _chance(10)
                    ? 0
                    : _upTo(d.quantity);
        address caller = _keyOf(order.buyer);
        uint256 receipt = _perhapsWrong(place);
        bytes4 refusal;
        if (!_is(caller, order.buyer)) refusal = NotPermitted.selector;
        else if (d.status != DeliveryStatus.Open) refusal = IDeliveries.NoOpenDelivery.selector;
        else if (receipt != _receiptOf(place)) refusal = IDeliveries.WrongReceipt.selector;
        else if (quantity > d.quantity) refusal = IDeliveries.OverDelivery.selector;
        if (refusal == 0) _perhapsCallsBack(order.terms.currency);
        bytes memory data = abi.encodeCall(deliveries.accept, (order.id, uint16(d.number), receipt, uint48(quantity)));
        if (_as(caller, address(deliveries), data, refusal)) {
            _recordAcceptance(place, quantity);
            _perhapsTwice(caller, address(deliveries), data, IDeliveries.NoOpenDelivery.selector);
        }
        return true;
    }

    /// @dev The buyer fetches goods itself, by the seller's signed word.
    function _fetch() internal returns (bool) {
        if (_deliveryCount >= MOST_DELIVERIES) return false;
        (bool found, uint256 place) = _pickFrom(_liveReceipts, _receiptCount, _mayLeave);
        if (!found || _receipt[place].order == 0) return false;
        uint256 order = _receipt[place].order - 1;
        uint256 most = _part(_less(_undelivered(order), _receipt[place].quantity));
        Despatch memory act = Despatch(order, place + 1, _nextNumber(order), _upTo(most), _time);
        address buyer = _order[order].buyer;
        address caller = _keyOf(buyer);
        (Word memory word, bytes memory data) = _release(act);
        bytes4 refusal = _refusesDespatch(caller, act, buyer);
        if (refusal == 0) refusal = word.refusal;
        if (refusal == 0) _perhapsCallsBack(_order[order].terms.currency);
        if (_as(caller, address(deliveries), data, refusal)) {
            _recordDespatch(act);
            _use(word);
            _recordAcceptance(_deliveryCount - 1, act.quantity);
            _perhapsTwice(caller, address(deliveries), data, StaleState.selector);
        }
        return true;
    }

    function _deemAccepted() internal returns (bool) {
        (bool found, uint256 place) = _pickFrom(_openDeliveries, _deliveryCount, _isSilent);
        return found && _deem(place);
    }

    function _deem(uint256 place) internal returns (bool) {
        DeliveryGhost storage d = _delivery[place];
        bytes memory data = abi.encodeCall(
            deliveries.deemAccepted,
            (_order[d.order].id, uint16(d.number), _receiptOf(place))
        );
        bytes4 refusal = _bookDeemed(place);
        _as(_anybody(), address(deliveries), data, refusal);
        return true;
    }

    function _release(Despatch memory act) private returns (Word memory word, bytes memory data) {
        (uint256 order, uint256 receipt) = (_order[act.order].id, _receipt[act.receipt - 1].id);
        word = _someWord(address(deliveries), _order[act.order].terms.seller);
        _sign(
            word,
            keccak256(abi.encode(RELEASE, order, act.number, receipt, act.quantity, word.nonce, word.deadline))
        );
        data = abi.encodeCall(
            deliveries.despatchAndAccept,
            (order, uint16(act.number), receipt, uint48(act.quantity), word.nonce, word.deadline, word.signature)
        );
    }

    /// @dev The buyer's word. A collection that fails does not undo the acceptance.
    function _recordAcceptance(uint256 place, uint256 quantity) private {
        _bookAcceptance(place, quantity, false);
        if (_order[_delivery[place].order].terms.paymentDays == 0 && !_debtless(place)) _bookCollect(place);
        _endCallback(address(receivables));
    }

    function _despatch(Despatch memory act) private returns (bool) {
        OrderGhost storage order = _order[act.order];
        address caller = _keyOf(order.terms.seller);
        uint256 receipt = act.receipt == 0 ? 0 : _receipt[act.receipt - 1].id;
        bytes memory data = abi.encodeCall(
            deliveries.despatch,
            (order.id, uint16(act.number), receipt, uint48(act.quantity), uint40(act.arrivesBy))
        );
        if (!_as(caller, address(deliveries), data, _refusesDespatch(caller, act, order.terms.seller))) return true;
        _recordDespatch(act);
        _perhapsTwice(caller, address(deliveries), data, StaleState.selector);
        return true;
    }

    function _recordDespatch(Despatch memory act) private {
        OrderGhost storage order = _order[act.order];
        _delivery[_deliveryCount++] = DeliveryGhost({
            order: act.order,
            number: act.number,
            quantity: act.quantity,
            arrivesBy: act.arrivesBy,
            status: DeliveryStatus.Open,
            accepted: 0,
            returned: 0,
            receipt: act.receipt
        });
        _add(_deliveriesOf[act.order], _deliveryCount - 1);
        _add(_openDeliveries, _deliveryCount - 1);
        order.pending += act.quantity;
        (_touched.order, _touched.delivery, _touched.receipt) = (act.order + 1, _deliveryCount, act.receipt);
        if (act.receipt != 0) {
            _setQuantity(act.receipt - 1, _receipt[act.receipt - 1].quantity - act.quantity);
            _touched.warehouse = _receipt[act.receipt - 1].warehouse;
        }
    }

    function _refusesDespatch(address caller, Despatch memory act, address by) private view returns (bytes4) {
        OrderGhost storage order = _order[act.order];
        if (order.status == OrderStatus.None || !_is(caller, by)) return NotPermitted.selector;
        if (act.number != _deliveriesOf[act.order].count + 1) return StaleState.selector;
        if (_statusOf(act.order) != OrderStatus.Accepted) return WrongOrder.selector;
        if (act.quantity == 0) return ZeroAmount.selector;
        uint256 open = _undelivered(act.order);
        if (act.quantity > open) return IDeliveries.OverDelivery.selector;
        if (act.arrivesBy < _time) return IDeliveries.ArrivalInThePast.selector;
        if (act.receipt == 0) {
            bool inStore = act.quantity > _minus(open, _storedOf(act.order));
            return inStore ? IDeliveries.GoodsInStore.selector : bytes4(0);
        }
        ReceiptGhost storage receipt = _receipt[act.receipt - 1];
        if (receipt.order != act.order + 1 || receipt.holder != order.terms.seller) {
            return IWarehouseReceipts.NotEarmarked.selector;
        }
        return act.quantity > receipt.quantity ? InsufficientQuantity.selector : bytes4(0);
    }

    function _undelivered(uint256 order) private view returns (uint256) {
        return _order[order].quantity - _order[order].accepted - _order[order].pending;
    }

    /// @dev The receipt that the goods left; seldom another one.
    function _perhapsWrong(uint256 place) private returns (uint256) {
        if (!_chance(2)) return _receiptOf(place);
        return _receiptCount == 0 || _chance(30) ? 0 : _receipt[_roll(_receiptCount)].id;
    }

    /// @dev Part deliveries are the rule.
    function _part(uint256 most) private returns (uint256) {
        return most > 3 && _chance(60) ? _between(most / 4, most) : most;
    }

    function _nextNumber(uint256 order) private returns (uint256) {
        return _deliveriesOf[order].count + (_chance(3) ? _roll(3) : 1);
    }

    function _arrival() private returns (uint256) {
        return _chance(2) ? _time - 1 : _time + _roll(4 days);
    }

    function _mayLeave(uint256 place) private view returns (bool) {
        ReceiptGhost storage receipt = _receipt[place];
        if (receipt.quantity == 0 || receipt.order == 0) return false;
        return _statusOf(receipt.order - 1) == OrderStatus.Accepted && _undelivered(receipt.order - 1) != 0;
    }

    function _hasField(uint256 order) private view returns (bool) {
        return _statusOf(order) == OrderStatus.Accepted && _undelivered(order) > _storedOf(order);
    }

    function _isOpen(uint256 place) private view returns (bool) {
        return _delivery[place].status == DeliveryStatus.Open;
    }

    function _isSilent(uint256 place) private view returns (bool) {
        DeliveryGhost storage d = _delivery[place];
        return _isOpen(place) && _time > d.arrivesBy + uint256(_order[d.order].terms.inspectionDays) * 1 days;
    }
}
