// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {CurrencyActs} from "./handlers/CurrencyActs.sol";
import {Deadlines} from "./handlers/Deadlines.sol";
import {FacilityActs} from "./handlers/FacilityActs.sol";
import {PartyActs} from "./handlers/PartyActs.sol";
import {ReceiptActs} from "./handlers/ReceiptActs.sol";
import {Season} from "./support/Season.sol";
import {VM} from "./support/ICheats.sol";

/// @title The campaign: seasons of random trade, in which nothing that must never happen does
/// @notice The runner draws a seed for each season. A season is one call of the virtual machine, so that an act costs what
/// the contracts cost and no more; the runner works on several lanes at once.
contract Campaign is PartyActs, ReceiptActs, FacilityActs, CurrencyActs, Deadlines, Season {
    function setUp() public {
        _found();
        _openFirstFacilities();
        _forgetCounts();
    }

    function testLaneA(bytes32 seed) external {
        _season(seed, "A");
    }

    function testLaneB(bytes32 seed) external {
        _season(seed, "B");
    }

    function testLaneC(bytes32 seed) external {
        _season(seed, "C");
    }

    function testLaneD(bytes32 seed) external {
        _season(seed, "D");
    }

    /// @notice Plays the season of PROPERTIES_SEED again, looks for the fewest acts that still break the property, and
    /// writes down their calls. Does nothing without a seed.
    function testReplay() external {
        bytes32 seed = VM.envOr("PROPERTIES_SEED", bytes32(0));
        if (seed != 0) _shrink(seed);
    }

    function _letTimePass() internal override {
        uint256 kind = _roll(100);
        uint256 time = _time;
        if (kind < 40) time += _roll(60);
        else if (kind < 87) time += _roll(10 hours);
        else if (kind < 97) time += _roll(3 days);
        else if (kind < 98) time += _roll(40 days);
        _passTo(time);
    }

    /// @dev An act that finds nothing to do answers false, and another one is tried.
    function _someAct() internal override returns (bool) {
        if (_isPaused && _chance(30)) return _pause();
        if (_mayLiftSuspension() && _chance(20)) return _suspend();
        if (_mayRestoreRoles() && _chance(20)) return _setRoles();
        if (_isHostileNow() && _chance(5)) return _turnCurrency();
        if (_endsSoon() && !_isRetired && _chance(1)) return _retire();
        uint256 kind = _roll(220);
        if (kind < 7) return _issueOrder();
        if (kind < 9) return _issueManyOrders();
        if (kind < 12) return _issueAcceptedOrder();
        if (kind < 22) return _acceptOrder();
        if (kind < 24) return _cancelOrder();
        if (kind < 26) return _lapseOrder();
        if (kind < 36) return _issueReceipt();
        if (kind < 49) return _earmark();
        if (kind < 52) return _returnGoods();
        if (kind < 57) return _unearmark();
        if (kind < 59) return _consent();
        if (kind < 64) return _split();
        if (kind < 68) return _merge();
        if (kind < 70) return _endorse();
        if (kind < 73) return _withdraw();
        if (kind < 77) return _shrink();
        if (kind < 90) return _despatchFromStore();
        if (kind < 93) return _fetch();
        if (kind < 100) return _despatchFromField();
        if (kind < 103) return _recall();
        if (kind < 118) return _acceptDelivery();
        if (kind < 122) return _deemAccepted();
        if (kind < 131) return _pay();
        if (kind < 144) return _collect();
        if (kind < 148) return _contest();
        if (kind < 151) return _rule();
        if (kind < 154) return _assign();
        if (kind < 176) return _drawDown();
        if (kind < 184) return _repay();
        if (kind < 186) return _declareDefault();
        if (kind < 187) return _writeOff();
        if (kind < 188) return _openFacility();
        if (kind < 189) return _lowerLimit();
        if (kind < 191) return _changeStatus();
        if (kind < 192) return _setPayee();
        if (kind < 193) return _setDepositary();
        if (kind < 194) return _chance(75) ? _suspend() : _setRoles();
        if (kind < 195) return _chance(40) && _pause();
        if (kind < 196) return _setCapacity();
        if (kind < 197) return _changePayout();
        if (kind < 199) return _chance(80) ? _proposeKey() : _vetoKey();
        if (kind < 201) return _replaceKey();
        if (kind < 202) return _revokeNonce();
        if (kind < 204) return _intrude();
        if (kind < 206) return _changePurse();
        if (kind < 207) return _changeMandate();
        if (kind < 210) return _turnCurrency();
        return _meetDeadline();
    }
}
