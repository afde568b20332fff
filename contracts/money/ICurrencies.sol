// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title The approved ERC-20 currencies, numbered from 1
/// @notice Orders and facilities hold the number, two bytes instead of twenty.
interface ICurrencies {
    event CurrencyApproved(address indexed token, uint16 number, string symbol, uint8 decimals);

    /// @dev Minor units are counted in 64 bits, so a currency has at most six decimals.
    error TooManyDecimals(address token, uint8 decimals);
    error AlreadyApproved(address token);
    error NotApproved(address token);
    error UnknownCurrency(uint16 number);

    /// @notice Approves a currency for new orders and facilities. For the currency role.
    function approveCurrency(address token) external returns (uint16 number);

    /// @notice The number of a currency; 0 for one that is not approved.
    function numberOf(address token) external view returns (uint16 number);

    /// @notice The currency with this number; reverts with `UnknownCurrency`.
    function tokenOf(uint16 number) external view returns (address token);
}
