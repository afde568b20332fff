// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @title A currency that can freeze an account, as many real ones can
contract FreezingCurrency is ERC20("Frozen", "ICE") {
    mapping(address account => bool) private _isFrozen;

    error AccountFrozen(address account);

    function mint(address account, uint256 amount) external {
        _mint(account, amount);
    }

    function freeze(address account, bool frozen) external {
        _isFrozen[account] = frozen;
    }

    function decimals() public pure override returns (uint8) {
        return 2;
    }

    function _update(address from, address to, uint256 value) internal override {
        require(!_isFrozen[to], AccountFrozen(to));
        super._update(from, to, value);
    }
}
