// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {AlreadyExists} from "../claim/IClaim.sol";
import {Mandates} from "../money/Mandates.sol";
import {IParties, NotPermitted, ROLE_BUYER, ROLE_COOPERATIVE, ROLE_LENDER} from "../party/IParties.sol";
import {Peers} from "../Peers.sol";
import {Facility, FacilityStatus, FacilityTerms, IFacilities} from "./IFacilities.sol";

/// @notice A facility in storage: parties by their numbers. What every drawdown and payment reads lies in two words.
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
    FacilityStatus status;
    uint56 limit;
    uint56 drawn;
    uint16 defaults;
    uint16 currency;
    uint16 expiresDay;
    uint24 number;
    uint32 depositary;
    address payee;
}

/// @title The agreements: what a lender opens, lowers, suspends and closes
/// @dev The part of `Facilities` that moves no money.
abstract contract Agreements is IFacilities, Mandates, AccessManaged {
    bytes32 private constant KIND = "sheaf.facility";
    uint16 private constant ALL_BPS = 10_000;
    uint16 private constant MOST_TENOR_DAYS = 365;
    uint256 private constant MOST_PAYEES = 16;

    IParties internal immutable PARTIES;

    mapping(uint256 facility => Agreement) internal _agreements;
    mapping(uint24 number => uint256 facility) public idOf;
    mapping(uint256 facility => mapping(address account => bool)) public isApprovedPayee;
    uint24 private _count;

    constructor(
        Peers memory peers,
        address accessManager
    ) Mandates(peers.currencies) AccessManaged(accessManager) {
        PARTIES = peers.parties;
    }

    function open(FacilityTerms calldata terms) external returns (uint256 id) {
        (uint32 lender, address lenderId) = PARTIES.requireOriginator(msg.sender, ROLE_LENDER);
        id = facilityId(lenderId, terms.number);
        Agreement storage facility = _agreements[id];
        require(facility.status == FacilityStatus.None, AlreadyExists(id));
        _requireTerms(terms);
        facility.lender = lender;
        facility.borrower = _requireRole(terms.borrower, ROLE_COOPERATIVE, "borrower");
        facility.buyer = _requireRole(terms.buyer, ROLE_BUYER, "buyer");
        require(facility.borrower != lender, InvalidFacilityTerm("borrower"));
        require(facility.buyer != facility.borrower, InvalidFacilityTerm("buyer"));
        facility.rateBps = terms.rateBps;
        facility.penaltyRateBps = terms.penaltyRateBps;
        facility.dayBasis = terms.dayBasis;
        facility.tenorDays = terms.tenorDays;
        facility.graceDays = terms.graceDays;
        facility.sweepBps = terms.sweepBps;
        facility.orderAdvanceBps = terms.orderAdvanceBps;
        facility.storedAdvanceBps = terms.storedAdvanceBps;
        facility.acceptedAdvanceBps = terms.acceptedAdvanceBps;
        facility.status = FacilityStatus.Open;
        facility.limit = uint56(terms.limit);
        facility.currency = CURRENCIES.numberOf(terms.currency);
        require(facility.currency != 0, InvalidFacilityTerm("currency"));
        facility.expiresDay = terms.expiresDay;
        facility.number = ++_count;
        idOf[facility.number] = id;
        facility.payee = terms.payee;
        if (terms.depositary != address(0)) facility.depositary = _depositary(lender, terms.depositary);
        for (uint256 i = 0; i < terms.approvedPayees.length; ++i) {
            require(PARTIES.mayBePaid(terms.approvedPayees[i]), InvalidFacilityTerm("approvedPayees"));
            isApprovedPayee[id][terms.approvedPayees[i]] = true;
        }
        emit FacilityOpened(id, lenderId, terms.borrower, terms);
    }

    function lowerLimit(uint256 id, uint64 limit) external {
        Agreement storage facility = _requireLender(id);
        require(limit < facility.limit, LimitNotLower(limit, facility.limit));
        facility.limit = uint56(limit);
        emit LimitLowered(id, limit);
    }

    function suspend(uint256 id) external {
        Agreement storage facility = _requireLender(id);
        require(facility.status != FacilityStatus.Suspended, FacilitySuspended(id));
        require(facility.status == FacilityStatus.Open, FacilityClosed(id));
        _setStatus(id, facility, FacilityStatus.Suspended);
    }

    function resume(uint256 id) external {
        Agreement storage facility = _requireLender(id);
        require(facility.status != FacilityStatus.Closed, FacilityClosed(id));
        require(facility.status == FacilityStatus.Suspended, FacilityNotSuspended(id));
        _setStatus(id, facility, FacilityStatus.Open);
    }

    function close(uint256 id) external {
        Agreement storage facility = _requireLender(id);
        require(facility.status != FacilityStatus.Closed, FacilityClosed(id));
        _setStatus(id, facility, FacilityStatus.Closed);
    }

    function setPayee(uint256 id, address payee) external {
        Agreement storage facility = _requireLender(id);
        require(PARTIES.mayBePaid(payee), InvalidFacilityTerm("payee"));
        facility.payee = payee;
        emit PayeeChanged(id, payee);
    }

    function setDepositary(uint256 id, address depositary) external restricted {
        Agreement storage facility = _agreements[id];
        require(facility.status != FacilityStatus.None, UnknownFacility(id));
        facility.depositary = _depositary(facility.lender, depositary);
        emit DepositaryChanged(id, depositary);
    }

    function facilityById(uint256 id) external view returns (Facility memory facility) {
        Agreement memory agreement = _agreements[id];
        facility.lender = PARTIES.idOf(agreement.lender);
        facility.rateBps = agreement.rateBps;
        facility.penaltyRateBps = agreement.penaltyRateBps;
        facility.dayBasis = agreement.dayBasis;
        facility.tenorDays = agreement.tenorDays;
        facility.graceDays = agreement.graceDays;
        facility.sweepBps = agreement.sweepBps;
        facility.borrower = PARTIES.idOf(agreement.borrower);
        facility.orderAdvanceBps = agreement.orderAdvanceBps;
        facility.storedAdvanceBps = agreement.storedAdvanceBps;
        facility.acceptedAdvanceBps = agreement.acceptedAdvanceBps;
        facility.currency = agreement.currency;
        facility.expiresDay = agreement.expiresDay;
        facility.status = agreement.status;
        facility.payee = agreement.payee;
        facility.drawn = agreement.drawn;
        facility.defaults = agreement.defaults;
        facility.buyer = PARTIES.idOf(agreement.buyer);
        facility.limit = agreement.limit;
        facility.depositary = PARTIES.idOf(agreement.depositary);
    }

    function facilityId(address lender, bytes32 number) public pure returns (uint256) {
        return uint256(keccak256(abi.encode(KIND, lender, number)));
    }

    function _requireParty(uint32 party) internal view returns (address id) {
        uint32 caller;
        (caller, id) = PARTIES.identify(msg.sender);
        require(caller != 0 && caller == party, NotPermitted(msg.sender));
    }

    function _requireTerms(FacilityTerms calldata terms) private view {
        require(terms.number != 0, InvalidFacilityTerm("number"));
        require(terms.limit <= type(uint56).max, InvalidFacilityTerm("limit"));
        require(terms.orderAdvanceBps <= ALL_BPS, InvalidFacilityTerm("orderAdvanceBps"));
        require(terms.storedAdvanceBps <= ALL_BPS, InvalidFacilityTerm("storedAdvanceBps"));
        require(terms.acceptedAdvanceBps <= ALL_BPS, InvalidFacilityTerm("acceptedAdvanceBps"));
        require(terms.rateBps <= ALL_BPS, InvalidFacilityTerm("rateBps"));
        bool penalty = terms.penaltyRateBps >= terms.rateBps && terms.penaltyRateBps <= ALL_BPS;
        require(penalty, InvalidFacilityTerm("penaltyRateBps"));
        require(terms.dayBasis == 360 || terms.dayBasis == 365, InvalidFacilityTerm("dayBasis"));
        require(terms.tenorDays != 0 && terms.tenorDays <= MOST_TENOR_DAYS, InvalidFacilityTerm("tenorDays"));
        require(terms.graceDays <= MOST_TENOR_DAYS, InvalidFacilityTerm("graceDays"));
        require(terms.sweepBps <= ALL_BPS, InvalidFacilityTerm("sweepBps"));
        require(PARTIES.mayBePaid(terms.payee), InvalidFacilityTerm("payee"));
        require(terms.approvedPayees.length <= MOST_PAYEES, InvalidFacilityTerm("approvedPayees"));
    }

    function _requireRole(address id, uint16 role, bytes32 field) private view returns (uint32 number) {
        require(PARTIES.partyById(id).roles & role != 0, InvalidFacilityTerm(field));
        return PARTIES.numberOf(id);
    }

    /// @dev An admitted party that is not the lender.
    function _depositary(uint32 lender, address depositary) private view returns (uint32 number) {
        number = PARTIES.numberOf(depositary);
        require(number != 0 && number != lender, InvalidFacilityTerm("depositary"));
    }

    function _setStatus(uint256 id, Agreement storage facility, FacilityStatus status) private {
        facility.status = status;
        emit FacilityStatusChanged(id, status);
    }

    function _requireLender(uint256 id) private view returns (Agreement storage facility) {
        facility = _agreements[id];
        require(facility.status != FacilityStatus.None, UnknownFacility(id));
        _requireParty(facility.lender);
    }
}
