// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title A currency that an administration should never have approved
/// @notice ERC-20 by its looks. It can answer false instead of reverting, keep a fee of every transfer, or call back into
/// the contract that moves it before the transfer is done.
contract HostileCurrency {
    string public constant symbol = "BAD";
    uint8 public decimals = 2;

    mapping(address account => uint256) public balanceOf;
    mapping(address owner => mapping(address spender => uint256)) public allowance;
    bool public answersFalse;
    uint256 public feeBps;
    address public callee;
    bytes public call;
    bytes public refusal;

    event Transfer(address indexed from, address indexed to, uint256 value);

    function mint(address account, uint256 amount) external {
        balanceOf[account] += amount;
    }

    function approve(address spender, uint256 amount) external returns (bool) {
        allowance[msg.sender][spender] = amount;
        return true;
    }

    function countDecimals(uint8 places) external {
        decimals = places;
    }

    function answerFalse(bool turn) external {
        answersFalse = turn;
    }

    function keep(uint256 bps) external {
        feeBps = bps;
    }

    /// @notice Takes an approval that nobody gave.
    function allow(address owner, address spender, uint256 amount) external {
        allowance[owner][spender] = amount;
    }

    /// @notice The next transfer makes this call before it returns, as the currency itself, and keeps the refusal.
    function callBack(address target, bytes calldata data) external {
        (callee, call) = (target, data);
    }

    function transferFrom(address from, address to, uint256 amount) external returns (bool) {
        if (answersFalse) return false;
        allowance[from][msg.sender] -= amount;
        balanceOf[from] -= amount;
        balanceOf[to] += amount - (amount * feeBps) / 10_000;
        emit Transfer(from, to, amount);
        if (callee != address(0)) {
            address target = callee;
            callee = address(0);
            (bool done, bytes memory answer) = target.call(call);
            refusal = done ? bytes("") : answer;
        }
        return true;
    }
}
