// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice A receivable as `Receivables` keeps it: its holder by number.
/// @param assigned it has left its order's root
struct Debt {
    uint32 holder;
    uint64 outstanding;
    uint64 contested;
    uint16 dueDay;
    uint16 contestDay;
    bool deemed;
    bool overdue;
    bool assigned;
}

/// @title A receivable in one word
/// @dev From the lowest bit up, in the order of the fields of `Debt`, a bit for each flag: 195 bits.
library DebtPacking {
    function unpack(uint256 word) internal pure returns (Debt memory debt) {
        fill(debt, word);
    }

    /// @notice Writes the word into a debt that is there already: a second one would cost its memory again.
    function fill(Debt memory debt, uint256 word) internal pure {
        debt.holder = uint32(word);
        debt.outstanding = uint64(word >> 32);
        debt.contested = uint64(word >> 96);
        debt.dueDay = uint16(word >> 160);
        debt.contestDay = uint16(word >> 176);
        debt.deemed = (word >> 192) & 1 != 0;
        debt.overdue = (word >> 193) & 1 != 0;
        debt.assigned = (word >> 194) & 1 != 0;
    }

    function pack(Debt memory debt) internal pure returns (uint256) {
        return
            uint256(debt.holder) |
            (uint256(debt.outstanding) << 32) |
            (uint256(debt.contested) << 96) |
            (uint256(debt.dueDay) << 160) |
            (uint256(debt.contestDay) << 176) |
            (debt.deemed ? 1 << 192 : 0) |
            (debt.overdue ? 1 << 193 : 0) |
            (debt.assigned ? 1 << 194 : 0);
    }
}
