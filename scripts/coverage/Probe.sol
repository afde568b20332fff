// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Tells the simulated chain, when it counts coverage, that a place was reached
/// @dev Only in copies of the contracts that are compiled to be measured. As in Hardhat's own coverage: a call to an
/// address where the chain listens, callable from pure functions.
library Probe {
    address private constant LISTENER = 0xc0bEc0BEc0BeC0bEC0beC0bEC0bEC0beC0beC0BE;

    function hit(uint256 id) internal pure {
        _asPure(_tell)(id);
    }

    /// @notice Tells `id` when `outcome` is false, the next number when it is true.
    function hit(uint256 id, bool outcome) internal pure returns (bool) {
        hit(outcome ? id + 1 : id);
        return outcome;
    }

    function _tell(uint256 id) private view {
        address listener = LISTENER;
        assembly ("memory-safe") {
            mstore(0, id)
            pop(staticcall(gas(), listener, 0, 32, 0, 0))
        }
    }

    function _asPure(function(uint256) view told) private pure returns (function(uint256) pure asked) {
        assembly {
            asked := told
        }
    }
}
