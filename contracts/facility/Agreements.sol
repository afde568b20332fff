// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {AlreadyExists} from "../claim/IClaim.sol";
import {Mandates} from "../money/Mandates.sol";
import {IParties, NotPermitted, ROLE_BUYER, ROLE_COOPERATIVE, ROLE_LENDER} from "../party/IParties.sol";
import {Peers} from "../Peers.sol";
import {AgreementPacking} from "./AgreementPacking.sol";
import {Agreement, Facility, FacilityStatus, FacilityTerms, IFacilities} from "./IFacilities.sol";

/// @title The agreements: what a lender opens, lowers, suspends and closes
/// @dev The part of `Facilities` that moves no money.
abstract contract Agreements is IFacilities, Mandates, AccessManaged {
    using AgreementPacking for Agreement;

    /// @dev A facility in storage.
    struct Record {
        uint256 agreed;
        uint256 running;
        address payee;
    }

    bytes32 private constant KIND = "sheaf.facility";
    uint16 private constant ALL_BPS = 10_000;
    uint16 private constant MOST_TENOR_DAYS = 365;
    uint256 private constant MOST_PAYEES = 16;

    IParties internal immutable PARTIES;

    mapping(uint256 facility => Record) private _facilities;
    mapping(uint24 number => uint256 facility) public idOf;
    mapping(uint256 facility => mapping(address account => bool)) public isApprovedPayee;
    uint24 private _count;

    constructor(Peers memory peers, address accessManager) Mandates(peers.currencies) AccessManaged(accessManager) {
        PARTIES = peers.parties;
    }

    function open(FacilityTerms calldata terms) external returns (uint256 id) {
        (uint32 lender, address lenderId) = PARTIES.requireOriginator(msg.sender, ROLE_LENDER);
        id = facilityId(lenderId, terms.number);
        require(_facilities[id].agreed == 0, AlreadyExists(id));
        _requireTerms(terms);
        Agreement memory facility;
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
        facility.expiresDay = terms.expiresDay;
        facility.status = FacilityStatus.Open;
        facility.limit = uint56(terms.limit);
        facility.currency = CURRENCIES.numberOf(terms.currency);
        require(facility.currency != 0, InvalidFacilityTerm("currency"));
        facility.number = ++_count;
        if (terms.depositary != address(0)) facility.depositary = _depositary(lender, terms.depositary);
        _facilities[id] = Record(facility.packAgreed(), facility.packRunning(), terms.payee);
        idOf[facility.number] = id;
        for (uint256 i = 0; i < terms.approvedPayees.length; ++i) {
            require(PARTIES.mayBePaid(terms.approvedPayees[i]), InvalidFacilityTerm("approvedPayees"));
            isApprovedPayee[id][terms.approvedPayees[i]] = true;
        }
        emit FacilityOpened(id, lenderId, terms.borrower, terms);
    }

    function lowerLimit(uint256 id, uint64 limit) external {
        Agreement memory facility = _requireLender(id);
        require(limit < facility.limit, LimitNotLower(limit, facility.limit));
        facility.limit = uint56(limit);
        _setRunning(id, facility);
        emit LimitLowered(id, limit);
    }

    function suspend(uint256 id) external {
        Agreement memory facility = _requireLender(id);
        require(facility.status != FacilityStatus.Suspended, FacilitySuspended(id));
        require(facility.status == FacilityStatus.Open, FacilityClosed(id));
        _setStatus(id, facility, FacilityStatus.Suspended);
    }

    function resume(uint256 id) external {
        Agreement memory facility = _requireLender(id);
        require(facility.status != FacilityStatus.Closed, FacilityClosed(id));
        require(facility.status == FacilityStatus.Suspended, FacilityNotSuspended(id));
        _setStatus(id, facility, FacilityStatus.Open);
    }

    function close(uint256 id) external {
        Agreement memory facility = _requireLender(id);
        require(facility.status != FacilityStatus.Closed, FacilityClosed(id));
        _setStatus(id, facility, FacilityStatus.Closed);
    }

    function setPayee(uint256 id, address payee) external {
        _requireLender(id);
        require(PARTIES.mayBePaid(payee), InvalidFacilityTerm("payee"));
        _facilities[id].payee = payee;
        emit PayeeChanged(id, payee);
    }

    function setDepositary(uint256 id, address depositary) external restricted {
        Agreement memory facility = _existing(id);
        facility.depositary = _depositary(facility.lender, depositary);
        _setRunning(id, facility);
        emit DepositaryChanged(id, depositary);
    }

    function facilityById(uint256 id) external view returns (Facility memory facility) {
        Agreement memory agreement = _agreement(id);
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
        facility.payee = _payeeOf(id);
        facility.drawn = agreement.drawn;
        facility.defaults = agreement.defaults;
        facility.buyer = PARTIES.idOf(agreement.buyer);
        facility.limit = agreement.limit;
        facility.depositary = PARTIES.idOf(agreement.depositary);
    }

    function packedAgreement(uint256 id) external view returns (uint256, uint256) {
        return (_facilities[id].agreed, _facilities[id].running);
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

    function _setStatus(uint256 id, Agreement memory facility, FacilityStatus status) private {
        facility.status = status;
        _setRunning(id, facility);
        emit FacilityStatusChanged(id, status);
    }

    /// @dev Writes what has changed of a facility.
    function _setRunning(uint256 id, Agreement memory facility) internal {
        _facilities[id].running = facility.packRunning();
    }

    /// @dev The facility; all zero where there is none.
    function _agreement(uint256 id) internal view returns (Agreement memory facility) {
        AgreementPacking.fill(facility, _facilities[id].agreed, _facilities[id].running);
    }

    /// @dev The account where the lender is paid.
    function _payeeOf(uint256 id) internal view returns (address) {
        return _facilities[id].payee;
    }

    function _existing(uint256 id) private view returns (Agreement memory facility) {
        facility = _agreement(id);
        require(facility.status != FacilityStatus.None, UnknownFacility(id));
    }

    function _requireLender(uint256 id) private view returns (Agreement memory facility) {
        facility = _existing(id);
        _requireParty(facility.lender);
    }
}
