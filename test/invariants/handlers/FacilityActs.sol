// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AlreadyExists} from "../../../contracts/claim/IClaim.sol";
import {FacilityStatus, FacilityTerms, IFacilities} from "../../../contracts/facility/IFacilities.sol";
import {NotPermitted, ROLE_BUYER, ROLE_COOPERATIVE, ROLE_LENDER} from "../../../contracts/party/IParties.sol";
import {FacilityGhost, MOST_FACILITIES} from "../Ghosts.sol";
import {Acts} from "../support/Acts.sol";

/// @title What lenders do with facilities
abstract contract FacilityActs is Acts {
    uint256 private _numbers;

    /// @dev For each pair of buyer and cooperative two in honest currency and one in the hostile one.
    function _openFirstFacilities() internal {
        for (uint256 i = 0; i < 12; ++i) {
            address currency = i < 8 ? address(deposits) : address(hostile);
            FacilityTerms memory terms = _terms(_buyers[i % 2], _cooperatives[(i / 2) % 2], currency);
            _open(_party[_lenders[(i / 4) % 3]].key, terms, 0);
        }
    }

    function _openFacility() internal returns (bool) {
        if (_facilityCount >= MOST_FACILITIES) return false;
        address currency = _chance(70) ? address(deposits) : address(hostile);
        FacilityTerms memory terms = _terms(_oneOf(_buyers), _oneOf(_cooperatives), currency);
        bytes4 wrong = _chance(15) ? IFacilities.InvalidFacilityTerm.selector : bytes4(0);
        if (wrong != 0) _spoil(terms);
        _open(_keyOf(_oneOf(_lenders)), terms, wrong);
        return true;
    }

    function _lowerLimit() internal returns (bool) {
        uint256 place = _roll(_facilityCount);
        FacilityGhost storage facility = _facility[place];
        uint256 limit = _chance(10) ? facility.limit : _minus(facility.limit, facility.limit / 10 + 1);
        address caller = _keyOf(facility.lender);
        bytes4 refusal;
        if (!_is(caller, facility.lender)) refusal = NotPermitted.selector;
        else if (limit >= facility.limit) refusal = IFacilities.LimitNotLower.selector;
        bytes memory data = abi.encodeCall(facilities.lowerLimit, (facility.id, uint64(limit)));
        if (_as(caller, address(facilities), data, refusal)) {
            facility.limit = limit;
            _touched.facility = place + 1;
        }
        return true;
    }

    /// @dev A suspended facility is mostly resumed.
    function _changeStatus() internal returns (bool) {
        uint256 place = _roll(_facilityCount);
        FacilityGhost storage facility = _facility[place];
        bool resumes = facility.status == FacilityStatus.Suspended ? _chance(90) : _chance(10);
        bool closes = !resumes && _chance(4);
        address caller = _keyOf(facility.lender);
        bytes4 refusal;
        if (!_is(caller, facility.lender)) refusal = NotPermitted.selector;
        else if (!resumes && !closes && facility.status == FacilityStatus.Suspended) {
            refusal = IFacilities.FacilitySuspended.selector;
        } else if (facility.status == FacilityStatus.Closed) refusal = IFacilities.FacilityClosed.selector;
        else if (resumes && facility.status == FacilityStatus.Open) refusal = IFacilities.FacilityNotSuspended.selector;
        bytes memory data =
            resumes
                ? abi.encodeCall(facilities.resume, (facility.id))
                : closes
                    ? abi.encodeCall(facilities.close, (facility.id))
                    : abi.encodeCall(facilities.suspend, (facility.id));
        if (_as(caller, address(facilities), data, refusal)) {
            facility.status =
                resumes
                    ? FacilityStatus.Open
                    : closes
                        ? FacilityStatus.Closed
                        : FacilityStatus.Suspended;
            _touched.facility = place + 1;
        }
        return true;
    }

    function _setPayee() internal returns (bool) {
        uint256 place = _roll(_facilityCount);
        FacilityGhost storage facility = _facility[place];
        address payee = _chance(50) ? facility.lender : _lendersPurse;
        if (_chance(10)) payee = _ours[_roll(_ours.length)];
        address caller = _keyOf(facility.lender);
        bytes4 refusal;
        if (!_is(caller, facility.lender)) refusal = NotPermitted.selector;
        else if (!parties.mayBePaid(payee)) refusal = IFacilities.InvalidFacilityTerm.selector;
        if (_as(caller, address(facilities), abi.encodeCall(facilities.setPayee, (facility.id, payee)), refusal)) {
            facility.payee = payee;
            _touched.facility = place + 1;
        }
        return true;
    }

    /// @dev Administration, not the lender, says who keeps its money when it cannot receive.
    function _setDepositary() internal returns (bool) {
        uint256 place = _roll(_facilityCount);
        FacilityGhost storage facility = _facility[place];
        address depositary =
            _chance(90)
                ? _oneOf(_depositaries)
                : _chance(50)
                    ? facility.lender
                    : _anybody();
        address caller = _administrator();
        bytes4 refusal = _refusesAdministration(caller);
        bool stranger = depositary == facility.lender || _party[depositary].key == address(0);
        if (refusal == 0 && stranger) refusal = IFacilities.InvalidFacilityTerm.selector;
        bytes memory data = abi.encodeCall(facilities.setDepositary, (facility.id, depositary));
        if (_as(caller, address(facilities), data, refusal)) {
            facility.depositary = depositary;
            _touched.facility = place + 1;
        }
        return true;
    }

    function _terms(address buyer, address borrower, address currency) private returns (FacilityTerms memory terms) {
        uint16 rate = uint16(_roll(1500));
        address[] memory suppliers = new address[](1);
        suppliers[0] = _oneOf(_suppliers);
        return
            FacilityTerms({
                number: bytes32(_chance(3) ? _between(1, _numbers + 1) : ++_numbers),
                borrower: borrower,
                buyer: buyer,
                currency: currency,
                limit: uint64(_chance(60) ? 1e12 : _between(100_000, 30_000_000)),
                orderAdvanceBps: uint16(_between(1000, 6000)),
                storedAdvanceBps: uint16(_between(3000, 9000)),
                acceptedAdvanceBps: uint16(_between(5000, 10_000)),
                rateBps: rate,
                penaltyRateBps: rate + uint16(_roll(1500)),
                dayBasis: _chance(50) ? 360 : 365,
                tenorDays: uint16(_between(20, 365)),
                graceDays: uint16(_roll(20)),
                sweepBps: uint16(
                    _chance(40)
                        ? 0
                        : _chance(40)
                            ? 10_000
                            : _roll(10_001)
                ),
                expiresDay: uint16(_today() + _between(100, 900)),
                payee: _lendersPurse,
                depositary: _chance(70) ? _oneOf(_depositaries) : address(0),
                approvedPayees: suppliers
            });
    }

    function _spoil(FacilityTerms memory terms) private {
        uint256 kind = _roll(11);
        if (kind == 0) terms.borrower = terms.buyer;
        if (kind == 1) terms.buyer = terms.borrower;
        if (kind == 2) terms.currency = address(this);
        if (kind == 3) terms.storedAdvanceBps = 10_001;
        if (kind == 4) terms.dayBasis = 364;
        if (kind == 5) terms.tenorDays = 366;
        if (kind == 6) terms.sweepBps = 10_001;
        if (kind == 7) terms.payee = address(facilities);
        if (kind == 8) terms.approvedPayees[0] = address(deposits);
        if (kind == 9) terms.depositary = _suppliers[0];
        if (kind == 10) terms.limit = uint64(1) << 56;
    }

    function _open(address caller, FacilityTerms memory terms, bytes4 wrong) private {
        address lender = _partyOf[caller];
        uint256 id = uint256(keccak256(abi.encode(bytes32("sheaf.facility"), lender, terms.number)));
        bytes4 refusal = _refusesOriginator(caller, ROLE_LENDER);
        if (refusal == 0 && _placeOf[id] != 0) refusal = AlreadyExists.selector;
        if (refusal == 0) refusal = wrong;
        if (refusal == 0 && _party[terms.borrower].roles & ROLE_COOPERATIVE == 0) {
            refusal = IFacilities.InvalidFacilityTerm.selector;
        }
        if (refusal == 0 && _party[terms.buyer].roles & ROLE_BUYER == 0) {
            refusal = IFacilities.InvalidFacilityTerm.selector;
        }
        if (!_as(caller, address(facilities), abi.encodeCall(facilities.open, (terms)), refusal)) return;
        FacilityGhost storage facility = _facility[_facilityCount++];
        _placeOf[id] = _touched.facility = _facilityCount;
        facility.id = id;
        facility.lender = lender;
        facility.borrower = terms.borrower;
        facility.buyer = terms.buyer;
        facility.currency = terms.currency;
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
        facility.status = FacilityStatus.Open;
        facility.payee = terms.payee;
        facility.depositary = terms.depositary;
        facility.supplier = terms.approvedPayees[0];
    }
}
