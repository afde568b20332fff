// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {Multicall} from "@openzeppelin/contracts/utils/Multicall.sol";
import {ICurrencies} from "./ICurrencies.sol";

/// @title Mandates by signature
/// @notice Wherever a party would first approve the currency for this contract, `multicall([permit(…), act(…)])` does both in
/// one transaction.
abstract contract Mandates is Multicall {
    ICurrencies internal immutable CURRENCIES;

    constructor(ICurrencies currencies) {
        CURRENCIES = currencies;
    }

    /// @notice Hands an ERC-2612 permit for this contract to an approved currency. Anyone may, and may have done so before:
    /// a permit that the currency refuses changes nothing, and the act that needs it says what is missing.
    function permit(
        address token,
        address owner,
        uint256 amount,
        uint256 deadline,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external {
        require(CURRENCIES.numberOf(token) != 0, ICurrencies.NotApproved(token));
        try IERC20Permit(token).permit(owner, address(this), amount, deadline, v, r, s) {} catch {}
    }
}
