// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {PayeeCannotReceive, PayerFundsUnavailable} from "../../contracts/money/Payment.sol";
import {HostileCurrency} from "../contracts/currencies/HostileCurrency.sol";

/// @dev How a currency behaves at the moment.
struct CurrencyGhost {
    bool hostile;
    bool answersFalse;
    uint256 feeBps;
    mapping(address account => bool) frozen;
}

/// @title Every account of every currency, by the campaign's own books
abstract contract GhostMoney {
    bytes4 internal constant PANIC = 0x4e487b71;

    struct Account {
        address token;
        address holder;
    }

    /// @dev What the act has moved, to be compared after it.
    Account[] internal _moved;
    mapping(address token => CurrencyGhost) internal _currency;
    mapping(address token => mapping(address account => uint256)) internal _balance;
    mapping(address token => mapping(address owner => mapping(address spender => uint256))) internal _allowance;

    /// @dev Books a transfer by mandate; where the currency refuses it, books nothing and says how it refuses.
    function _move(
        address token,
        address spender,
        address from,
        address to,
        uint256 amount
    ) internal returns (bytes4 refusal) {
        CurrencyGhost storage currency = _currency[token];
        uint256 allowed = _allowance[token][from][spender];
        if (currency.hostile) {
            if (currency.answersFalse) return SafeERC20.SafeERC20FailedOperation.selector;
            if (currency.frozen[from] || currency.frozen[to]) return HostileCurrency.Frozen.selector;
            if (allowed < amount || _balance[token][from] < amount) return PANIC;
        } else {
            if (allowed < amount) return IERC20Errors.ERC20InsufficientAllowance.selector;
            if (_balance[token][from] < amount) return IERC20Errors.ERC20InsufficientBalance.selector;
        }
        if (currency.hostile || allowed != type(uint256).max) _allowance[token][from][spender] = allowed - amount;
        _balance[token][from] -= amount;
        _balance[token][to] += amount - (amount * currency.feeBps) / 10_000;
        _moved.push(Account(token, from));
        _moved.push(Account(token, to));
        return 0;
    }

    /// @dev Takes back what `_move` has just booked.
    function _moveBack(address token, address spender, address from, address to, uint256 amount) internal {
        CurrencyGhost storage currency = _currency[token];
        _balance[token][to] -= amount - (amount * currency.feeBps) / 10_000;
        _balance[token][from] += amount;
        if (currency.hostile || _allowance[token][from][spender] != type(uint256).max) {
            _allowance[token][from][spender] += amount;
        }
    }

    /// @dev Books one leg of a payment. `PayeeCannotReceive` where it fails though the payer could have paid.
    function _pays(
        address token,
        address spender,
        address from,
        address to,
        uint256 amount
    ) internal returns (bytes4 refusal) {
        if (_move(token, spender, from, to, amount) == 0) return 0;
        bool funds = _balance[token][from] >= amount && _allowance[token][from][spender] >= amount;
        return funds ? PayeeCannotReceive.selector : PayerFundsUnavailable.selector;
    }
}
