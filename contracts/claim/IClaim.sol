// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";

/// @dev The claim with this id is on record already; nothing was changed.
error AlreadyExists(uint256 id);
/// @dev The caller acted on a state that has passed. `actual` is what is on record now.
error StaleState(uint256 expected, uint256 actual);
/// @dev An amount or quantity that has to be positive is zero.
error ZeroAmount();
/// @dev More was asked for than there is.
error InsufficientQuantity(uint256 asked, uint256 available);
/// @dev The order does not allow this act: its status, its parties, its goods or its currency are not the right ones.
error WrongOrder(uint256 order);
/// @dev The root carries a loan that this act would endanger, or a loan of another facility.
error Encumbered(uint256 root);
/// @dev A delivery from this receipt is open.
error InTransit(uint256 claim);
/// @dev Claims move by the acts of the trade alone, never by approval or a bare transfer.
error NotTransferable();

/// @title What the three forms of a claim share
/// @notice A claim is a permissioned ERC-721 token with one holder. Its id is a pure function of what it is.
/// Every claim has a root: liens and loans are keyed by root. An order is its own; a receipt keeps the order that it is
/// earmarked for; a receivable is named by its order and delivery, which make its id, and keeps whether it has left them.
interface IClaim is IERC721 {}
