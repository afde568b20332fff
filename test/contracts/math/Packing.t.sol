// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AgreementPacking} from "../../../contracts/facility/AgreementPacking.sol";
import {Agreement, FacilityStatus} from "../../../contracts/facility/IFacilities.sol";
import {Loan} from "../../../contracts/lien/ILiens.sol";
import {LoanPacking} from "../../../contracts/lien/LoanPacking.sol";
import {Order, OrderStatus} from "../../../contracts/order/IPurchaseOrders.sol";
import {OrderPacking} from "../../../contracts/order/OrderPacking.sol";
import {Debt, DebtPacking} from "../../../contracts/receivable/DebtPacking.sol";
import {Property} from "../../support/solidity/Property.sol";

/// @title What was packed into words comes out of them as it was
contract PackingTest is Property {
    error NotTheSame(bytes actual, bytes expected);

    function testFuzz_anOrderComesOutAsItWentIn(uint256 agreed, uint240 counters, uint8 status) external pure {
        OrderStatus stored = OrderStatus(within(status, uint8(type(OrderStatus).max)));
        if (stored == OrderStatus.Fulfilled) stored = OrderStatus.Accepted;
        agreed = (agreed & ~(uint256(0xff) << 152)) | (uint256(stored) << 152);
        Order memory order = OrderPacking.unpack(agreed, counters);
        equal(OrderPacking.packAgreed(order) ^ agreed, 0);
        equal(OrderPacking.packCounters(order) ^ counters, 0);
    }

    function testFuzz_anAcceptedOrderIsFulfilledWhenNothingIsLeft(uint48 quantity, uint48 accepted) external pure {
        Order memory order;
        (order.status, order.quantity, order.accepted) = (OrderStatus.Accepted, quantity, accepted);
        order = OrderPacking.unpack(OrderPacking.packAgreed(order), OrderPacking.packCounters(order));
        OrderStatus status = accepted == quantity ? OrderStatus.Fulfilled : OrderStatus.Accepted;
        equal(uint256(order.status), uint256(status));
        order.accepted = quantity;
        order = OrderPacking.unpack(OrderPacking.packAgreed(order), OrderPacking.packCounters(order));
        equal(uint256(order.status), uint256(OrderStatus.Fulfilled));
    }

    function testFuzz_aLoanComesOutAsItWentIn(Loan memory loan) external pure {
        bytes memory back = abi.encode(LoanPacking.unpack(LoanPacking.pack(loan)));
        require(keccak256(back) == keccak256(abi.encode(loan)), NotTheSame(back, abi.encode(loan)));
    }

    function testFuzz_aFacilityComesOutAsItWentIn(uint256 agreed, uint208 running, uint8 status) external pure {
        running = ((running >> 8) << 8) | uint208(within(status, uint8(type(FacilityStatus).max)));
        Agreement memory facility = AgreementPacking.unpack(agreed, running);
        equal(AgreementPacking.packAgreed(facility) ^ agreed, 0);
        equal(AgreementPacking.packRunning(facility) ^ running, 0);
    }

    function testFuzz_aDebtComesOutAsItWentIn(Debt memory debt) external pure {
        bytes memory back = abi.encode(DebtPacking.unpack(DebtPacking.pack(debt)));
        require(keccak256(back) == keccak256(abi.encode(debt)), NotTheSame(back, abi.encode(debt)));
    }
}
