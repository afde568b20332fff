// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

/// @title Interest by actual days
/// @notice The numerator is exact; only what is asked for is rounded. First day in, last day out.
library Interest {
    uint256 internal constant BPS = 10_000;

    /// @notice The numerator on `toDay`: `numerator` + Σ principal × bps × days since `fromDay`.
    /// @param principal minor units
    /// @param maturityDay the day up to which `rateBps` runs; the day that follows it is the first to bear `penaltyRateBps`
    function accrue(
        int256 numerator,
        uint256 principal,
        uint256 fromDay,
        uint256 toDay,
        uint256 maturityDay,
        uint256 rateBps,
        uint256 penaltyRateBps
    ) internal pure returns (int256) {
        uint256 penaltyFrom = Math.min(Math.max(maturityDay, fromDay), toDay);
        uint256 bpsDays = (penaltyFrom - fromDay) * rateBps + (toDay - penaltyFrom) * penaltyRateBps;
        return numerator + SafeCast.toInt256(principal * bpsDays);
    }

    /// @notice max(0, numerator ÷ (10,000 × dayBasis) rounded half up), minor units.
    function dueHalfUp(int256 numerator, uint256 dayBasis) internal pure returns (uint256) {
        if (numerator <= 0) return 0;
        uint256 unit = BPS * dayBasis;
        return (uint256(numerator) + unit / 2) / unit;
    }

    /// @notice The numerator after `interest` minor units were paid.
    function afterPayment(int256 numerator, uint256 interest, uint256 dayBasis) internal pure returns (int256) {
        return numerator - SafeCast.toInt256(interest * BPS * dayBasis);
    }
}
