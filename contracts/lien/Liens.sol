// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {NotPermitted} from "../party/IParties.sol";
import {Peers} from "../Peers.sol";
import {ILiens, Loan} from "./ILiens.sol";

/// @dev The interface `ILiens` is its documentation.
contract Liens is ILiens {
    address private immutable FACILITIES;

    mapping(uint256 root => Loan) private _loans;

    constructor(Peers memory peers) {
        FACILITIES = address(peers.facilities);
    }

    function record(uint256 root, Loan calldata next, address lender) external {
        require(msg.sender == FACILITIES, NotPermitted(msg.sender));
        Loan memory loan = _loans[root];
        uint32 revision = loan.revision + 1;
        uint256 before = loan.facility;
        if (next.principal != 0) loan = next;
        else loan = Loan(0, 0, 0, 0, 0, 0, 0, 0);
        loan.revision = revision;
        _loans[root] = loan;
        if (before == 0 && loan.facility != 0) emit LienPlaced(root, loan.facility, lender);
        if (before != 0 && loan.facility == 0) emit LienReleased(root, before);
        emit LoanRecord(
            root,
            loan.facility,
            loan.principal,
            loan.numerator,
            loan.accruedDay,
            loan.maturityDay,
            loan.sinceDay,
            loan.defaultedDay,
            revision
        );
    }

    function loanOf(uint256 root) external view returns (Loan memory) {
        return _loans[root];
    }

    function isEncumbered(uint256 root) external view returns (bool) {
        return _loans[root].facility != 0;
    }
}
