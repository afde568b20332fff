// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Currencies} from "../../../contracts/money/Currencies.sol";
import {DepositCurrency} from "../../../contracts/money/DepositCurrency.sol";
import {Deliveries} from "../../../contracts/order/Deliveries.sol";
import {PurchaseOrders} from "../../../contracts/order/PurchaseOrders.sol";
import {Facilities} from "../../../contracts/facility/Facilities.sol";
import {Provenance} from "../../../contracts/provenance/Provenance.sol";
import {Quotes} from "../../../contracts/facility/Quotes.sol";
import {Liens} from "../../../contracts/lien/Liens.sol";
import {Administration} from "../../../contracts/party/Administration.sol";
import {Parties} from "../../../contracts/party/Parties.sol";
import {
    ROLE_ARBITER,
    ROLE_BUYER,
    ROLE_COOPERATIVE,
    ROLE_LENDER,
    ROLE_WAREHOUSE
} from "../../../contracts/party/IParties.sol";
import {Peers} from "../../../contracts/Peers.sol";
import {Receivables} from "../../../contracts/receivable/Receivables.sol";
import {WarehouseReceipts} from "../../../contracts/warehouse/WarehouseReceipts.sol";
import {HostileCurrency} from "../../contracts/currencies/HostileCurrency.sol";
import {GhostMoney} from "../GhostMoney.sol";
import {Ghosts} from "../Ghosts.sol";
import {ContractKey} from "./ContractKey.sol";
import {VM} from "./ICheats.sol";

