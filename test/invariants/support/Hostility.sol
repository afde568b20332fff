// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {CurrencyGhost} from "../GhostMoney.sol";
import {Acts} from "./Acts.sol";

/// @title What the hostile currency is told: whom it freezes, what it keeps, that it refuses
abstract contract Hostility is Acts {
    address[] private _frozen;

    function _isHostileNow() internal view returns (bool) {
        return _currency[address(hostile)].answersFalse || _frozen.length != 0;
    }

    function _pacify() internal {
        CurrencyGhost storage currency = _currency[address(hostile)];
        if (currency.answersFalse) _tell(abi.encodeCall(hostile.answerFalse, (currency.answersFalse = false)));
        if (currency.feeBps != 0) _tell(abi.encodeCall(hostile.keep, (currency.feeBps = 0)));
        for (uint256 i = 0; i < _frozen.length; ++i) {
            _tell(abi.encodeCall(hostile.freeze, (_frozen[i], false)));
            currency.frozen[_frozen[i]] = false;
        }
        delete _frozen;
    }

    function _freeze(address account) internal {
        CurrencyGhost storage currency = _currency[address(hostile)];
        if (currency.frozen[account]) return;
        _tell(abi.encodeCall(hostile.freeze, (account, true)));
        currency.frozen[account] = true;
        _frozen.push(account);
    }

    function _tell(bytes memory data) internal returns (bool) {
        return _as(address(this), address(hostile), data, 0);
    }
}
