// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Places} from "../Ghosts.sol";

/// @title Chance that can be repeated: everything that is chosen follows from the seed
abstract contract Dice {
    uint256 private _state;

    function _shake(uint256 seed) internal {
        _state = seed;
    }

    /// @dev A linear congruential generator modulo 2^256, of which the upper half is used.
    function _roll(uint256 sides) internal returns (uint256) {
        unchecked {
            uint256 next =
                _state * 0x5851f42d4c957f2d14057b7ef767814f5851f42d4c957f2d14057b7ef767814d + 0xd1342543de82ef95;
            _state = next;
            return (next >> 128) % sides;
        }
    }

    function _between(uint256 least, uint256 most) internal returns (uint256) {
        return least + _roll(most - least + 1);
    }

    function _chance(uint256 percent) internal returns (bool) {
        return _roll(100) < percent;
    }

    /// @dev An amount for an act that allows 1 to `most`: often the very most, seldom one too many or none.
    function _upTo(uint256 most) internal returns (uint256) {
        uint256 kind = _roll(100);
        if (kind < 4) return most + 1;
        if (kind < 5) return 0;
        if (kind < 10) return 1;
        if (most < 2 || kind < 35) return most;
        return _between(1, most);
    }

    /// @dev One of `places` that fits, looking from a random one on; at times any of them, seldom any of `count`.
    function _pickFrom(
        Places storage places,
        uint256 count,
        function(uint256) internal view returns (bool) fits
    ) internal returns (bool found, uint256 place) {
        if (count == 0) return (false, 0);
        if (_chance(2)) return (true, _roll(count));
        uint256 length = places.count;
        if (length == 0) return (false, 0);
        uint256 from = _roll(length);
        if (_chance(6)) return (true, places.list[from]);
        for (uint256 i = 0; i < length; ++i) {
            place = places.list[(from + i) % length];
            if (fits(place)) return (true, place);
        }
        return (false, 0);
    }

    /// @dev One of `count` things that fits, looking from a random one on; seldom any. `found` is false where none fits.
    function _pick(
        uint256 count,
        function(uint256) internal view returns (bool) fits
    ) internal returns (bool found, uint256 place) {
        if (count == 0) return (false, 0);
        place = _roll(count);
        if (_chance(3)) return (true, place);
        for (uint256 i = 0; i < count; ++i) {
            if (fits(place)) return (true, place);
            place = place + 1 == count ? 0 : place + 1;
        }
        return (false, 0);
    }
}
