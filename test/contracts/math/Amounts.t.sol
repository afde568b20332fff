// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Amounts} from "../../../contracts/math/Amounts.sol";
import {Property} from "../../support/solidity/Property.sol";

/// @title The value of goods, and shares of it
contract AmountsTest is Property {
    /// @dev Thousandths × hundredths, in one.
    uint256 private constant UNIT = 1e5;

    /// @notice −½ ≤ exact − value < ½
    function testFuzz_valueIsTheNearestMinorUnit(uint48 quantity, uint48 unitPrice) external pure {
        int256 exact = int256(uint256(quantity) * unitPrice);
        int256 rest = exact - int256(Amounts.valueHalfUp(quantity, unitPrice) * UNIT);
        atMost(-int256(UNIT / 2), rest);
        atMost(rest, int256(UNIT / 2) - 1);
    }

    function testFuzz_halfAMinorUnitIsRoundedUp(uint32 whole) external pure {
        equal(Amounts.valueHalfUp(whole * UNIT + UNIT / 2, 1), uint256(whole) + 1);
        equal(Amounts.valueHalfUp(1, whole * UNIT + UNIT / 2 - 1), whole);
        equal(Amounts.valueHalfUp(UNIT, whole), whole);
    }

    /// @notice However an order is delivered, the parts are worth what the whole is; and none is a minor unit off.
    function testFuzz_partsAddUpToTheWhole(uint40[8] calldata parts, uint48 unitPrice) external pure {
        uint256 accepted;
        uint256 paid;
        for (uint256 i = 0; i < parts.length; i++) {
            uint256 before = Amounts.valueHalfUp(accepted, unitPrice);
            accepted += parts[i];
            uint256 part = Amounts.valueHalfUp(accepted, unitPrice) - before;
            uint256 exact = uint256(parts[i]) * unitPrice;
            atMost(part * UNIT, exact + UNIT);
            atMost(exact, (part + 1) * UNIT);
            paid += part;
        }
        equal(paid, Amounts.valueHalfUp(accepted, unitPrice));
    }

    /// @notice 0 ≤ exact − share < 1
    function testFuzz_shareIsRoundedDown(uint64 amount, uint16 bps) external pure {
        uint256 exact = uint256(amount) * bps;
        uint256 share = Amounts.shareDown(amount, bps);
        atMost(share * 1e4, exact);
        atMost(exact, share * 1e4 + 1e4 - 1);
    }

    function testFuzz_theWholeIsTenThousandBasisPoints(uint64 amount) external pure {
        equal(Amounts.shareDown(amount, 10_000), amount);
        equal(Amounts.shareDown(amount, 0), 0);
    }

    function testFuzz_sharesOfPartsAreAtMostAMinorUnitShort(uint64 a, uint64 b, uint16 bps) external pure {
        uint256 parts = Amounts.shareDown(a, bps) + Amounts.shareDown(b, bps);
        uint256 whole = Amounts.shareDown(uint256(a) + b, bps);
        atMost(parts, whole);
        atMost(whole, parts + 1);
    }
}
