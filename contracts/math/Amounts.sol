// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Value of goods
library Amounts {
    /// @dev Thousandths of a unit × hundredths of a minor unit, in one minor unit.
    uint256 internal constant SCALE = 100_000;

    /// @notice q × unit price, rounded half up to the minor unit.
    /// @param quantity thousandths of the unit
    /// @param unitPrice hundredths of a minor unit
    /// @return minor units
    function valueHalfUp(uint256 quantity, uint256 unitPrice) internal pure returns (uint256) {
        return (quantity * unitPrice + SCALE / 2) / SCALE;
    }

    /// @notice ⌊amount × bps ÷ 10,000⌋
    function shareDown(uint256 amount, uint256 bps) internal pure returns (uint256) {
        return (amount * bps) / 10_000;
    }
}
