// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

/// @dev The payer's balance, or its approval for this contract, does not reach.
error PayerFundsUnavailable(address payer, uint256 amount);
/// @dev The account cannot take the currency, and nobody else may take it in its place.
error PayeeCannotReceive(address payee);
/// @dev The call could have failed for want of gas alone: send it with more.
error TooLittleGas(uint256 least);

/// @title One leg of a payment: from the payer straight to a payee
/// @notice A currency that takes a fee on transfer is booked by what the payer paid: the payee bears the fee. One that answers
/// false, or reverts, has not paid.
library Payment {
    using SafeERC20 for IERC20;

    /// @notice A leg counts as failed only if it was given at least this much gas.
    uint256 internal constant LEG_GAS = 150_000;

    /// @notice Whether `payee` got its money. Reverts with `PayerFundsUnavailable` where it is the payer who cannot pay, and
    /// with `TooLittleGas` where more gas might have made it succeed.
    function tryPay(IERC20 token, address payer, address payee, uint256 amount) internal returns (bool paid) {
        uint256 gas = gasleft();
        paid = token.trySafeTransferFrom(payer, payee, amount);
        if (paid) return true;
        requireGas(gas, LEG_GAS);
        bool funds = token.balanceOf(payer) >= amount && token.allowance(payer, address(this)) >= amount;
        require(funds, PayerFundsUnavailable(payer, amount));
    }

    /// @notice Of the `gas` that was left before a call, 63 of 64 parts reach it: these have to be at least `least`.
    function requireGas(uint256 gas, uint256 least) internal pure {
        require(gas - gas / 64 >= least, TooLittleGas(least));
    }
}
