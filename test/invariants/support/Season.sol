// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";
import {Liveness} from "../Liveness.sol";
import {VM} from "./ICheats.sol";

/// @title A season: so many acts from one seed, and what must hold after each
/// @notice A season that fails can be played again with fewer acts, until only those are left that break the property.
abstract contract Season is Liveness {
    /// @dev How a season that was tried out ended; all that it did is undone with it.
    error Tried(string reason);
    error OnlyItself();
    error TrialEndedOtherwise(bytes how);

    uint256 private constant SWEEP_EVERY = 100;
    /// @dev The act from which on some seasons may end all originating.
    uint256 private constant RETIRES_FROM = 360;
    uint256 private constant MOST_TRIALS = 2000;
    string private constant COUNTS = "cache/properties/counts-";

    bool private _isEnding;

    /// @dev Whether this is one of the last acts of a season that may end all originating.
    function _endsSoon() internal view returns (bool) {
        return _isEnding;
    }

    function _letTimePass() internal virtual;

    /// @dev Does something, or answers false where there is nothing of the kind to do.
    function _someAct() internal virtual returns (bool);

    /// @notice One act and what must hold after it: a call to itself, which gives back its memory when it ends.
    function act(uint256 seed, bool endsSoon) external {
        require(msg.sender == address(this), OnlyItself());
        _isEnding = endsSoon;
        _shake(seed);
        _letTimePass();
        for (uint256 i = 0; i < 40 && !_someAct(); ++i) {}
        _afterAct();
    }

    function sweep() external view {
        _everywhere();
    }

    /// @notice Property 8, at the end of a season. Always reverts, with `Tried` if it holds.
    function release(bool worst) external {
        require(msg.sender == address(this), OnlyItself());
        _releaseAll(worst);
        revert Tried("");
    }

    /// @notice Plays the chosen acts of a season. Always reverts, with `Tried`.
    function tryOut(bytes32 seed, uint256[] calldata chosen, bool tracing) external {
        _isTracing = tracing;
        for (uint256 i = 0; i < chosen.length; ++i) {
            string memory reason = _play(seed, chosen[i], i + 1 == chosen.length);
            if (bytes(reason).length != 0) revert Tried(reason);
        }
        revert Tried(_released(seed));
    }

    /// @dev Lanes write at the same time, each to a file of its own.
    function _season(bytes32 drawn, string memory lane) internal {
        bytes32 seed = keccak256(abi.encode(drawn, lane));
        uint256 acts = VM.envOr("PROPERTIES_ACTS", uint256(400));
        for (uint256 i = 0; i < acts; ++i) {
            string memory reason = _play(seed, i, i % SWEEP_EVERY == SWEEP_EVERY - 1 || i + 1 == acts);
            if (bytes(reason).length == 0 && i + 1 == acts) reason = _released(seed);
            if (bytes(reason).length != 0) revert(string.concat(reason, _place(seed, i + 1)));
        }
        VM.writeLine(string.concat(COUNTS, lane, ".txt"), _counts());
    }

    /// @dev Takes acts out, by halves, quarters and so on, as long as what is left fails in the same way.
    function _shrink(bytes32 seed) internal {
        uint256[] memory chosen = new uint256[](VM.envOr("PROPERTIES_ACTS", uint256(400)));
        for (uint256 i = 0; i < chosen.length; ++i) chosen[i] = i;
        string memory reason = _tried(seed, chosen, false);
        if (bytes(reason).length == 0) return;
        uint256 trials;
        for (uint256 size = chosen.length / 2; size > 0;) {
            uint256 before = chosen.length;
            for (uint256 from = 0; from + size <= chosen.length && trials < MOST_TRIALS; ++trials) {
                uint256[] memory fewer = _without(chosen, from, size);
                if (_same(_tried(seed, fewer, false), reason)) chosen = fewer;
                else from += size;
            }
            if (size > 1 || chosen.length == before) size /= 2;
        }
        _introduce();
        _tried(seed, chosen, true);
        revert(string.concat(reason, _place(seed, chosen.length)));
    }

    function _tried(bytes32 seed, uint256[] memory chosen, bool tracing) private returns (string memory) {
        try this.tryOut(seed, chosen, tracing) {} catch (bytes memory why) {
            require(bytes4(why) == Tried.selector, TrialEndedOtherwise(why));
            return abi.decode(_argumentsOf(why), (string));
        }
        revert TrialEndedOtherwise("");
    }

    /// @dev Why the act, or the sweep after it, failed; empty where nothing did.
    function _play(bytes32 seed, uint256 place, bool sweeps) private returns (string memory) {
        bool endsSoon = uint256(seed) % 3 == 0 && place >= RETIRES_FROM;
        try this.act(uint256(keccak256(abi.encode(seed, place))), endsSoon) {} catch (bytes memory why) {
            return _reasonOf(why);
        }
        if (!sweeps) return "";
        try this.sweep() {} catch (bytes memory why) {
            return _reasonOf(why);
        }
        return "";
    }

    function _released(bytes32 seed) private returns (string memory) {
        try this.release(uint256(seed) % 2 == 0) {} catch (bytes memory why) {
            return bytes4(why) == Tried.selector ? "" : _reasonOf(why);
        }
        revert TrialEndedOtherwise("");
    }

    function _counts() private view returns (string memory line) {
        for (uint256 i = 0; i < _functions.length; ++i) {
            bytes32 key = _functions[i];
            Tally storage tally = _tallies[key];
            line = string.concat(
                line,
                i == 0 ? "" : " ",
                _nameOf[address(bytes20(key))],
                ".",
                Strings.toHexString(uint32(uint256(key) >> 64), 4),
                ":",
                Strings.toString(tally.calls),
                ":",
                Strings.toString(tally.done)
            );
        }
        for (uint256 i = 0; i < _marks.length; ++i) {
            bytes32 mark = _marks[i];
            bool named = uint256(mark) << 32 != 0;
            string memory name = named ? _text(mark) : Strings.toHexString(uint32(bytes4(mark)), 4);
            line = string.concat(line, " ", name, ":", Strings.toString(_marked[mark]));
        }
    }

    function _text(bytes32 word) private pure returns (string memory) {
        uint256 length;
        while (length < 32 && word[length] != 0) ++length;
        bytes memory text = new bytes(length);
        for (uint256 i = 0; i < length; ++i) text[i] = word[i];
        return string(text);
    }

    function _without(uint256[] memory all, uint256 from, uint256 size) private pure returns (uint256[] memory fewer) {
        fewer = new uint256[](all.length - size);
        for (uint256 i = 0; i < fewer.length; ++i) fewer[i] = i < from ? all[i] : all[i + size];
    }

    function _same(string memory a, string memory b) private pure returns (bool) {
        return keccak256(bytes(a)) == keccak256(bytes(b));
    }

    function _place(bytes32 seed, uint256 acts) private pure returns (string memory) {
        string memory name = Strings.toHexString(uint256(seed), 32);
        return string.concat(" [seed ", name, ", acts ", Strings.toString(acts), "]");
    }

    function _reasonOf(bytes memory why) private pure returns (string memory) {
        if (bytes4(why) == bytes4(keccak256("Error(string)"))) return abi.decode(_argumentsOf(why), (string));
        return string.concat("the campaign itself failed: ", VM.toString(why));
    }

    function _argumentsOf(bytes memory why) private pure returns (bytes memory arguments) {
        arguments = new bytes(why.length - 4);
        for (uint256 i = 0; i < arguments.length; ++i) arguments[i] = why[i + 4];
    }
}