/// @title One Sheaf with its parties, an honest currency and a hostile one
/// @notice Administered by the campaign itself. Parties have keys, payout accounts and mandates as in the trade.
abstract contract World is Ghosts, GhostMoney {
    error NotWherePeersLook();

    uint256 internal constant BEGINNING = 1_770_000_000;
    uint256 internal constant PURSE = 2_000_000_000;
    uint64 internal constant CAPACITY = 60_000_000;
    uint40 internal constant KEY_DELAY = 2 days;

    Administration internal administration;
    Parties internal parties;
    Currencies internal currencies;
    PurchaseOrders internal orders;
    Deliveries internal deliveries;
    WarehouseReceipts internal receipts;
    Receivables internal receivables;
    Liens internal liens;
    Facilities internal facilities;
    Quotes internal quotes;
    DepositCurrency internal deposits;
    HostileCurrency internal hostile;

    address[] internal _buyers;
    address[] internal _cooperatives;
    address[] internal _warehouses;
    address[] internal _lenders;
    address[] internal _arbiters;
    /// @dev Of whom a facility's lender may have its money kept.
    address[] internal _depositaries;
    address[] internal _suppliers;
    /// @dev Keys of the parties, and strangers.
    address[] internal _everybody;
    address[] internal _ours;
    /// @dev Whoever may have money.
    address[] internal _accounts;
    address internal _cooperativesPurse;
    address internal _lendersPurse;
    address internal _elsewhere;
    mapping(address account => string) internal _nameOf;
    /// @dev By which an account signs; that of a contract is its owner's.
    mapping(address account => uint256) internal _secretOf;

    function _found() internal {
        _passTo(BEGINNING);
        _deploy();
        currencies.approveCurrency(address(deposits));
        currencies.approveCurrency(address(hostile));
        _currency[address(hostile)].hostile = true;
        _buyers.push(_admitted("buyer A", ROLE_BUYER));
        _buyers.push(_admitted("buyer B", ROLE_BUYER));
        _cooperatives.push(_admitted("cooperative A", ROLE_COOPERATIVE));
        _cooperatives.push(_admittedByContract("cooperative B", ROLE_COOPERATIVE | ROLE_WAREHOUSE));
        _warehouses.push(_admitted("warehouse A", ROLE_WAREHOUSE));
        _warehouses.push(_admitted("warehouse B", ROLE_WAREHOUSE));
        _lenders.push(_admitted("lender A", ROLE_LENDER));
        _lenders.push(_admitted("lender B", ROLE_LENDER));
        _lenders.push(_admitted("lender C", ROLE_LENDER | ROLE_ARBITER));
        _arbiters.push(_admitted("arbiter A", ROLE_ARBITER));
        _arbiters.push(_lenders[2]);
        _depositaries.push(_admitted("depositary", ROLE_ARBITER));
        _depositaries.push(_warehouses[0]);
        _suppliers.push(_account("supplier A"));
        _suppliers.push(_account("supplier B"));
        _everybody.push(_account("stranger A"));
        _everybody.push(_account("stranger B"));
        for (uint256 i = 0; i < _everybody.length; ++i) _endow(_everybody[i]);
        // It pays what it repays when it calls back.
        _accounts.push(address(hostile));
        _endow(address(hostile));
        for (uint256 i = 0; i < 2; ++i) {
            receipts.setCapacity(_warehouses[i], CAPACITY);
            _warehouse[_warehouses[i]].capacity = CAPACITY;
        }
        _cooperativesPurse = _account("cooperative A's purse");
        _lendersPurse = _account("the lenders' purse");
        _elsewhere = _account("elsewhere");
        _payTo(_cooperatives[0], _cooperativesPurse);
    }

    /// @dev The contracts know each other from construction on: by the addresses that this contract creates next.
    function _deploy() private {
        uint256 next = 2;
        Peers memory peers = Peers({
            parties: Parties(_created(next)),
            currencies: Currencies(_created(next + 1)),
            orders: PurchaseOrders(_created(next + 2)),
            deliveries: Deliveries(_created(next + 3)),
            receipts: WarehouseReceipts(_created(next + 4)),
            receivables: Receivables(_created(next + 5)),
            liens: Liens(_created(next + 6)),
            facilities: Facilities(_created(next + 7)),
            quotes: Quotes(_created(next + 8)),
            provenance: Provenance(_created(next + 9))
        });
        administration = new Administration(address(this));
        address manager = address(administration);
        parties = new Parties(peers, manager, KEY_DELAY);
        currencies = new Currencies(manager);
        orders = new PurchaseOrders(peers, 8 hours);
        deliveries = new Deliveries(peers);
        receipts = new WarehouseReceipts(peers, manager);
        receivables = new Receivables(peers, 8 hours);
        liens = new Liens(peers);
        facilities = new Facilities(peers, manager, 8 hours);
        quotes = new Quotes(peers, 8 hours);
        Provenance provenance = new Provenance(manager);
        deposits = new DepositCurrency("Deposit RMB", "CNY", manager);
        hostile = new HostileCurrency();
        bool met =
            address(facilities) == address(peers.facilities) &&
                address(parties) == address(peers.parties) &&
                address(provenance) == address(peers.provenance);
        require(met, NotWherePeersLook());
        _our(manager, "Administration");
        _our(address(parties), "Parties");
        _our(address(currencies), "Currencies");
        _our(address(orders), "PurchaseOrders");
        _our(address(deliveries), "Deliveries");
        _our(address(receipts), "WarehouseReceipts");
        _our(address(receivables), "Receivables");
        _our(address(liens), "Liens");
        _our(address(facilities), "Facilities");
        _our(address(provenance), "Provenance");
        _nameOf[address(deposits)] = "DepositCurrency";
        _nameOf[address(hostile)] = "HostileCurrency";
        _nameOf[address(this)] = "administrator";
    }

    function _our(address account, string memory name) private {
        _ours.push(account);
        _nameOf[account] = name;
    }

    function _admitted(string memory name, uint16 roles) private returns (address party) {
        party = _account(name);
        _admit(party, name, roles);
    }

    function _admittedByContract(string memory name, uint16 roles) private returns (address party) {
        address owner = _account(string.concat("owner of ", name));
        party = address(new ContractKey(owner));
        _secretOf[party] = _secretOf[owner];
        _nameOf[party] = name;
        _accounts.push(party);
        _admit(party, name, roles);
    }

    function _admit(address party, string memory name, uint16 roles) private {
        parties.admit(party, roles, name);
        (_party[party].key, _party[party].roles, _party[party].payoutAccount) = (party, roles, party);
        _partyOf[party] = party;
        _everybody.push(party);
    }

    function _account(string memory name) internal returns (address account) {
        uint256 secret = uint256(keccak256(bytes(name)));
        account = VM.addr(secret);
        if (bytes(_nameOf[account]).length != 0) return account;
        _secretOf[account] = secret;
        _nameOf[account] = name;
        _accounts.push(account);
    }

    function _payTo(address party, address account) private {
        VM.prank(_party[party].key);
        parties.setPayoutAccount(account);
        _party[party].payoutAccount = account;
    }

    /// @dev Money, and the mandates that parties of the trade give.
    function _endow(address account) internal {
        deposits.mint(account, PURSE);
        hostile.mint(account, PURSE);
        _balance[address(deposits)][account] += PURSE;
        _balance[address(hostile)][account] += PURSE;
        _mandate(account, address(receivables));
        _mandate(account, address(facilities));
    }

    function _mandate(address account, address spender) private {
        VM.prank(account);
        deposits.approve(spender, type(uint256).max);
        VM.prank(account);
        hostile.approve(spender, type(uint256).max);
        _allowance[address(deposits)][account][spender] = type(uint256).max;
        _allowance[address(hostile)][account][spender] = type(uint256).max;
    }

    function _passTo(uint256 time) internal {
        _time = time;
        VM.warp(time);
    }

    function _created(uint256 nonce) private view returns (address) {
        bytes memory rlp = abi.encodePacked(hex"d694", address(this), uint8(nonce));
        return address(uint160(uint256(keccak256(rlp))));
    }
}
