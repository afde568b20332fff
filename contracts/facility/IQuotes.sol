// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Quotes: what could be drawn, and what is due, now
/// @notice For reading alone: no act needs it, and it computes by the rules of `Facilities`.
interface IQuotes {
    /// @notice The borrowing base of a root under a facility, minor units, now.
    function borrowingBase(uint256 facility, uint256 root) external view returns (uint64);

    /// @notice What can be drawn now; reverts as `IFacilities.drawDown` would, up to `DebtorOverdue`.
    function headroom(uint256 facility, uint256 root) external view returns (uint64);

    /// @notice `headroom`, or 0 where that is refused.
    function available(uint256 facility, uint256 root) external view returns (uint64);

    /// @notice Interest due on a root now, minor units.
    function interestDue(uint256 root) external view returns (uint64);
}
