// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Waterfall} from "../../../contracts/math/Waterfall.sol";
import {Property} from "../../support/solidity/Property.sol";

/// @title How a payment is split
contract WaterfallTest is Property {
    struct Payment {
        uint64 amount;
        uint64 interest;
        uint64 principal;
        uint64 base;
        uint16 sweep;
        bool lenderFirst;
    }

    /// @notice What the lender does not get is left for the holder, and nobody gets more than is owed to it.
    function testFuzz_theLenderGetsNoMoreThanIsPaidOrOwed(Payment memory p) external pure {
        p.sweep = _sweep(p.sweep);
        uint256 toLender = _toLender(p);
        atMost(toLender, p.amount);
        uint256 toHolder = p.amount - toLender;
        equal(toLender + toHolder, p.amount);
        uint256 toInterest = toLender < p.interest ? toLender : p.interest;
        uint256 toPrincipal = toLender - toInterest;
        atMost(toPrincipal, p.principal);
        equal(toInterest + toPrincipal, toLender);
    }

    /// @notice Afterwards the base carries the principal and no interest is due, unless all of the payment went there.
    function testFuzz_theHolderIsPaidOnceTheBaseCarriesTheLoan(Payment memory p) external pure {
        p.sweep = _sweep(p.sweep);
        uint256 toLender = _toLender(p);
        if (toLender == p.amount) return;
        atMost(p.interest, toLender);
        atMost(p.principal, p.base + (toLender - p.interest));
    }

    function testFuzz_withoutASweepTheLenderGetsInterestAndShortfall(Payment memory p) external pure {
        (p.sweep, p.lenderFirst) = (0, false);
        uint256 turn = uint256(p.interest) + (p.principal > p.base ? p.principal - p.base : 0);
        equal(_toLender(p), turn < p.amount ? turn : p.amount);
    }

    function testFuzz_theSweepIsRoundedDownAndNeverMoreThanTheDebt(Payment memory p) external pure {
        p.sweep = _sweep(p.sweep);
        (p.lenderFirst, p.interest, p.base) = (false, 0, p.principal);
        uint256 exact = uint256(p.amount) * p.sweep;
        uint256 toLender = _toLender(p);
        atMost(toLender * 1e4, exact);
        if (toLender < p.principal) atMost(exact, toLender * 1e4 + 1e4 - 1);
    }

    function testFuzz_theLenderFirstGetsAllThatIsOwed(Payment memory p) external pure {
        p.lenderFirst = true;
        uint256 debt = uint256(p.interest) + p.principal;
        equal(_toLender(p), debt < p.amount ? debt : p.amount);
    }

    function testFuzz_aFullSweepIsTheLenderFirst(Payment memory p) external pure {
        (p.sweep, p.lenderFirst) = (10_000, false);
        uint256 swept = _toLender(p);
        p.lenderFirst = true;
        equal(swept, _toLender(p));
    }

    function testFuzz_aLargerPaymentGivesNobodyLess(Payment memory p, uint64 more) external pure {
        p.sweep = _sweep(p.sweep);
        uint256 less = p.amount < more ? p.amount : more;
        uint256 larger = p.amount < more ? more : p.amount;
        p.amount = uint64(less);
        uint256 before = _toLender(p);
        p.amount = uint64(larger);
        uint256 after_ = _toLender(p);
        atMost(before, after_);
        atMost(less - before, larger - after_);
    }

    function _toLender(Payment memory p) private pure returns (uint256) {
        return Waterfall.toLender(p.amount, p.interest, p.principal, p.base, p.sweep, p.lenderFirst);
    }

    function _sweep(uint16 drawn) private pure returns (uint16) {
        return uint16(within(drawn, 10_000));
    }
}
