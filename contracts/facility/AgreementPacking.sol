// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Agreement, FacilityStatus} from "./IFacilities.sol";

/// @title A facility in two words: how it lies in storage and goes from contract to contract
/// @dev From the lowest bit up, in the order of the fields of `Agreement`: 256 bits agreed, 216 bits that run.
library AgreementPacking {
    function unpack(uint256 agreed, uint256 running) internal pure returns (Agreement memory facility) {
        fill(facility, agreed, running);
    }

    /// @notice Writes the words into a facility that is there already: a second one would cost its memory again.
    function fill(Agreement memory facility, uint256 agreed, uint256 running) internal pure {
        facility.lender = uint32(agreed);
        facility.borrower = uint32(agreed >> 32);
        facility.buyer = uint32(agreed >> 64);
        facility.rateBps = uint16(agreed >> 96);
        facility.penaltyRateBps = uint16(agreed >> 112);
        facility.dayBasis = uint16(agreed >> 128);
        facility.tenorDays = uint16(agreed >> 144);
        facility.graceDays = uint16(agreed >> 160);
        facility.sweepBps = uint16(agreed >> 176);
        facility.orderAdvanceBps = uint16(agreed >> 192);
        facility.storedAdvanceBps = uint16(agreed >> 208);
        facility.acceptedAdvanceBps = uint16(agreed >> 224);
        facility.expiresDay = uint16(agreed >> 240);
        facility.status = FacilityStatus(uint8(running));
        facility.limit = uint56(running >> 8);
        facility.drawn = uint56(running >> 64);
        facility.defaults = uint16(running >> 120);
        facility.currency = uint16(running >> 136);
        facility.number = uint24(running >> 152);
        facility.depositary = uint32(running >> 176);
    }

    /// @notice The first word: what never changes.
    function packAgreed(Agreement memory facility) internal pure returns (uint256) {
        return
            uint256(facility.lender) |
            (uint256(facility.borrower) << 32) |
            (uint256(facility.buyer) << 64) |
            (uint256(facility.rateBps) << 96) |
            (uint256(facility.penaltyRateBps) << 112) |
            (uint256(facility.dayBasis) << 128) |
            (uint256(facility.tenorDays) << 144) |
            (uint256(facility.graceDays) << 160) |
            (uint256(facility.sweepBps) << 176) |
            (uint256(facility.orderAdvanceBps) << 192) |
            (uint256(facility.storedAdvanceBps) << 208) |
            (uint256(facility.acceptedAdvanceBps) << 224) |
            (uint256(facility.expiresDay) << 240);
    }

    /// @notice The second word.
    function packRunning(Agreement memory facility) internal pure returns (uint256) {
        return
            uint256(facility.status) |
            (uint256(facility.limit) << 8) |
            (uint256(facility.drawn) << 64) |
            (uint256(facility.defaults) << 120) |
            (uint256(facility.currency) << 136) |
            (uint256(facility.number) << 152) |
            (uint256(facility.depositary) << 176);
    }
}
