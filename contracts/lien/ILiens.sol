// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice The debt on one root, which is its lien: there is no other encumbrance. All of it lies in one word.
/// @param principal minor units; 0 where there is no loan
/// @param numerator Σ principal × rateBps × days − interest paid × 10,000 × dayBasis, up to `accruedDay`. A principal of 56
/// bits at 10,000 bps reaches 2⁸⁶ only after 65,535 days, the last one that can be counted.
/// @param accruedDay civil day up to which `numerator` counts
/// @param maturityDay civil day up to which the interest rate runs; the days after it bear the penalty rate
/// @param sinceDay civil day of the first drawdown
/// @param defaultedDay civil day on which default was declared; 0 for none
/// @param revision money acts on the root so far; never cleared
/// @param facility number of the facility that lends; 0 where there is no loan
struct Loan {
    uint56 principal;
    int88 numerator;
    uint16 accruedDay;
    uint16 maturityDay;
    uint16 sinceDay;
    uint16 defaultedDay;
    uint24 revision;
    uint24 facility;
}

/// @notice A loan as it is read from outside.
/// @param facility id of the facility that lends; 0 where there is no loan
struct LoanView {
    uint56 principal;
    int88 numerator;
    uint16 accruedDay;
    uint16 maturityDay;
    uint16 sinceDay;
    uint16 defaultedDay;
    uint24 revision;
    uint256 facility;
}

/// @title Liens: the only place where an encumbrance is recorded
/// @notice Anyone may ask whether a root is encumbered, since when and by whom.
interface ILiens {
    event LienPlaced(uint256 indexed root, uint256 indexed facility, address indexed lender);
    event LienReleased(uint256 indexed root, uint256 indexed facility);
    event LoanRecord(
        uint256 indexed root,
        uint256 indexed facility,
        uint56 principal,
        int88 numerator,
        uint16 accruedDay,
        uint16 maturityDay,
        uint16 sinceDay,
        uint16 defaultedDay,
        uint24 revision
    );

    /// @dev For `Facilities`: writes the loan of a root (`LoanPacking.pack`) with the next revision. A loan without principal
    /// is cleared and lifts the lien; one where there was none places it.
    /// @param facility id of the facility of this loan, and of the one before it; 0 where there is neither
    /// @param lender party that lends; asked for where the lien is placed
    function record(uint256 root, uint256 loan, uint256 facility, address lender) external;

    /// @notice The loan on a root; without one all is zero but the revision.
    function loanOf(uint256 root) external view returns (LoanView memory);

    /// @dev The loan on a root in one word, for `LoanPacking.unpack`.
    function packedLoan(uint256 root) external view returns (uint256);

    function isEncumbered(uint256 root) external view returns (bool);

    /// @notice Money acts on the root so far: what a drawdown or a repayment has to name.
    function revisionOf(uint256 root) external view returns (uint24);
}
