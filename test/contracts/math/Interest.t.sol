// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Interest} from "../../../contracts/math/Interest.sol";
import {Property} from "../../support/solidity/Property.sol";

/// @title Interest by actual days: exact until it is asked for
contract InterestTest is Property {
    struct Terms {
        uint16 maturity;
        uint16 rate;
        uint16 penalty;
    }

    function testFuzz_twoPeriodsAreOne(
        int96 numerator,
        uint64 principal,
        uint16[3] calldata days_,
        Terms calldata terms
    ) external pure {
        (uint256 from, uint256 between, uint256 to) = ascending(days_[0], days_[1], days_[2]);
        int256 half = _accrue(numerator, principal, from, between, terms);
        equal(_accrue(half, principal, between, to, terms), _accrue(numerator, principal, from, to, terms));
    }

    function testFuzz_twoPartsOfThePrincipalAreOne(
        uint64[2] calldata parts,
        uint16[3] calldata days_,
        Terms calldata terms
    ) external pure {
        (uint256 from, , uint256 to) = ascending(days_[0], days_[1], days_[2]);
        int256 first = _accrue(0, parts[0], from, to, terms);
        equal(_accrue(first, parts[1], from, to, terms), _accrue(0, uint256(parts[0]) + parts[1], from, to, terms));
    }

    function testFuzz_theMaturityDayStillBearsTheRateAndTheNextThePenalty(
        int96 numerator,
        uint64 principal,
        uint16[3] calldata days_,
        uint16 rate,
        uint16 penalty
    ) external pure {
        (uint256 from, uint256 maturity, uint256 to) = ascending(days_[0], days_[1], days_[2]);
        uint256 bpsDays = (maturity - from) * rate + (to - maturity) * penalty;
        int256 expected = numerator + int256(principal * bpsDays);
        equal(Interest.accrue(numerator, principal, from, to, maturity, rate, penalty), expected);
    }

    function testFuzz_beforeMaturityThereIsNoPenaltyAndAfterItNothingElse(
        uint64 principal,
        uint16[3] calldata days_,
        uint16 rate,
        uint16 penalty
    ) external pure {
        (uint256 a, uint256 b, uint256 c) = ascending(days_[0], days_[1], days_[2]);
        equal(Interest.accrue(0, principal, a, b, c, rate, penalty), int256(principal * (b - a) * rate));
        equal(Interest.accrue(0, principal, b, c, a, rate, penalty), int256(principal * (c - b) * penalty));
    }

    function testFuzz_noDayBearsNothing(
        int96 numerator,
        uint64 principal,
        uint16 day,
        Terms calldata terms
    ) external pure {
        equal(_accrue(numerator, principal, day, day, terms), numerator);
    }

    /// @notice −½ ≤ exact − due < ½
    function testFuzz_dueIsTheNearestMinorUnit(int96 numerator, uint16 dayBasis) external pure {
        if (numerator < 0) numerator = -(numerator + 1);
        int256 unit = _unit(dayBasis);
        int256 due = int256(Interest.dueHalfUp(numerator, uint256(dayBasis) + 1));
        int256 rest = numerator - due * unit;
        atMost(-unit / 2, rest);
        atMost(rest, unit / 2 - 1);
    }

    function testFuzz_halfAMinorUnitIsDue(uint32 whole, uint16 dayBasis) external pure {
        int256 half = int256(uint256(whole)) * _unit(dayBasis) + _unit(dayBasis) / 2;
        equal(Interest.dueHalfUp(half, uint256(dayBasis) + 1), uint256(whole) + 1);
        equal(Interest.dueHalfUp(half - 1, uint256(dayBasis) + 1), whole);
    }

    function testFuzz_nothingIsDueOnWhatWasOverpaid(uint96 overpaid, uint16 dayBasis) external pure {
        equal(Interest.dueHalfUp(-int256(uint256(overpaid)), uint256(dayBasis) + 1), 0);
    }

    function testFuzz_payingWhatIsDueLeavesHalfAMinorUnitAtMost(int96 numerator, uint16 dayBasis) external pure {
        uint256 basis = uint256(dayBasis) + 1;
        uint256 due = Interest.dueHalfUp(numerator, basis);
        int256 rest = Interest.afterPayment(numerator, due, basis);
        equal(rest, numerator - int256(due) * _unit(dayBasis));
        equal(Interest.dueHalfUp(rest, basis), 0);
    }

    function testFuzz_twoPaymentsAreOne(int96 numerator, uint64 a, uint64 b, uint16 dayBasis) external pure {
        int256 first = Interest.afterPayment(numerator, a, dayBasis);
        int256 both = Interest.afterPayment(numerator, uint256(a) + b, dayBasis);
        equal(Interest.afterPayment(first, b, dayBasis), both);
    }

    function _accrue(
        int256 numerator,
        uint256 principal,
        uint256 from,
        uint256 to,
        Terms calldata terms
    ) private pure returns (int256) {
        return Interest.accrue(numerator, principal, from, to, terms.maturity, terms.rate, terms.penalty);
    }

    /// @dev What the numerator counts for one minor unit; the basis is never 0.
    function _unit(uint16 dayBasis) private pure returns (int256) {
        return 10_000 * (int256(uint256(dayBasis)) + 1);
    }
}
