// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {ICurrencies} from "./ICurrencies.sol";

/// @dev The interface `ICurrencies` is its documentation.
contract Currencies is ICurrencies, AccessManaged {
    uint8 private constant MOST_DECIMALS = 6;

    mapping(address token => uint16 number) public numberOf;
    mapping(uint16 number => address token) private _tokens;
    uint16 private _count;

    constructor(address accessManager) AccessManaged(accessManager) {}

    function approveCurrency(address token) external restricted returns (uint16 number) {
        require(numberOf[token] == 0, AlreadyApproved(token));
        uint8 decimals = IERC20Metadata(token).decimals();
        require(decimals <= MOST_DECIMALS, TooManyDecimals(token, decimals));
        number = _count + 1;
        _count = number;
        _tokens[number] = token;
        numberOf[token] = number;
        emit CurrencyApproved(token, number, IERC20Metadata(token).symbol(), decimals);
    }

    function tokenOf(uint16 number) external view returns (address token) {
        token = _tokens[number];
        require(token != address(0), UnknownCurrency(number));
    }
}
