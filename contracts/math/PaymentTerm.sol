// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title How long a receivable has from acceptance to its due day
library PaymentTerm {
    /// @dev Silence is weaker than a word: what was deemed accepted falls due this much later at the earliest.
    uint256 private constant DEEMED_DAYS = 7;

    /// @param paymentDays civil days, the order's payment term
    /// @param deemed accepted by silence
    /// @return civil days from acceptance to the due day
    function daysToDue(uint256 paymentDays, bool deemed) internal pure returns (uint256) {
        return deemed ? Math.max(paymentDays, DEEMED_DAYS) : paymentDays;
    }
}
