// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice The debt on one root, which is its lien: there is no other encumbrance.
/// @param principal minor units; 0 where there is no loan
/// @param numerator Σ principal × rateBps × days − interest paid × 10,000 × dayBasis, up to `accruedDay`
/// @param accruedDay civil day up to which `numerator` counts
/// @param maturityDay civil day up to which the interest rate runs; the days after it bear the penalty rate
/// @param sinceDay civil day of the first drawdown
/// @param defaultedDay civil day on which default was declared; 0 for none
/// @param revision money acts on the root so far; never cleared
/// @param facility the facility that lends; 0 where there is no loan
struct Loan {
    uint64 principal;
    int96 numerator;
    uint16 accruedDay;
    uint16 maturityDay;
    uint16 sinceDay;
    uint16 defaultedDay;
    uint32 revision;
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
        uint64 principal,
        int96 numerator,
        uint16 accruedDay,
        uint16 maturityDay,
        uint16 sinceDay,
        uint16 defaultedDay,
        uint32 revision
    );

    /// @dev For `Facilities`: writes the loan of a root with the next revision. A loan without principal is cleared and
    /// lifts the lien; one where there was none places it.
    function record(uint256 root, Loan calldata loan, address lender) external;

    /// @notice The loan on a root; without one all is zero but the revision.
    function loanOf(uint256 root) external view returns (Loan memory);

    function isEncumbered(uint256 root) external view returns (bool);
}
