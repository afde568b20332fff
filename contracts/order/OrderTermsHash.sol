// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {OrderTerms} from "./IPurchaseOrders.sol";

/// @title An order's terms as hashes
/// @notice All terms are kept as one hash, in which the kind of goods stands apart: whoever earmarks goods proves with the
/// details alone that they are of the order's kind.
library OrderTermsHash {
    function goodsOf(bytes32 item, bytes3 unit) internal pure returns (bytes16) {
        return bytes16(keccak256(abi.encode(item, unit)));
    }

    function hashTerms(address buyer, OrderTerms calldata terms) internal pure returns (bytes32) {
        return combine(goodsOf(terms.item, terms.unit), hashDetails(buyer, terms));
    }

    function hashDetails(address buyer, OrderTerms calldata terms) internal pure returns (bytes32) {
        return keccak256(abi.encode(buyer, terms));
    }

    /// @notice The hash of all terms, from its two parts.
    function combine(bytes16 goods, bytes32 details) internal pure returns (bytes32) {
        return keccak256(abi.encode(goods, details));
    }
}
