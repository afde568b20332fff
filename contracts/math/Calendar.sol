// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

/// @title Civil days
library Calendar {
    /// @notice The civil day of a time: whole days since 1970-01-01 at a fixed offset from UTC.
    /// @param time seconds since the epoch
    /// @param utcOffset seconds east of Greenwich
    function dayOf(uint256 time, int32 utcOffset) internal pure returns (uint16) {
        return SafeCast.toUint16(SafeCast.toUint256(SafeCast.toInt256(time) + utcOffset) / 1 days);
    }
}
