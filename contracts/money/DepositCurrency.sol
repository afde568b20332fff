// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";

/// @title Deposits at a settlement bank, as an ERC-20 currency with permits
/// @notice Two decimals. The sandbox's money; elsewhere any approved ERC-20 currency stands in its place.
contract DepositCurrency is ERC20Permit, AccessManaged {
    constructor(
        string memory name,
        string memory symbol,
        address accessManager
    ) ERC20(name, symbol) ERC20Permit(name) AccessManaged(accessManager) {}

    /// @notice Credits a deposit, in minor units. For the settlement-bank role.
    function mint(address account, uint256 amount) external restricted {
        _mint(account, amount);
    }

    function decimals() public pure override returns (uint8) {
        return 2;
    }
}
