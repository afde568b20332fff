// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {ILiens, Loan} from "../lien/ILiens.sol";
import {LoanPacking} from "../lien/LoanPacking.sol";
import {Calendar} from "../math/Calendar.sol";
import {IPurchaseOrders, Order} from "../order/IPurchaseOrders.sol";
import {OrderPacking} from "../order/OrderPacking.sol";
import {IParties, PartySuspended, ROLE_COOPERATIVE} from "../party/IParties.sol";
import {Peers} from "../Peers.sol";
import {AgreementPacking} from "./AgreementPacking.sol";
import {Drawing} from "./Drawing.sol";
import {Agreement, IFacilities} from "./IFacilities.sol";
import {IQuotes} from "./IQuotes.sol";

/// @dev The interface `IQuotes` is its documentation.
contract Quotes is IQuotes {
    IParties private immutable PARTIES;
    IPurchaseOrders private immutable ORDERS;
    ILiens private immutable LIENS;
    IFacilities private immutable FACILITIES;
    int32 private immutable UTC_OFFSET;

    constructor(Peers memory peers, int32 utcOffset) {
        PARTIES = peers.parties;
        ORDERS = peers.orders;
        LIENS = peers.liens;
        FACILITIES = peers.facilities;
        UTC_OFFSET = utcOffset;
    }

    function borrowingBase(uint256 facility, uint256 root) external view returns (uint64) {
        return SafeCast.toUint64(Drawing.base(OrderPacking.load(ORDERS, root), _agreement(facility)));
    }

    function headroom(uint256 id, uint256 root) external view returns (uint64) {
        Agreement memory facility = _agreement(id);
        (, address key, ) = PARTIES.signatoryOf(facility.borrower);
        PARTIES.requireOriginator(key, ROLE_COOPERATIVE);
        (address lender, , bool suspended) = PARTIES.signatoryOf(facility.lender);
        require(!suspended, PartySuspended(lender));
        Loan memory loan = LoanPacking.load(LIENS, root);
        Order memory order = OrderPacking.load(ORDERS, root);
        Drawing.requireDrawable(id, facility, root, order, loan, _today());
        uint256 room = Math.min(Drawing.limitRoom(facility), Drawing.baseRoom(facility, order, loan));
        return SafeCast.toUint64(room);
    }

    function available(uint256 facility, uint256 root) external view returns (uint64) {
        try this.headroom(facility, root) returns (uint64 room) {
            return room;
        } catch {
            return 0;
        }
    }

    function interestDue(uint256 root) external view returns (uint64) {
        Loan memory loan = LoanPacking.load(LIENS, root);
        Agreement memory facility = _agreement(FACILITIES.idOf(loan.facility));
        return SafeCast.toUint64(Drawing.accrue(loan, facility, _today()));
    }

    function _agreement(uint256 id) private view returns (Agreement memory) {
        (uint256 agreed, uint256 running) = FACILITIES.packedAgreement(id);
        return AgreementPacking.unpack(agreed, running);
    }

    function _today() private view returns (uint16) {
        return Calendar.dayOf(block.timestamp, UTC_OFFSET);
    }
}
