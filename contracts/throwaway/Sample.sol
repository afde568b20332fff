// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

contract Sample is ERC20 {
    error TooMuch(uint256 amount);

    constructor() ERC20("Sample", "S") {}

    function put(uint256 amount) external {
        require(amount < 10, TooMuch(amount));
        _mint(msg.sender, amount);
    }
}
