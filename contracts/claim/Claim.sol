// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";
import {NotTransferable} from "./IClaim.sol";

/// @title A claim as a token: one holder, which is part of its own record
/// @dev The holder is kept where the form of the claim keeps it, so that a claim costs no slot of the token's own.
abstract contract Claim is ERC721 {
    mapping(address holder => uint256) private _balances;

    function balanceOf(address holder) public view override(ERC721) returns (uint256) {
        require(holder != address(0), ERC721InvalidOwner(address(0)));
        return _balances[holder];
    }

    function approve(address, uint256) public pure override(ERC721) {
        revert NotTransferable();
    }

    function setApprovalForAll(address, bool) public pure override(ERC721) {
        revert NotTransferable();
    }

    function transferFrom(address, address, uint256) public pure override(ERC721) {
        revert NotTransferable();
    }

    /// @dev Books a new claim for its first holder. The caller has written the record already.
    function _bear(address holder, uint256 claim) internal {
        _balances[holder] += 1;
        emit IERC721.Transfer(address(0), holder, claim);
    }

    /// @dev Books a claim that goes from one holder to another. The caller has written the record already.
    function _move(address from, address to, uint256 claim) internal {
        _balances[from] -= 1;
        _balances[to] += 1;
        emit IERC721.Transfer(from, to, claim);
    }

    /// @dev The holder on record; 0 where there is no claim.
    function _holderOf(uint256 claim) internal view virtual returns (address);

    function _ownerOf(uint256 claim) internal view override returns (address) {
        return _holderOf(claim);
    }
}
