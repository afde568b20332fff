// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @title A currency that calls back in the middle of a transfer
/// @notice An honest ERC-20 otherwise.
contract ReentrantCurrency is ERC20 {
    address public callee;
    bytes public call;
    uint256 public wait;
    bool public denies;
    bool public called;
    bytes public refusal;

    constructor() ERC20("Reentrant", "RNT") {}

    function mint(address account, uint256 amount) external {
        _mint(account, amount);
    }

    /// @notice Takes an approval that nobody gave.
    function allow(address owner, address spender, uint256 amount) external {
        _approve(owner, spender, amount);
    }

    /// @notice After `legs` more transfers, the next one makes this call before it returns, and keeps what refused it.
    function callBack(uint256 legs, address target, bytes calldata data) external {
        (wait, callee, call, called, refusal) = (legs, target, data, false, "");
    }

    /// @notice The transfer that calls back moves nothing and answers false.
    function deny() external {
        denies = true;
    }

    function transferFrom(address from, address to, uint256 amount) public override returns (bool) {
        if (callee == address(0)) return super.transferFrom(from, to, amount);
        if (wait != 0) {
            wait -= 1;
            return super.transferFrom(from, to, amount);
        }
        if (!denies) super.transferFrom(from, to, amount);
        address target = callee;
        callee = address(0);
        called = true;
        (bool done, bytes memory answer) = target.call(call);
        if (!done) refusal = answer;
        return !denies;
    }

    function decimals() public pure override returns (uint8) {
        return 2;
    }
}
