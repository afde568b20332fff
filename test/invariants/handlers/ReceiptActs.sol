// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {
    AlreadyExists,
    Encumbered,
    InTransit,
    InsufficientQuantity,
    WrongOrder,
    ZeroAmount
} from "../../../contracts/claim/IClaim.sol";
import {OrderStatus} from "../../../contracts/order/IPurchaseOrders.sol";
import {NotPermitted, ROLE_WAREHOUSE} from "../../../contracts/party/IParties.sol";
import {IWarehouseReceipts, ReceiptTerms} from "../../../contracts/warehouse/IWarehouseReceipts.sol";
import {LoanGhost, MOST_RECEIPTS, OrderGhost, ReceiptGhost} from "../Ghosts.sol";
import {Acts} from "../support/Acts.sol";

/// @title What warehouses and holders do with receipts
abstract contract ReceiptActs is Acts {
    uint256 private constant MOST_LIVE = 12;

    uint256 private _tickets;
    uint32 private _serials;

    function _issueReceipt() internal returns (bool) {
        if (_liveReceipts.count >= MOST_LIVE || _receiptCount >= MOST_RECEIPTS) return false;
        address warehouse = _oneOf(_warehouses);
        ReceiptTerms memory terms = ReceiptTerms({
            ticket: bytes32(_chance(4) ? _between(1, _tickets + 1) : ++_tickets),
            depositor: _oneOf(_cooperatives),
            item: _chance(80) ? bytes32("RICE") : bytes32("MAIZE"),
            unit: "KGM",
            lot: _chance(80) ? bytes32("2026-1") : bytes32("2026-2"),
            quantity: uint48(_chance(20) ? _between(1, 3000) : _between(100_000, 8_000_000)),
            lossAllowanceBps: _chance(80) ? 100 : 0,
            termsRoot: 0,
            order: 0,
            delivery: 0
        });
        return _weighIn(_keyOf(warehouse), terms);
    }

    /// @dev Goods that the buyer did not accept come back.
    function _returnGoods() internal returns (bool) {
        if (_receiptCount >= MOST_RECEIPTS) return false;
        (bool found, uint256 delivery) = _pick(_deliveryCount, _isReturnable);
        if (!found) return false;
        OrderGhost storage order = _order[_delivery[delivery].order];
        ReceiptTerms memory terms = ReceiptTerms({
            ticket: bytes32(++_tickets),
            depositor: _chance(4) ? _oneOf(_cooperatives) : order.terms.seller,
            item: _chance(4) ? bytes32("OATS") : order.terms.item,
            unit: "KGM",
            lot: "2026-1",
            quantity: uint48(_upTo(_returnable(delivery))),
            lossAllowanceBps: 100,
            termsRoot: 0,
            order: order.id,
            delivery: uint16(_delivery[delivery].number)
        });
        return _weighIn(_keyOf(_oneOf(_warehouses)), terms);
    }

    function _earmark() internal returns (bool) {
        if (_orderCount == 0) return false;
        (bool found, uint256 place) = _pickFrom(_liveReceipts, _receiptCount, _isFree);
        if (!found) return false;
        ReceiptGhost storage receipt = _receipt[place];
        uint256 order = _roll(_orderCount);
        for (uint256 i = 0; i < _orderCount && !_fits(receipt, order); ++i) order = (order + 1) % _orderCount;
        if (!_fits(receipt, order) && !_chance(10)) return false;
        bool wrong = _chance(2);
        address caller = _keyOf(receipt.holder);
        bytes4 refusal;
        if (!_is(caller, receipt.holder)) refusal = NotPermitted.selector;
        else if (receipt.order != 0) refusal = IWarehouseReceipts.AlreadyEarmarked.selector;
        else if (receipt.quantity == 0) refusal = InsufficientQuantity.selector;
        else if (!_fits(receipt, order) || wrong) refusal = WrongOrder.selector;
        bytes32 details = wrong ? bytes32("other terms") : _order[order].details;
        bytes memory data = abi.encodeCall(receipts.earmark, (receipt.id, _order[order].id, details));
        if (_as(caller, address(receipts), data, refusal)) {
            receipt.order = order + 1;
            _touchReceipt(place);
        }
        return true;
    }

    function _unearmark() internal returns (bool) {
        function(uint256) internal view returns (bool) fits = _chance(20) ? _isHeldByALateLoan : _isReleasable;
        (bool found, uint256 place) = _pickFrom(_liveReceipts, _receiptCount, fits);
        if (!found) return false;
        ReceiptGhost storage receipt = _receipt[place];
        address caller = _keyOf(receipt.holder);
        bytes4 refusal = _refusesUnearmark(caller, place);
        if (_as(caller, address(receipts), abi.encodeCall(receipts.unearmark, (receipt.id)), refusal)) {
            _touchReceipt(place);
            (receipt.order, receipt.consentRevision, receipt.consentQuantity) = (0, 0, 0);
        }
        return true;
    }

    function _consent() internal returns (bool) {
        (bool found, uint256 place) = _pickFrom(_liveReceipts, _receiptCount, _isEncumbered);
        if (!found) return false;
        ReceiptGhost storage receipt = _receipt[place];
        LoanGhost memory none;
        LoanGhost memory loan = receipt.order == 0 ? none : _loan[receipt.order - 1];
        address lender = loan.facility == 0 ? address(0) : _facility[loan.facility - 1].lender;
        address caller = _keyOf(lender == address(0) ? _lenders[0] : lender);
        bytes4 refusal;
        if (receipt.order == 0) refusal = IWarehouseReceipts.NotEarmarked.selector;
        else if (!_is(caller, lender)) refusal = NotPermitted.selector;
        if (_as(caller, address(receipts), abi.encodeCall(receipts.consentToRelease, (receipt.id)), refusal)) {
            (receipt.consentRevision, receipt.consentQuantity) = (loan.revision, receipt.quantity);
            _touchReceipt(place);
        }
        return true;
    }

    function _split() internal returns (bool) {
        if (_liveReceipts.count >= MOST_LIVE || _receiptCount >= MOST_RECEIPTS) return false;
        (bool found, uint256 place) = _pickFrom(_liveReceipts, _receiptCount, _isDivisible);
        if (!found) return false;
        ReceiptGhost storage receipt = _receipt[place];
        uint256 quantity = _upTo(receipt.quantity > 1 ? receipt.quantity - 1 : 1);
        uint32 serial = _chance(5) && _serials > 0 ? _serials : ++_serials;
        address caller = _keyOf(receipt.holder);
        bytes4 refusal = _refusesSplit(caller, place, quantity, serial);
        bytes memory data = abi.encodeCall(receipts.split, (receipt.id, uint48(quantity), serial));
        if (_as(caller, address(receipts), data, refusal)) _recordSplit(place, quantity, _childId(receipt.id, serial));
        return true;
    }

    function _merge() internal returns (bool) {
        (bool found, uint256 from) = _pickFrom(_liveReceipts, _receiptCount, _isAtRest);
        if (!found) return false;
        uint256 into = _roll(_receiptCount);
        for (uint256 i = 0; i < _liveReceipts.count && !_areAlike(from, into); ++i) into = _liveReceipts.list[i];
        if (!_areAlike(from, into) && !_chance(10)) return false;
        address caller = _keyOf(_receipt[from].holder);
        bytes4 refusal = _refusesMerge(caller, from, into);
        bytes memory data = abi.encodeCall(receipts.merge, (_receipt[from].id, _receipt[into].id));
        if (_as(caller, address(receipts), data, refusal)) {
            ReceiptGhost storage source = _receipt[from];
            ReceiptGhost storage target = _receipt[into];
            _setQuantity(into, target.quantity + source.quantity);
            _setQuantity(from, 0);
            target.weighed += source.weighed;
            target.lost += source.lost;
            (source.weighed, source.lost) = (0, 0);
            _touchReceipt(from);
            _touched.otherReceipt = into + 1;
        }
        return true;
    }

    function _withdraw() internal returns (bool) {
        (bool found, uint256 place) = _pickFrom(_liveReceipts, _receiptCount, _isWithdrawable);
        if (!found) return false;
        ReceiptGhost storage receipt = _receipt[place];
        uint256 quantity = _upTo(receipt.quantity);
        address caller = _keyOf(receipt.holder);
        bytes4 refusal;
        if (!_is(caller, receipt.holder)) refusal = NotPermitted.selector;
        else if (quantity == 0) refusal = ZeroAmount.selector;
        else if (_openFrom(place) != 0) refusal = InTransit.selector;
        else if (_isEncumbered(place)) refusal = Encumbered.selector;
        else if (quantity > receipt.quantity) refusal = InsufficientQuantity.selector;
        bytes memory data = abi.encodeCall(receipts.withdraw, (receipt.id, uint48(quantity)));
        if (_as(caller, address(receipts), data, refusal)) {
            _setQuantity(place, receipt.quantity - quantity);
            _warehouse[receipt.warehouse].withdrawn += quantity;
            _touchReceipt(place);
        }
        return true;
    }

    function _shrink() internal returns (bool) {
        (bool found, uint256 place) = _pickFrom(_liveReceipts, _receiptCount, _isLive);
        if (!found) return false;
        ReceiptGhost storage receipt = _receipt[place];
        uint256 quantity = _chance(80) ? _upTo(receipt.quantity / 50 + 1) : _upTo(receipt.quantity);
        address caller = _keyOf(receipt.warehouse);
        bytes4 refusal;
        if (!_is(caller, receipt.warehouse)) refusal = NotPermitted.selector;
        else if (quantity == 0) refusal = ZeroAmount.selector;
        else if (quantity > receipt.quantity) refusal = InsufficientQuantity.selector;
        bytes memory data = abi.encodeCall(receipts.shrink, (receipt.id, uint48(quantity)));
        if (_as(caller, address(receipts), data, refusal)) {
            _setQuantity(place, receipt.quantity - quantity);
            receipt.lost += quantity;
            _warehouse[receipt.warehouse].lost += quantity;
            _touchReceipt(place);
        }
        return true;
    }

    /// @dev A free receipt is passed on to another party, mostly one that sells.
    function _endorse() internal returns (bool) {
        (bool found, uint256 place) = _pickFrom(_liveReceipts, _receiptCount, _isFree);
        if (!found) return false;
        ReceiptGhost storage receipt = _receipt[place];
        address to = receipt.holder == _cooperatives[0] ? _cooperatives[1] : _cooperatives[0];
        if (_chance(10)) to = _chance(50) ? _anybody() : _oneOf(_lenders);
        address caller = _keyOf(receipt.holder);
        bytes4 refusal;
        if (!_is(caller, receipt.holder)) refusal = NotPermitted.selector;
        else if (receipt.order != 0) refusal = IWarehouseReceipts.AlreadyEarmarked.selector;
        else if (_openFrom(place) != 0) refusal = InTransit.selector;
        else if (receipt.quantity == 0) refusal = InsufficientQuantity.selector;
        else if (_party[to].key == address(0) || to == receipt.holder) {
            refusal = IWarehouseReceipts.UnknownEndorsee.selector;
        }
        if (_as(caller, address(receipts), abi.encodeCall(receipts.endorse, (receipt.id, to)), refusal)) {
            receipt.holder = to;
            _touchReceipt(place);
        }
        return true;
    }

    function _weighIn(address caller, ReceiptTerms memory terms) private returns (bool) {
        address warehouse = _partyOf[caller];
        uint256 id = uint256(keccak256(abi.encode(bytes32("sheaf.warehouse-receipt"), warehouse, terms.ticket)));
        bytes4 refusal = _refusesIssue(caller, id, terms);
        bytes32 details = terms.order == 0 ? bytes32(0) : _order[_placeOf[terms.order] - 1].details;
        if (!_as(caller, address(receipts), abi.encodeCall(receipts.issue, (terms, details)), refusal)) return true;
        _receipt[_receiptCount++] = ReceiptGhost({
            id: id,
            holder: terms.depositor,
            warehouse: warehouse,
            goods: bytes16(keccak256(abi.encode(terms.item, terms.unit))),
            lot: terms.lot,
            allowanceBps: terms.lossAllowanceBps,
            quantity: 0,
            weighed: terms.quantity,
            lost: 0,
            order: terms.order == 0 ? 0 : _placeOf[terms.order],
            consentRevision: 0,
            consentQuantity: 0
        });
        _placeOf[id] = _receiptCount;
        _setQuantity(_receiptCount - 1, terms.quantity);
        _warehouse[warehouse].weighed += terms.quantity;
        _touchReceipt(_receiptCount - 1);
        if (terms.order != 0) {
            uint256 delivery = _deliveriesOf[_placeOf[terms.order] - 1].list[terms.delivery - 1];
            _delivery[delivery].returned += terms.quantity;
            _touched.delivery = delivery + 1;
        }
        return true;
    }

    function _recordSplit(uint256 place, uint256 quantity, uint256 child) private {
        ReceiptGhost storage parent = _receipt[place];
        uint256 weighed = (parent.weighed * quantity) / parent.quantity;
        uint256 lost = (parent.lost * quantity) / parent.quantity;
        _setQuantity(place, parent.quantity - quantity);
        parent.weighed -= weighed;
        parent.lost -= lost;
        _receipt[_receiptCount++] = parent;
        ReceiptGhost storage receipt = _receipt[_receiptCount - 1];
        receipt.id = child;
        (receipt.quantity, receipt.weighed, receipt.lost) = (0, weighed, lost);
        _setQuantity(_receiptCount - 1, quantity);
        (receipt.consentRevision, receipt.consentQuantity) = (0, 0);
        _placeOf[child] = _receiptCount;
        _touchReceipt(place);
        _touched.otherReceipt = _receiptCount;
    }

    function _touchReceipt(uint256 place) private {
        _touched.receipt = place + 1;
        _touched.order = _receipt[place].order;
        _touched.warehouse = _receipt[place].warehouse;
    }

    function _refusesIssue(address caller, uint256 id, ReceiptTerms memory terms) private view returns (bytes4) {
        bytes4 refusal = _refusesOriginator(caller, ROLE_WAREHOUSE);
        if (refusal != 0) return refusal;
        if (terms.quantity == 0) return ZeroAmount.selector;
        if (_placeOf[id] != 0) return AlreadyExists.selector;
        if (terms.order != 0) {
            uint256 order = _placeOf[terms.order] - 1;
            uint256 delivery = _deliveriesOf[order].list[terms.delivery - 1];
            if (terms.quantity > _returnable(delivery)) return InsufficientQuantity.selector;
            bytes16 goods = bytes16(keccak256(abi.encode(terms.item, terms.unit)));
            bool same = terms.depositor == _order[order].terms.seller && goods == _order[order].goods;
            if (!same) return WrongOrder.selector;
        }
        address warehouse = _partyOf[caller];
        uint256 free = _minus(_warehouse[warehouse].capacity, _usedOf(warehouse));
        return terms.quantity > free ? IWarehouseReceipts.CapacityExceeded.selector : bytes4(0);
    }

    function _refusesUnearmark(address caller, uint256 place) private view returns (bytes4) {
        ReceiptGhost storage receipt = _receipt[place];
        if (!_is(caller, receipt.holder)) return NotPermitted.selector;
        if (receipt.order == 0) return IWarehouseReceipts.NotEarmarked.selector;
        if (_openFrom(place) != 0) return InTransit.selector;
        uint256 order = receipt.order - 1;
        bool consented =
            receipt.consentRevision == _loan[order].revision && receipt.quantity <= receipt.consentQuantity;
        if (!consented && !_carriesWithout(order, receipt.quantity)) return Encumbered.selector;
        return 0;
    }

    function _refusesSplit(
        address caller,
        uint256 place,
        uint256 quantity,
        uint32 serial
    ) private view returns (bytes4) {
        ReceiptGhost storage receipt = _receipt[place];
        if (!_is(caller, receipt.holder)) return NotPermitted.selector;
        if (quantity == 0) return ZeroAmount.selector;
        if (_openFrom(place) != 0) return InTransit.selector;
        if (quantity >= receipt.quantity) return InsufficientQuantity.selector;
        if (_placeOf[_childId(receipt.id, serial)] != 0) return AlreadyExists.selector;
        return 0;
    }

    function _refusesMerge(address caller, uint256 from, uint256 into) private view returns (bytes4) {
        ReceiptGhost storage source = _receipt[from];
        ReceiptGhost storage target = _receipt[into];
        if (!_is(caller, source.holder) || !_is(caller, target.holder)) return NotPermitted.selector;
        if (from == into) return IWarehouseReceipts.SameReceipt.selector;
        if (_openFrom(from) != 0 || _openFrom(into) != 0) return InTransit.selector;
        if (source.order != target.order) return IWarehouseReceipts.RootsDiffer.selector;
        if (source.quantity == 0) return InsufficientQuantity.selector;
        return _areAlike(from, into) ? bytes4(0) : IWarehouseReceipts.ReceiptsDiffer.selector;
    }

    function _isLive(uint256 place) private view returns (bool) {
        return _receipt[place].quantity != 0;
    }

    function _isFree(uint256 place) private view returns (bool) {
        return _isLive(place) && _receipt[place].order == 0;
    }

    function _isAtRest(uint256 place) private view returns (bool) {
        return _isLive(place) && _openFrom(place) == 0;
    }

    function _isDivisible(uint256 place) private view returns (bool) {
        return _receipt[place].quantity > 1 && _openFrom(place) == 0;
    }

    function _isEncumbered(uint256 place) private view returns (bool) {
        return _receipt[place].order != 0 && _loan[_receipt[place].order - 1].facility != 0;
    }

    function _isWithdrawable(uint256 place) private view returns (bool) {
        return _isAtRest(place) && !_isEncumbered(place);
    }

    function _isReleasable(uint256 place) private view returns (bool) {
        ReceiptGhost storage receipt = _receipt[place];
        return receipt.order != 0 && _refusesUnearmark(_party[receipt.holder].key, place) == 0;
    }

    /// @dev Only that the loan is late stands in the way: the base would carry it without these goods.
    function _isHeldByALateLoan(uint256 place) private view returns (bool) {
        if (!_isEncumbered(place)) return false;
        uint256 order = _receipt[place].order - 1;
        if (!_isLate(order)) return false;
        uint256 base = _baseWithout(order, _loan[order].facility - 1, _receipt[place].quantity);
        return base >= _loan[order].principal + _interestOf(order);
    }

    function _isReturnable(uint256 delivery) private view returns (bool) {
        return _returnable(delivery) != 0;
    }

    function _fits(ReceiptGhost storage receipt, uint256 order) private view returns (bool) {
        OrderGhost storage candidate = _order[order];
        return
            _statusOf(order) == OrderStatus.Accepted &&
            candidate.terms.seller == receipt.holder &&
            candidate.goods == receipt.goods;
    }

    function _areAlike(uint256 a, uint256 b) private view returns (bool) {
        (ReceiptGhost storage one, ReceiptGhost storage other) = (_receipt[a], _receipt[b]);
        return
            a != b &&
            one.order == other.order &&
            one.holder == other.holder &&
            one.warehouse == other.warehouse &&
            one.allowanceBps == other.allowanceBps &&
            one.goods == other.goods &&
            one.lot == other.lot;
    }

    function _childId(uint256 parent, uint32 serial) private pure returns (uint256) {
        return uint256(keccak256(abi.encode(bytes32("sheaf.warehouse-receipt"), parent, serial)));
    }
}
