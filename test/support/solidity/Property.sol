// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title What a fuzz test says about two numbers; each refusal carries both
abstract contract Property {
    error NotEqual(int256 actual, int256 expected);
    error AboveMost(int256 actual, int256 most);

    function equal(uint256 actual, uint256 expected) internal pure {
        equal(int256(actual), int256(expected));
    }

    function equal(int256 actual, int256 expected) internal pure {
        require(actual == expected, NotEqual(actual, expected));
    }

    function atMost(uint256 actual, uint256 most) internal pure {
        atMost(int256(actual), int256(most));
    }

    function atMost(int256 actual, int256 most) internal pure {
        require(actual <= most, AboveMost(actual, most));
    }

    /// @notice A number of 0 … `most`, every one of them reachable.
    function within(uint256 drawn, uint256 most) internal pure returns (uint256) {
        return drawn % (most + 1);
    }

    /// @notice Three numbers in their order.
    function ascending(uint16 a, uint16 b, uint16 c) internal pure returns (uint256, uint256, uint256) {
        if (a > b) (a, b) = (b, a);
        if (b > c) (b, c) = (c, b);
        if (a > b) (a, b) = (b, a);
        return (a, b, c);
    }
}
