// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";

/// @title Who may administer: OpenZeppelin's AccessManager under the name of its part here
/// @dev It governs administration only; everyday calls read `Parties`.
contract Administration is AccessManager {
    constructor(address admin) AccessManager(admin) {}
}
