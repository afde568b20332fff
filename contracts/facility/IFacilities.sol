// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

enum FacilityStatus {
    None,
    Open,
    Suspended,
    Closed
}

/// @notice What a lender and a borrower agree for one buyer's orders in one currency. Never changed once opened.
/// @param number the lender's agreement number, normalised text of at most 32 bytes
/// @param limit minor units of principal over all roots, below 2⁵⁶; the lender may lower it
/// @param orderAdvanceBps largest share of undelivered, unstored value that is lent
/// @param storedAdvanceBps largest share of stored value that is lent
/// @param acceptedAdvanceBps largest share of money owed that is lent
/// @param rateBps interest a year
/// @param penaltyRateBps interest a year after the maturity day; not below `rateBps`
/// @param dayBasis 360 or 365
/// @param tenorDays from the first drawdown to the maturity day; 1 to 365
/// @param graceDays after the maturity day, before default can be declared
/// @param sweepBps share of a payment that goes to the loan before its turn
/// @param expiresDay last civil day on which it can be drawn
/// @param payee account where the lender is paid
/// @param depositary party, independent of the lender, that takes its money when it cannot receive; 0 for none
/// @param approvedPayees accounts, besides the borrower's own, that a drawdown may be paid to (suppliers); at most 16
struct FacilityTerms {
    bytes32 number;
    address borrower;
    address buyer;
    address currency;
    uint64 limit;
    uint16 orderAdvanceBps;
    uint16 storedAdvanceBps;
    uint16 acceptedAdvanceBps;
    uint16 rateBps;
    uint16 penaltyRateBps;
    uint16 dayBasis;
    uint16 tenorDays;
    uint16 graceDays;
    uint16 sweepBps;
    uint16 expiresDay;
    address payee;
    address depositary;
    address[] approvedPayees;
}

/// @notice A facility as it is read from outside: its terms, and what runs.
/// @param currency number of the currency in `ICurrencies`
/// @param drawn principal over all roots, minor units
/// @param defaults roots whose loan is in default
struct Facility {
    address lender;
    uint16 rateBps;
    uint16 penaltyRateBps;
    uint16 dayBasis;
    uint16 tenorDays;
    uint16 graceDays;
    uint16 sweepBps;
    address borrower;
    uint16 orderAdvanceBps;
    uint16 storedAdvanceBps;
    uint16 acceptedAdvanceBps;
    uint16 currency;
    uint16 expiresDay;
    FacilityStatus status;
    address payee;
    uint56 drawn;
    uint16 defaults;
    address buyer;
    uint56 limit;
    address depositary;
}

/// @notice A facility as the contracts hand it on: parties by their numbers. What is agreed, then what runs.
/// @param number its own, from 1: three bytes stand for it in a loan
/// @param depositary number of a party, 0 for none
struct Agreement {
    uint32 lender;
    uint32 borrower;
    uint32 buyer;
    uint16 rateBps;
    uint16 penaltyRateBps;
    uint16 dayBasis;
    uint16 tenorDays;
    uint16 graceDays;
    uint16 sweepBps;
    uint16 orderAdvanceBps;
    uint16 storedAdvanceBps;
    uint16 acceptedAdvanceBps;
    uint16 expiresDay;
    FacilityStatus status;
    uint56 limit;
    uint56 drawn;
    uint16 defaults;
    uint16 currency;
    uint24 number;
    uint32 depositary;
}

/// @title Facilities: the agreement, its drawdowns, and the loans that they make
/// @notice A drawdown pays the lender's money straight to the borrower and puts the lien on the root, in one transaction.
/// The lender's approval of the currency for this contract funds it.
interface IFacilities {
    event FacilityOpened(
        uint256 indexed facility,
        address indexed lender,
        address indexed borrower,
        FacilityTerms terms
    );
    event LimitLowered(uint256 indexed facility, uint64 limit);
    event FacilityStatusChanged(uint256 indexed facility, FacilityStatus status);
    event PayeeChanged(uint256 indexed facility, address payee);
    event DepositaryChanged(uint256 indexed facility, address depositary);
    /// @param drawn principal of the facility afterwards, over all roots
    event DrawnDown(
        uint256 indexed facility,
        uint256 indexed root,
        address indexed borrower,
        uint64 amount,
        address payee,
        uint56 drawn
    );
    /// @param by who paid; not always a party
    event Repaid(
        uint256 indexed facility,
        uint256 indexed root,
        address indexed by,
        uint64 interest,
        uint64 principal,
        uint56 drawn
    );
    /// @dev The lender's part of a payment on a receivable.
    event LoanSettled(uint256 indexed facility, uint256 indexed root, uint64 interest, uint64 principal, uint56 drawn);
    event LoanDefaulted(uint256 indexed facility, uint256 indexed root, address indexed by);
    /// @dev In the lender's books: what is owed stays owed.
    event LoanWrittenOff(uint256 indexed facility, uint256 indexed root, address indexed by);
    /// @dev The lender's payee account could not receive: the depositary's account took the money for it.
    event PaidToDepositary(
        uint256 indexed facility,
        uint256 indexed root,
        address payee,
        address account,
        uint64 amount
    );
    event MaturityBroughtForward(uint256 indexed facility, uint256 indexed root, uint16 maturityDay);
    /// @dev After a default was declared, or cured by repayment: how many of its roots are in default.
    event DefaultsChanged(uint256 indexed facility, uint16 defaults);

