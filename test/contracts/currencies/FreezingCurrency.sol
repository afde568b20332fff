// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @dev How a transfer that touches a frozen account ends.
enum Refusal {
    Reverts,
    AnswersFalse,
    BurnsAllGas
}

/// @title A currency whose issuer freezes accounts
/// @notice An honest ERC-20 otherwise. Its transfers can be told to want more gas: to burn it, or to be sure of it.
contract FreezingCurrency is ERC20 {
    mapping(address account => bool) public frozen;
    Refusal public refusal;
    uint256 public work;
    uint256 public reserve;

    error AccountFrozen(address from, address to);
    error TooPoor(uint256 gas);

    constructor() ERC20("Freezing", "FRZ") {}

    function mint(address account, uint256 amount) external {
        _mint(account, amount);
    }

    /// @notice Takes an approval that nobody gave.
    function allow(address owner, address spender, uint256 amount) external {
        _approve(owner, spender, amount);
    }

    function freeze(address account, bool turn) external {
        frozen[account] = turn;
    }

    function refuseBy(Refusal how) external {
        refusal = how;
    }

    /// @notice Every transfer from now on burns this much gas besides its own.
    function wantGas(uint256 gas) external {
        work = gas;
    }

    /// @notice Every transfer from now on is refused, at once and burning nothing, where less gas than this reaches it.
    function insistOnGas(uint256 gas) external {
        reserve = gas;
    }

    function transferFrom(address from, address to, uint256 amount) public override returns (bool) {
        uint256 before = gasleft();
        if (before < reserve) revert TooPoor(before);
        uint256 gas = work;
        while (before - gasleft() < gas) {}
        if (frozen[from] || frozen[to]) {
            if (refusal == Refusal.AnswersFalse) return false;
            require(refusal == Refusal.BurnsAllGas, AccountFrozen(from, to));
            assembly ("memory-safe") {
                invalid()
            }
        }
        return super.transferFrom(from, to, amount);
    }

    function decimals() public pure override returns (uint8) {
        return 2;
    }
}
