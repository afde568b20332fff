// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {CurrencyGhost} from "../GhostMoney.sol";
import {Hostility} from "../support/Hostility.sol";

/// @title Purses that run short, mandates that end, and a currency that turns hostile
abstract contract CurrencyActs is Hostility {
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
        if (_isHostileNow() || _currency[address(hostile)].feeBps != 0) {
            _pacify();
            return true;
        }
        CurrencyGhost storage currency = _currency[address(hostile)];
        uint256 kind = _roll(10);
        if (kind < 1) {
            currency.answersFalse = true;
            return _tell(abi.encodeCall(hostile.answerFalse, (true)));
        }
        if (kind < 3) return _tell(abi.encodeCall(hostile.keep, (currency.feeBps = _between(1, 500))));
        _freeze(_somePayee());
        if (_chance(30)) _freeze(_somePayee());
        return true;
    }

    /// @dev Mostly one that is to be paid: a lender's account, a holder's, a depositary's, a supplier's; or a payer's.
    function _somePayee() private returns (address) {
        uint256 kind = _roll(10);
        if (kind < 3) return _facility[_roll(_facilityCount)].payee;
        if (kind < 6) return _party[_oneOf(_cooperatives)].payoutAccount;
        if (kind < 7) return _party[_oneOf(_depositaries)].payoutAccount;
        if (kind < 8) return _party[_oneOf(_lenders)].payoutAccount;
        return kind < 9 ? _accounts[_roll(_accounts.length)] : _party[_oneOf(_buyers)].key;
    }

    function _payer() private returns (address) {
        uint256 kind = _roll(10);
        if (kind < 5) return _party[_oneOf(_buyers)].key;
        return _party[kind < 8 ? _oneOf(_lenders) : _oneOf(_cooperatives)].key;
    }
}
