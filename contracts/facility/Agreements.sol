// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AlreadyExists} from "../claim/IClaim.sol";
import {ICurrencies} from "../money/ICurrencies.sol";
import {IParties, NotPermitted, ROLE_BUYER, ROLE_COOPERATIVE, ROLE_LENDER} from "../party/IParties.sol";
import {Peers} from "../Peers.sol";
import {Facility, FacilityStatus, FacilityTerms, IFacilities} from "./IFacilities.sol";

/// @title The agreements: what a lender opens, lowers, suspends and closes
/// @dev The part of `Facilities` that moves no money.
abstract contract Agreements is IFacilities {
    bytes32 private constant KIND = "sheaf.facility";
    uint16 private constant ALL_BPS = 10_000;
    uint16 private constant MOST_TENOR_DAYS = 365;

    IParties internal immutable PARTIES;
    ICurrencies internal immutable CURRENCIES;

    mapping(uint256 facility => Facility) internal _facilities;

    constructor(Peers memory peers) {
        PARTIES = peers.parties;
        CURRENCIES = peers.currencies;
    }

    function open(FacilityTerms calldata terms) external returns (uint256 id) {
        address lender = PARTIES.requireOriginator(msg.sender, ROLE_LENDER);
        id = facilityId(lender, terms.number);
        Facility storage facility = _facilities[id];
        require(facility.status == FacilityStatus.None, AlreadyExists(id));
        facility.currency = _requireTerms(lender, terms);
        facility.status = FacilityStatus.Open;
        facility.lender = lender;
        facility.borrower = terms.borrower;
        facility.buyer = terms.buyer;
        facility.limit = terms.limit;
        facility.orderAdvanceBps = terms.orderAdvanceBps;
        facility.storedAdvanceBps = terms.storedAdvanceBps;
        facility.acceptedAdvanceBps = terms.acceptedAdvanceBps;
        facility.rateBps = terms.rateBps;
        facility.penaltyRateBps = terms.penaltyRateBps;
        facility.dayBasis = terms.dayBasis;
        facility.tenorDays = terms.tenorDays;
        facility.graceDays = terms.graceDays;
        facility.sweepBps = terms.sweepBps;
        facility.expiresDay = terms.expiresDay;
        facility.payee = terms.payee;
        facility.depositary = terms.depositary;
        emit FacilityOpened(id, lender, terms.borrower, terms);
    }

    function lowerLimit(uint256 id, uint64 limit) external {
        Facility storage facility = _requireLender(id);
        require(limit < facility.limit, LimitNotLower(limit, facility.limit));
        facility.limit = limit;
        emit LimitLowered(id, limit);
    }

    function suspend(uint256 id) external {
        Facility storage facility = _requireLender(id);
        require(facility.status != FacilityStatus.Suspended, FacilitySuspended(id));
        require(facility.status == FacilityStatus.Open, FacilityClosed(id));
        _setStatus(id, facility, FacilityStatus.Suspended);
    }

    function resume(uint256 id) external {
        Facility storage facility = _requireLender(id);
        require(facility.status != FacilityStatus.Closed, FacilityClosed(id));
        require(facility.status == FacilityStatus.Suspended, FacilityNotSuspended(id));
        _setStatus(id, facility, FacilityStatus.Open);
    }

    function close(uint256 id) external {
        Facility storage facility = _requireLender(id);
        require(facility.status != FacilityStatus.Closed, FacilityClosed(id));
        _setStatus(id, facility, FacilityStatus.Closed);
    }

    function setPayee(uint256 id, address payee) external {
        Facility storage facility = _requireLender(id);
        require(PARTIES.mayBePaid(payee), InvalidFacilityTerm("payee"));
        facility.payee = payee;
        emit PayeeChanged(id, payee);
    }

    function facilityById(uint256 id) external view returns (Facility memory) {
        return _facilities[id];
    }

    function facilityId(address lender, bytes32 number) public pure returns (uint256) {
        return uint256(keccak256(abi.encode(KIND, lender, number)));
    }

    function _requireParty(address party) internal view {
        require(party != address(0) && PARTIES.partyOf(msg.sender) == party, NotPermitted(msg.sender));
    }

    function _requireTerms(address lender, FacilityTerms calldata terms) private view returns (uint16 currency) {
        require(terms.number != 0, InvalidFacilityTerm("number"));
        require(terms.borrower != lender && _has(terms.borrower, ROLE_COOPERATIVE), InvalidFacilityTerm("borrower"));
        require(terms.buyer != terms.borrower && _has(terms.buyer, ROLE_BUYER), InvalidFacilityTerm("buyer"));
        currency = CURRENCIES.numberOf(terms.currency);
        require(currency != 0, InvalidFacilityTerm("currency"));
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
        bool depositary =
            terms.depositary == address(0) ||
                (terms.depositary != lender && PARTIES.partyById(terms.depositary).key != address(0));
        require(depositary, InvalidFacilityTerm("depositary"));
    }

    function _setStatus(uint256 id, Facility storage facility, FacilityStatus status) private {
        facility.status = status;
        emit FacilityStatusChanged(id, status);
    }

    function _has(address id, uint16 role) private view returns (bool) {
        return PARTIES.partyById(id).roles & role != 0;
    }

    function _requireLender(uint256 id) private view returns (Facility storage facility) {
        facility = _facilities[id];
        require(facility.status != FacilityStatus.None, UnknownFacility(id));
        _requireParty(facility.lender);
    }
}
