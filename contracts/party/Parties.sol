// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {ICurrencies} from "../money/ICurrencies.sol";
import {Peers} from "../Peers.sol";
import {IParties, NotPermitted, Party, PartySuspended, Paused, ROLES_ALL} from "./IParties.sol";

/// @dev The interface `IParties` is its documentation.
contract Parties is IParties, AccessManaged {
    mapping(address party => Party) private _parties;
    /// @dev Only for keys that are not their party's id: those that replaced it.
    mapping(address key => address party) private _replacementOf;
    /// @dev This deployment's own contracts, which never hold money.
    mapping(address account => bool) private _isOurs;
    ICurrencies private immutable CURRENCIES;
    bool public paused;

    constructor(Peers memory peers, address accessManager) AccessManaged(accessManager) {
        CURRENCIES = peers.currencies;
        _isOurs[accessManager] = true;
        _isOurs[address(this)] = true;
        _isOurs[address(peers.currencies)] = true;
        _isOurs[address(peers.orders)] = true;
        _isOurs[address(peers.deliveries)] = true;
        _isOurs[address(peers.receipts)] = true;
        _isOurs[address(peers.receivables)] = true;
        _isOurs[address(peers.liens)] = true;
        _isOurs[address(peers.facilities)] = true;
    }

    function admit(address party, uint16 roles, string calldata name) external restricted {
        require(mayBePaid(party), CannotBePaid(party));
        require(_parties[party].key == address(0) && _replacementOf[party] == address(0), AlreadyAdmitted(party));
        require(roles != 0 && roles & ~ROLES_ALL == 0, UnknownRoles(roles));
        _parties[party] = Party({key: party, roles: roles, suspended: false, payoutAccount: party});
        emit PartyAdmitted(party, roles, name);
    }

    function setRoles(address party, uint16 roles) external restricted {
        require(roles != 0 && roles & ~ROLES_ALL == 0, UnknownRoles(roles));
        _existing(party).roles = roles;
        emit PartyRolesChanged(party, roles);
    }

    function setSuspended(address party, bool suspended) external restricted {
        _existing(party).suspended = suspended;
        emit PartyStandingChanged(party, suspended);
    }

    function setPayoutAccount(address account) external {
        require(mayBePaid(account), CannotBePaid(account));
        address party = partyOf(msg.sender);
        require(party != address(0), NotPermitted(msg.sender));
        _parties[party].payoutAccount = account;
        emit PayoutAccountChanged(party, account);
    }

    function setPaused(bool pause) external restricted {
        paused = pause;
        emit OriginationPaused(pause);
    }

    function partyOf(address key) public view returns (address) {
        return key != address(0) && _parties[key].key == key ? key : _replacementOf[key];
    }

    function mayBePaid(address account) public view returns (bool) {
        return account != address(0) && !_isOurs[account] && CURRENCIES.numberOf(account) == 0;
    }

    function partyById(address party) external view returns (Party memory) {
        return _parties[party];
    }

    function requireOriginator(address key, uint16 roles) external view returns (address party) {
        party = partyOf(key);
        Party storage record = _parties[party];
        require(party != address(0) && record.roles & roles != 0, NotPermitted(key));
        require(!paused, Paused());
        require(!record.suspended, PartySuspended(party));
    }

    function _existing(address party) private view returns (Party storage record) {
        record = _parties[party];
        require(record.key != address(0), UnknownParty(party));
    }
}
