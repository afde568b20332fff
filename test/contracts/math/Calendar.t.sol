// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Calendar} from "../../../contracts/math/Calendar.sol";
import {Property} from "../../support/solidity/Property.sol";

/// @title Civil days at a fixed offset
contract CalendarTest is Property {
    error DayWasTold(uint16 day);

    function testFuzz_aDayBeginsAtItsMidnightAndEndsBeforeTheNext(uint16 day, int24 drawn) external view {
        int32 offset = _offset(drawn);
        int256 midnight = int256(uint256(day)) * 1 days - offset;
        if (midnight < 0) return;
        equal(this.dayOf(uint256(midnight), offset), day);
        equal(this.dayOf(uint256(midnight) + 1 days - 1, offset), day);
    }

    function testFuzz_theSecondBeforeMidnightIsTheDayBefore(uint16 day, int24 drawn) external view {
        int32 offset = _offset(drawn);
        int256 midnight = int256(uint256(day)) * 1 days - offset;
        if (midnight <= 0 || day == 0) return;
        equal(this.dayOf(uint256(midnight) - 1, offset), uint256(day) - 1);
    }

    /// @notice Neither a day before 1970 nor one that its 16 bits cannot hold is told as another.
    function testFuzz_aDayThatCannotBeWrittenIsRefused(uint32 seconds_, uint16 west) external view {
        _refused(within(seconds_, west), -int32(uint32(west)) - 1);
        _refused(65_536 * 1 days + seconds_, 0);
    }

    function dayOf(uint256 time, int32 utcOffset) external pure returns (uint16) {
        return Calendar.dayOf(time, utcOffset);
    }

    function _refused(uint256 time, int32 offset) private view {
        try this.dayOf(time, offset) returns (uint16 day) {
            revert DayWasTold(day);
        } catch {}
    }

    /// @dev A day to either side.
    function _offset(int24 drawn) private pure returns (int32) {
        return int32(drawn) % 86_401;
    }
}
