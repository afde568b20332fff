// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {PaymentTerm} from "../../../contracts/math/PaymentTerm.sol";
import {Property} from "../../support/solidity/Property.sol";

/// @title How long a receivable has
contract PaymentTermTest is Property {
    function testFuzz_aWordHasTheTermOfTheOrder(uint16 paymentDays) external pure {
        equal(PaymentTerm.daysToDue(paymentDays, false), paymentDays);
    }

    function testFuzz_silenceHasAWeekAtLeast(uint16 paymentDays) external pure {
        equal(PaymentTerm.daysToDue(paymentDays, true), paymentDays < 7 ? 7 : paymentDays);
        equal(PaymentTerm.daysToDue(paymentDays % 7, true), 7);
    }
}
