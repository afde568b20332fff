// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {ICurrencies} from "./ICurrencies.sol";

/// @dev The interface `ICurrencies` is its documentation.
contract Currencies is ICurrencies, AccessManaged {
    uint8 private constant MOST_DECIMALS = 6;

    mapping(address token => uint16 number) public numberOf;
    address[] private _tokens;

    constructor(address accessManager) AccessManaged(accessManager) {}

    function approveCurrency(address token) external restricted returns (uint16 number) {
        require(numberOf[token] == 0, AlreadyApproved(token));
        uint8 decimals = IERC20Metadata(token).decimals();
        require(decimals <= MOST_DECIMALS, TooManyDecimals(token, decimals));
        _tokens.push(token);
        number = SafeCast.toUint16(_tokens.length);
        numberOf[token] = number;
        emit CurrencyApproved(token, number, IERC20Metadata(token).symbol(), decimals);
    }

    function tokenOf(uint16 number) external view returns (address) {
        require(number != 0 && number <= _tokens.length, UnknownCurrency(number));
        return _tokens[number - 1];
    }
}
