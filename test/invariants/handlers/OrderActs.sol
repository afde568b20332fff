// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AlreadyExists, Encumbered, StaleState, WrongOrder} from "../../../contracts/claim/IClaim.sol";
import {IPurchaseOrders, OrderStatus, OrderTerms} from "../../../contracts/order/IPurchaseOrders.sol";
import {NotPermitted, ROLE_ARBITER, ROLE_BUYER, ROLE_COOPERATIVE} from "../../../contracts/party/IParties.sol";
import {LoanGhost, MOST_ORDERS, OrderGhost} from "../Ghosts.sol";
import {Signing} from "../support/Signing.sol";

/// @title What buyers and cooperatives do with orders
abstract contract OrderActs is Signing {
    uint256 private constant MOST_OPEN = 6;
    bytes32 private constant ACCEPTANCE = keccak256("Acceptance(bytes32 termsHash,uint256 nonce,uint40 deadline)");

    uint256 private _numbers;

    function _issueOrder() internal returns (bool) {
        if (_openOrders() >= MOST_OPEN || _orderCount >= MOST_ORDERS) return false;
        address buyer = _oneOf(_buyers);
        address caller = _keyOf(buyer);
        (OrderTerms memory terms, bytes4 wrong) = _someTerms(buyer);
        bytes4 refusal = _refusesOriginator(caller, ROLE_BUYER);
        buyer = _partyOf[caller];
        if (refusal == 0) refusal = _refusesTerms(buyer, terms, wrong);
        if (_as(caller, address(orders), abi.encodeCall(orders.issue, (terms)), refusal)) _recordOrder(buyer, terms);
        return true;
    }

    /// @dev Two lines of a document, all or none; seldom the same line twice.
    function _issueManyOrders() internal returns (bool) {
        if (_openOrders() + 1 >= MOST_OPEN || _orderCount + 1 >= MOST_ORDERS) return false;
        address buyer = _oneOf(_buyers);
        address caller = _keyOf(buyer);
        OrderTerms[] memory lines = new OrderTerms[](2);
        bytes4 wrong;
        (lines[0], wrong) = _someTerms(buyer);
        bytes4 refusal = _refusesOriginator(caller, ROLE_BUYER);
        buyer = _partyOf[caller];
        if (refusal == 0) refusal = _refusesTerms(buyer, lines[0], wrong);
        (lines[1], wrong) = _someTerms(buyer);
        (lines[1].number, lines[1].line) = (lines[0].number, lines[0].line + (_chance(90) ? 1 : 0));
        if (refusal == 0 && lines[1].line == lines[0].line) refusal = AlreadyExists.selector;
        if (refusal == 0) refusal = _refusesTerms(buyer, lines[1], wrong);
        if (_as(caller, address(orders), abi.encodeCall(orders.issueMany, (lines)), refusal)) {
            _recordOrder(buyer, lines[0]);
            _recordOrder(buyer, lines[1]);
        }
        return true;
    }

    /// @dev The buyer hands in the seller's signed acceptance together with the order.
    function _issueAcceptedOrder() internal returns (bool) {
        if (_openOrders() >= MOST_OPEN || _orderCount >= MOST_ORDERS) return false;
        address buyer = _oneOf(_buyers);
        address caller = _keyOf(buyer);
        (OrderTerms memory terms, bytes4 wrong) = _someTerms(buyer);
        bytes4 refusal = _refusesOriginator(caller, ROLE_BUYER);
        buyer = _partyOf[caller];
        if (refusal == 0) refusal = _refusesTerms(buyer, terms, wrong);
        Word memory word = _someWord(address(orders), terms.seller);
        bytes32 termsHash = _termsHash(_goods(terms), _details(buyer, terms));
        _sign(word, keccak256(abi.encode(ACCEPTANCE, termsHash, word.nonce, word.deadline)));
        if (refusal == 0) refusal = word.refusal;
        bytes memory data = abi.encodeCall(orders.issueAccepted, (terms, word.nonce, word.deadline, word.signature));
        if (_as(caller, address(orders), data, refusal)) {
            _recordOrder(buyer, terms);
            _order[_touched.order - 1].status = OrderStatus.Accepted;
            _use(word);
            _perhapsTwice(caller, address(orders), data, AlreadyExists.selector);
        }
        return true;
    }

    function _acceptOrder() internal returns (bool) {
        (bool found, uint256 place) = _pick(_orderCount, _isIssued);
        if (!found) return false;
        OrderGhost storage order = _order[place];
        bytes32 termsHash = _termsHash(order.goods, order.details);
        bytes32 named = _chance(4) ? keccak256("other terms") : termsHash;
        address caller = _keyOf(order.terms.seller);
        bytes4 refusal = _refusesOriginator(caller, ROLE_COOPERATIVE);
        if (refusal == 0 && (order.status == OrderStatus.None || !_is(caller, order.terms.seller))) {
            refusal = NotPermitted.selector;
        }
        if (refusal == 0 && order.status != OrderStatus.Issued) refusal = WrongOrder.selector;
        if (refusal == 0 && named != termsHash) refusal = StaleState.selector;
        if (_as(caller, address(orders), abi.encodeCall(orders.accept, (order.id, named)), refusal)) {
            order.status = OrderStatus.Accepted;
            _touched.order = place + 1;
        }
        return true;
    }

    function _cancelOrder() internal returns (bool) {
        (bool found, uint256 place) = _pick(_orderCount, _isCancellable);
        if (!found) return false;
        OrderGhost storage order = _order[place];
        address side = _chance(50) ? order.buyer : order.terms.seller;
        // Who was asked mostly answers.
        if (order.cancelAskedBy == side && _chance(80)) side = side == order.buyer ? order.terms.seller : order.buyer;
        address caller = _keyOf(side);
        bytes4 refusal = _refusesCancel(caller, place);
        if (_as(caller, address(orders), abi.encodeCall(orders.cancel, (order.id)), refusal)) {
            _recordCancel(_partyOf[caller], place);
        }
        return true;
    }

    function _lapseOrder() internal returns (bool) {
        (bool found, uint256 place) = _pick(_orderCount, _isLapsable);
        return found && _lapse(place);
    }

    function _lapse(uint256 place) internal returns (bool) {
        OrderGhost storage order = _order[place];
        address caller = _keyOf(order.buyer);
        bytes4 refusal = _refusesLapse(caller, place);
        if (_as(caller, address(orders), abi.encodeCall(orders.lapse, (order.id)), refusal)) {
            order.status = OrderStatus.Lapsed;
            order.quantity = order.accepted + order.pending;
            LoanGhost storage loan = _loan[place];
            if (loan.facility != 0 && loan.maturityDay > _today() + 10) {
                loan.maturityDay = _today() + 10;
                ++loan.revision;
            }
            _touched.order = place + 1;
        }
        return true;
    }

    function _someTerms(address buyer) private returns (OrderTerms memory terms, bytes4 wrong) {
        // Small odd numbers are where rounding shows.
        bool small = _chance(25);
        terms = OrderTerms({
            number: bytes32(_chance(8) ? _between(1, _numbers + 1) : ++_numbers),
            line: 1,
            seller: _oneOf(_cooperatives),
            arbiter: _oneOf(_arbiters),
            currency: _chance(70) ? address(deposits) : address(hostile),
            item: _chance(80) ? bytes32("RICE") : bytes32("MAIZE"),
            unit: "KGM",
            quantity: uint48(small ? _between(1, 5000) : _between(100_000, 10_000_000)),
            unitPrice: uint48(small ? _between(50_000, 300_000) : _between(10_000, 1_000_000)),
            deliverBy: uint40(_time + _between(5 days, 240 days)),
            paymentDays: uint16(_chance(40) ? 0 : _between(1, 60)),
            inspectionDays: uint16(_between(1, 10)),
            termsRoot: bytes32(_roll(1000))
        });
        if (!_chance(4)) return (terms, 0);
        wrong = IPurchaseOrders.InvalidTerm.selector;
        uint256 kind = _roll(7);
        if (kind == 0) terms.seller = buyer;
        if (kind == 1) terms.arbiter = terms.seller;
        if (kind == 2) terms.currency = address(this);
        if (kind == 3) terms.quantity = 0;
        if (kind == 4) terms.unitPrice = 0;
        if (kind == 5) terms.paymentDays = 366;
        if (kind == 6) terms.inspectionDays = 0;
    }

    function _refusesTerms(address buyer, OrderTerms memory terms, bytes4 wrong) private view returns (bytes4) {
        uint256 place = _placeOf[_orderId(buyer, terms)];
        if (place != 0 && _order[place - 1].status != OrderStatus.None) return AlreadyExists.selector;
        bool able = _mayBe(terms.seller, ROLE_COOPERATIVE) && _mayBe(terms.arbiter, ROLE_ARBITER);
        return able ? wrong : IPurchaseOrders.InvalidTerm.selector;
    }

    function _mayBe(address party, uint16 role) private view returns (bool) {
        return _party[party].roles & role != 0 && !_party[party].suspended;
    }

    function _refusesCancel(address caller, uint256 place) private view returns (bytes4) {
        OrderGhost storage order = _order[place];
        if (order.status == OrderStatus.None) return NotPermitted.selector;
        if (!_is(caller, order.buyer) && !_is(caller, order.terms.seller)) return NotPermitted.selector;
        if (order.status == OrderStatus.Issued) return 0;
        if (_statusOf(place) != OrderStatus.Accepted) return WrongOrder.selector;
        if (_loan[place].facility != 0) return Encumbered.selector;
        if (order.pending != 0) return IPurchaseOrders.DeliveryOpen.selector;
        return 0;
    }

    function _refusesLapse(address caller, uint256 place) private view returns (bytes4) {
        OrderGhost storage order = _order[place];
        if (order.status == OrderStatus.None || !_is(caller, order.buyer)) return NotPermitted.selector;
        if (_statusOf(place) != OrderStatus.Accepted) return WrongOrder.selector;
        if (_time <= order.terms.deliverBy + 30 days) return IPurchaseOrders.NotLapsable.selector;
        return 0;
    }

    function _recordOrder(address buyer, OrderTerms memory terms) private {
        uint256 id = _orderId(buyer, terms);
        uint256 place = _placeOf[id];
        if (place == 0) {
            place = _placeOf[id] = ++_orderCount;
        }
        OrderGhost storage order = _order[place - 1];
        order.id = id;
        order.buyer = buyer;
        order.terms = terms;
        order.goods = _goods(terms);
        order.details = _details(buyer, terms);
        order.status = OrderStatus.Issued;
        order.quantity = terms.quantity;
        _touched.order = place;
    }

    function _recordCancel(address by, uint256 place) private {
        OrderGhost storage order = _order[place];
        _touched.order = place + 1;
        if (order.status == OrderStatus.Issued) {
            order.status = OrderStatus.None;
            return;
        }
        (uint256 made, uint256 revision) = (_deliveriesOf[place].count, _loan[place].revision);
        bool stands = order.cancelDeliveries == made && order.cancelRevision == revision;
        if (order.cancelAskedBy != address(0) && order.cancelAskedBy != by && stands) {
            order.status = OrderStatus.Cancelled;
            order.quantity = order.accepted;
            order.cancelAskedBy = address(0);
        } else {
            (order.cancelAskedBy, order.cancelDeliveries, order.cancelRevision) = (by, made, revision);
        }
    }

    function _openOrders() private view returns (uint256 count) {
        for (uint256 i = 0; i < _orderCount; ++i) {
            OrderStatus status = _statusOf(i);
            if (status == OrderStatus.Issued) ++count;
            if (status == OrderStatus.Accepted && _time <= _order[i].terms.deliverBy) ++count;
        }
    }

    function _isIssued(uint256 place) private view returns (bool) {
        return _order[place].status == OrderStatus.Issued;
    }

    function _isCancellable(uint256 place) private view returns (bool) {
        OrderStatus status = _statusOf(place);
        if (status == OrderStatus.Issued) return true;
        return status == OrderStatus.Accepted && _loan[place].facility == 0 && _order[place].pending == 0;
    }

    function _isLapsable(uint256 place) private view returns (bool) {
        return _statusOf(place) == OrderStatus.Accepted && _time > _order[place].terms.deliverBy + 30 days;
    }

    function _orderId(address buyer, OrderTerms memory terms) private pure returns (uint256) {
        return uint256(keccak256(abi.encode(bytes32("sheaf.purchase-order"), buyer, terms.number, terms.line)));
    }

    function _goods(OrderTerms memory terms) private pure returns (bytes16) {
        return bytes16(keccak256(abi.encode(terms.item, terms.unit)));
    }

    function _details(address buyer, OrderTerms memory terms) private pure returns (bytes32) {
        return keccak256(abi.encode(buyer, terms));
    }

    function _termsHash(bytes16 goods, bytes32 details) private pure returns (bytes32) {
        return keccak256(abi.encode(goods, details));
    }
}
