// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ILiens, Loan} from "./ILiens.sol";

/// @title A loan in one word: how it lies in storage and goes from contract to contract
/// @dev From the lowest bit up, in the order of the fields of `Loan`: 56 + 88 + 4 × 16 + 2 × 24 = 256 bits.
library LoanPacking {
    /// @notice The loan on a root as it is now; without one all is zero but the revision.
    function load(ILiens liens, uint256 root) internal view returns (Loan memory loan) {
        fill(loan, liens.packedLoan(root));
    }

    function unpack(uint256 word) internal pure returns (Loan memory loan) {
        fill(loan, word);
    }

    /// @notice Writes the word into a loan that is there already: a second one would cost its memory again.
    function fill(Loan memory loan, uint256 word) internal pure {
        loan.principal = uint56(word);
        loan.numerator = int88(uint88(word >> 56));
        loan.accruedDay = uint16(word >> 144);
        loan.maturityDay = uint16(word >> 160);
        loan.sinceDay = uint16(word >> 176);
        loan.defaultedDay = uint16(word >> 192);
        loan.revision = uint24(word >> 208);
        loan.facility = uint24(word >> 232);
    }

    function pack(Loan memory loan) internal pure returns (uint256) {
        return
            uint256(loan.principal) |
            (uint256(uint88(loan.numerator)) << 56) |
            (uint256(loan.accruedDay) << 144) |
            (uint256(loan.maturityDay) << 160) |
            (uint256(loan.sinceDay) << 176) |
            (uint256(loan.defaultedDay) << 192) |
            (uint256(loan.revision) << 208) |
            (uint256(loan.facility) << 232);
    }
}
