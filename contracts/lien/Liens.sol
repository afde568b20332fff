// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IFacilities} from "../facility/IFacilities.sol";
import {NotPermitted} from "../party/IParties.sol";
import {Peers} from "../Peers.sol";
import {ILiens, Loan, LoanView} from "./ILiens.sol";
import {LoanPacking} from "./LoanPacking.sol";

/// @dev The interface `ILiens` is its documentation.
contract Liens is ILiens {
    using LoanPacking for Loan;

    IFacilities private immutable FACILITIES;

    mapping(uint256 root => uint256 loan) public packedLoan;

    constructor(Peers memory peers) {
        FACILITIES = peers.facilities;
    }

    function record(uint256 root, uint256 next, uint256 facility, address lender) external {
        require(msg.sender == address(FACILITIES), NotPermitted(msg.sender));
        Loan memory before = LoanPacking.unpack(packedLoan[root]);
        Loan memory loan = LoanPacking.unpack(next);
        if (loan.principal == 0) loan = Loan(0, 0, 0, 0, 0, 0, 0, 0);
        loan.revision = before.revision + 1;
        packedLoan[root] = loan.pack();
        if (before.facility == 0 && loan.facility != 0) emit LienPlaced(root, facility, lender);
        if (before.facility != 0 && loan.facility == 0) emit LienReleased(root, facility);
        emit LoanRecord(
            root,
            loan.facility == 0 ? 0 : facility,
            loan.principal,
            loan.numerator,
            loan.accruedDay,
            loan.maturityDay,
            loan.sinceDay,
            loan.defaultedDay,
            loan.revision
        );
    }

    function loanOf(uint256 root) external view returns (LoanView memory) {
        Loan memory loan = LoanPacking.unpack(packedLoan[root]);
        return
            LoanView({
                principal: loan.principal,
                numerator: loan.numerator,
                accruedDay: loan.accruedDay,
                maturityDay: loan.maturityDay,
                sinceDay: loan.sinceDay,
                defaultedDay: loan.defaultedDay,
                revision: loan.revision,
                facility: FACILITIES.idOf(loan.facility)
            });
    }

    function isEncumbered(uint256 root) external view returns (bool) {
        return LoanPacking.unpack(packedLoan[root]).facility != 0;
    }

    function revisionOf(uint256 root) external view returns (uint24) {
        return LoanPacking.unpack(packedLoan[root]).revision;
    }
}