    error UnknownFacility(uint256 facility);
    error InvalidFacilityTerm(bytes32 field);
    error LimitNotLower(uint256 asked, uint256 limit);
    error FacilitySuspended(uint256 facility);
    error FacilityClosed(uint256 facility);
    error FacilityNotSuspended(uint256 facility);
    error FacilityExpired(uint256 expiresDay, uint256 today);
    error LoanInDefault(uint256 root);
    error FacilityInDefault(uint256 facility);
    error LoanPastMaturity(uint256 maturityDay, uint256 today);
    error DebtorOverdue(uint256 root);
    error FacilityLimitExceeded(uint256 asked, uint256 room);
    error BorrowingBaseExceeded(uint256 asked, uint256 room);
    error NoLoan(uint256 root);
    error AlreadyDefaulted(uint256 root);
    error NotInDefault(uint256 from, uint256 today);
    error AlreadyWrittenOff(uint256 root);
    /// @dev Neither the borrower's own payout account (0) nor an approved one.
    error PayeeNotApproved(address payee);

    /// @notice Opens a facility. For a party with the lender role.
    function open(FacilityTerms calldata terms) external returns (uint256 facility);

    /// @notice The lender lowers the limit; what is drawn stays.
    function lowerLimit(uint256 facility, uint64 limit) external;

    /// @notice The lender stops drawdowns; `FacilitySuspended` if it has already.
    function suspend(uint256 facility) external;

    /// @notice The lender lets drawdowns go on.
    function resume(uint256 facility) external;

    /// @notice The lender ends drawdowns for good.
    function close(uint256 facility) external;

    /// @notice The lender names another payee account.
    function setPayee(uint256 facility, address payee) external;

    /// @notice Replaces the depositary of a facility. For the admission role, behind its delay and the guardian's veto.
    function setDepositary(uint256 facility, address depositary) external;

    /// @notice The borrower draws `amount` against an order, acting on `revision` of the root.
    /// @param payee 0 for the borrower's payout account, or an approved payee
    /// @dev Checks, in order: caller · `PayeeNotApproved` · `StaleState` · `Retired` · `Paused` · `PartySuspended` ·
    /// `FacilitySuspended` · `FacilityExpired` · `WrongOrder` · `Encumbered` · `LoanInDefault` · `FacilityInDefault` ·
    /// `LoanPastMaturity` · `DebtorOverdue` · `ZeroAmount` · `FacilityLimitExceeded` · `BorrowingBaseExceeded`; then the
    /// currency's own (the lender's funds).
    function drawDown(uint256 facility, uint256 order, uint64 amount, uint24 revision, address payee) external;

    /// @notice Anyone repays up to what is due, interest first, acting on `revision` of the root.
    /// @dev Checks: `StaleState` · `NoLoan` · `ZeroAmount` · `PayerFundsUnavailable` · `PayeeCannotReceive` (nor the
    /// depositary).
    /// @return taken minor units, at most what is due
    function repay(uint256 root, uint64 amount, uint24 revision) external returns (uint64 taken);

    /// @notice The lender declares default, past maturity plus grace.
    /// @dev Checks: `NoLoan` · `AlreadyDefaulted` · `NotInDefault`.
    function declareDefault(uint256 root) external;

    /// @notice The lender writes a loan in default off in its own books; nothing is forgiven. The flag goes with the loan.
    /// @dev Checks: `NoLoan` · `NotInDefault` · `AlreadyWrittenOff`.
    function writeOff(uint256 root) external;

    /// @dev For `Receivables`: books a payment of `amount` on a receivable with this root. The order, in its two words, has the
    /// payment already. Returns the lender's part, the account that takes it, and the facility; all zero without a loan.
    function settle(
        uint256 root,
        uint64 amount,
        uint256 agreed,
        uint256 counters
    ) external returns (uint64 toLender, address payee, uint256 facility);

    /// @dev For `Receivables`: the account that takes the lender's `amount` because `payee` could not; 0 for none.
    function divert(uint256 facility, uint256 root, address payee, uint64 amount) external returns (address account);

    /// @dev For `PurchaseOrders`: the loan of a lapsed order matures by `maturityDay`.
    function bringMaturityForward(uint256 root, uint16 maturityDay) external;

    function facilityById(uint256 facility) external view returns (Facility memory);

    /// @dev The facility in two words, for `AgreementPacking.unpack`: what is agreed, and what runs.
    function packedAgreement(uint256 facility) external view returns (uint256 agreed, uint256 running);

    /// @notice The id of the facility with this number; 0 for none.
    function idOf(uint24 number) external view returns (uint256 facility);

    function isApprovedPayee(uint256 facility, address account) external view returns (bool);

    /// @notice Whether the lender has written off the loan on this root.
    function isWrittenOff(uint256 root) external view returns (bool);

    /// @notice The facility, and its lender, that has the lien on a root; 0 for none.
    function lienHolderOf(uint256 root) external view returns (uint256 facility, address lender);

    function facilityId(address lender, bytes32 number) external pure returns (uint256 facility);

    /// @notice Whether the loan on a root, if any, would still be carried with `quantity` less in store.
    function carriesWithout(uint256 root, uint48 quantity) external view returns (bool);
}
