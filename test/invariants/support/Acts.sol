// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";
import {AlreadyExists, StaleState} from "../../../contracts/claim/IClaim.sol";
import {NotPermitted, PartySuspended, Paused, Retired} from "../../../contracts/party/IParties.sol";
import {Dice} from "./Dice.sol";
import {VM} from "./ICheats.sol";
import {World} from "./World.sol";

/// @dev The places of what an act has changed, plus one each; 0 for none.
struct Touched {
    uint256 order;
    uint256 delivery;
    uint256 receipt;
    uint256 otherReceipt;
    uint256 facility;
    address warehouse;
}

/// @title What all acts share: one call to a contract, as somebody, that has to end as the rules say
abstract contract Acts is World, Dice {
    struct Tally {
        uint64 calls;
        uint64 done;
    }

    /// @dev Percent of the calls that are tried by anybody first, and of money calls that are sent twice.
    uint256 private constant WRONG_PARTY = 3;
    uint256 private constant SENT_TWICE = 8;
    /// @dev A call that failed without a word: no rule gives that, and it must not pass for success.
    bytes4 private constant SILENT = 0xffffffff;
    string private constant TRACE = "cache/properties/trace.txt";

    Touched internal _touched;
    /// @dev What the holder got of the payment that this act made.
    uint256 internal _paidToHolder;
    /// @dev What this act drew.
    uint256 internal _drawnNow;
    bool internal _isTracing;
    /// @dev Keys are a contract's address and a selector.
    bytes32[] internal _functions;
    mapping(bytes32 => Tally) internal _tallies;
    /// @dev What was met on the way, by its name or by the error's selector, and how often.
    bytes32[] internal _marks;
    mapping(bytes32 mark => uint256) internal _marked;

    /// @notice Calls `target` as `caller`. `refusal` is the error that the rules give it, or 0 if they allow it: that is
    /// how the call has to end.
    function _as(address caller, address target, bytes memory data, bytes4 refusal) internal returns (bool done) {
        if (caller != address(this)) VM.prank(caller);
        bytes memory answer;
        // solhint-disable-next-line avoid-low-level-calls
        (done, answer) = target.call(data);
        bytes4 given = _given(done, answer);
        _count(target, bytes4(data), done);
        if (!done) _note(given);
        if (_isTracing) _trace(caller, target, data, done, answer);
        if (given != refusal) revert(_verdict(target, bytes4(data), refusal, given));
        if (!done) delete _touched;
    }

    /// @notice Property 9: the same money call, sent again, changes nothing.
    function _perhapsTwice(address caller, address target, bytes memory data, bytes4 refusal) internal {
        if (!_isSentTwice()) return;
        Touched memory before = _touched;
        _as(caller, target, data, refusal);
        _touched = before;
    }

    function _isSentTwice() internal returns (bool) {
        return _chance(SENT_TWICE);
    }

    /// @dev The key of the party that an act is for; seldom somebody else's, or the one that the party had before.
    function _keyOf(address party) internal returns (address) {
        if (_chance(WRONG_PARTY)) return _anybody();
        address old = _party[party].oldKey;
        if (old == address(0) || !_chance(WRONG_PARTY)) return _party[party].key;
        _note("tried-by-old-key");
        return old;
    }

    /// @dev Counts that this was met: what is never met, no campaign proves.
    function _note(bytes32 mark) internal {
        if (_marked[mark] == 0) _marks.push(mark);
        ++_marked[mark];
    }

    function _anybody() internal returns (address) {
        return _everybody[_roll(_everybody.length)];
    }

    function _administrator() internal returns (address) {
        return _chance(5) ? _anybody() : address(this);
    }

    function _refusesAdministration(address caller) internal view returns (bytes4) {
        return caller == address(this) ? bytes4(0) : IAccessManaged.AccessManagedUnauthorized.selector;
    }

    function _oneOf(address[] storage accounts) internal returns (address) {
        return accounts[_roll(accounts.length)];
    }

    function _is(address caller, address party) internal view returns (bool) {
        return party != address(0) && _partyOf[caller] == party;
    }

    /// @dev Whether and how the rules refuse that `caller` originates.
    function _refusesOriginator(address caller, uint16 roles) internal view returns (bytes4) {
        address party = _partyOf[caller];
        if (party == address(0) || _party[party].roles & roles == 0) return NotPermitted.selector;
        if (_isRetired) return Retired.selector;
        if (_isPaused) return Paused.selector;
        if (_party[party].suspended) return PartySuspended.selector;
        return 0;
    }

    /// @dev What was called to set the scene is no part of the campaign.
    function _forgetCounts() internal {
        for (uint256 i = 0; i < _functions.length; ++i) delete _tallies[_functions[i]];
        for (uint256 i = 0; i < _marks.length; ++i) delete _marked[_marks[i]];
        delete _functions;
        delete _marks;
        delete _touched;
    }

    function _given(bool done, bytes memory answer) private pure returns (bytes4) {
        if (done) return 0;
        return answer.length < 4 ? SILENT : bytes4(answer);
    }

    function _count(address target, bytes4 selector, bool done) private {
        bytes32 key = bytes32(bytes20(target)) | (bytes32(selector) >> 160);
        Tally storage tally = _tallies[key];
        if (tally.calls == 0) _functions.push(key);
        ++tally.calls;
        if (done) ++tally.done;
    }

    function _verdict(
        address target,
        bytes4 selector,
        bytes4 refusal,
        bytes4 given
    ) private view returns (string memory) {
        string memory property = "rules: ";
        if (refusal == NotPermitted.selector) property = "7: ";
        else if (refusal == StaleState.selector || refusal == AlreadyExists.selector) property = "9: ";
        else if (refusal == 0 && (target == address(facilities) || target == address(receivables))) property = "8: ";
        return
            string.concat(
                property,
                _nameOf[target],
                ".",
                _hex(selector),
                " answers ",
                _hex(given),
                ", the rules say ",
                _hex(refusal)
            );
    }

    function _trace(address caller, address target, bytes memory data, bool done, bytes memory answer) private {
        string memory who = bytes(_nameOf[caller]).length == 0 ? Strings.toHexString(caller) : _nameOf[caller];
        string memory line = string.concat(
            Strings.toString(_time),
            "|",
            who,
            "|",
            _nameOf[target],
            "|",
            VM.toString(data),
            done ? "|" : "|!",
            VM.toString(answer)
        );
        VM.writeLine(TRACE, line);
    }

    /// @dev The names of all addresses, for whoever reads the trace.
    function _introduce() internal {
        for (uint256 i = 0; i < _accounts.length; ++i) _introduce(_accounts[i]);
        for (uint256 i = 0; i < _ours.length; ++i) _introduce(_ours[i]);
        _introduce(address(deposits));
        _introduce(address(hostile));
    }

    function _introduce(address account) private {
        VM.writeLine(TRACE, string.concat("name|", _nameOf[account], "|", Strings.toHexString(account)));
    }

    function _hex(bytes4 selector) internal pure returns (string memory) {
        return selector == 0 ? "yes" : Strings.toHexString(uint32(selector), 4);
    }
}
