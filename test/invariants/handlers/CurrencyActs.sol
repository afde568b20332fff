// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {CurrencyGhost} from "../GhostMoney.sol";
import {Acts} from "../support/Acts.sol";

/// @title Purses that run short, mandates that end, and a currency that turns hostile
abstract contract CurrencyActs is Acts {
    /// @dev A buyer's or lender's purse is emptied down to little, or filled again.
    function _changePurse() internal returns (bool) {
        address account = _payer();
        uint256 has = _balance[address(deposits)][account];
        if (has < PURSE / 2) {
            _as(address(this), address(deposits), abi.encodeCall(deposits.mint, (account, PURSE)), 0);
            _balance[address(deposits)][account] += PURSE;
            if (_balance[address(hostile)][account] < PURSE / 2) {
                hostile.mint(account, PURSE);
                _balance[address(hostile)][account] += PURSE;
            }
            return true;
        }
        uint256 spent = has - _roll(2_000_000);
        _balance[address(deposits)][account] -= spent;
        _balance[address(deposits)][_elsewhere] += spent;
        _as(account, address(deposits), abi.encodeCall(deposits.transfer, (_elsewhere, spent)), 0);
        return true;
    }

    /// @dev A mandate is limited, or given anew.
    function _changeMandate() internal returns (bool) {
        address account = _payer();
        address spender = _chance(50) ? address(receivables) : address(facilities);
        bool limited = _allowance[address(deposits)][account][spender] != type(uint256).max;
        uint256 allowed = limited ? type(uint256).max : _roll(50_000_000);
        _as(account, address(deposits), abi.encodeCall(deposits.approve, (spender, allowed)), 0);
        _allowance[address(deposits)][account][spender] = allowed;
        return true;
    }

    /// @dev One hostility at a time, and none most of the time.
    function _turnCurrency() internal returns (bool) {
        CurrencyGhost storage currency = _currency[address(hostile)];
        bytes memory data;
        if (currency.answersFalse) {
            data = abi.encodeCall(hostile.answerFalse, (currency.answersFalse = false));
        } else if (currency.feeBps != 0) {
            data = abi.encodeCall(hostile.keep, (currency.feeBps = 0));
        } else if (currency.frozen != address(0)) {
            data = abi.encodeCall(hostile.freeze, (currency.frozen, false));
            currency.frozen = address(0);
        } else {
            data = _turnHostile(currency);
        }
        return _as(address(this), address(hostile), data, 0);
    }

    function _isHostileNow() internal view returns (bool) {
        return _currency[address(hostile)].answersFalse || _currency[address(hostile)].frozen != address(0);
    }

    function _turnHostile(CurrencyGhost storage currency) private returns (bytes memory) {
        uint256 kind = _roll(3);
        if (kind == 0) return abi.encodeCall(hostile.answerFalse, (currency.answersFalse = true));
        if (kind == 1) return abi.encodeCall(hostile.keep, (currency.feeBps = _between(1, 500)));
        return abi.encodeCall(hostile.freeze, (currency.frozen = _oneOf(_accounts), true));
    }

    function _payer() private returns (address) {
        uint256 kind = _roll(10);
        if (kind < 5) return _party[_oneOf(_buyers)].key;
        return _party[kind < 8 ? _oneOf(_lenders) : _oneOf(_cooperatives)].key;
    }
}
