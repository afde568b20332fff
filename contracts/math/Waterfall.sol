// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Amounts} from "./Amounts.sol";

/// @title How a payment on a receivable is split between lender and holder
library Waterfall {
    /// @notice The lender's part of a payment; the rest is the holder's.
    /// @param payment minor units
    /// @param interestDue minor units
    /// @param principal minor units
    /// @param base the borrowing base after the payment, minor units
    /// @param sweepBps share of a payment that goes to the loan before its turn
    /// @param lenderFirst past the maturity day, or in default: the lender is made whole first
    function toLender(
        uint256 payment,
        uint256 interestDue,
        uint256 principal,
        uint256 base,
        uint256 sweepBps,
        bool lenderFirst
    ) internal pure returns (uint256) {
        uint256 most = Math.min(interestDue + principal, payment);
        if (lenderFirst) return most;
        uint256 shortfall = Math.saturatingSub(principal, base);
        return Math.min(most, Math.max(interestDue + shortfall, Amounts.shareDown(payment, sweepBps)));
    }
}
