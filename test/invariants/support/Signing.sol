// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {InvalidSignature, NonceUsed, StatementExpired} from "../../../contracts/claim/Statements.sol";
import {NotPermitted} from "../../../contracts/party/IParties.sol";
import {Acts} from "./Acts.sol";
import {VM} from "./ICheats.sol";

/// @title What a party signs and somebody else hands in: mostly sound; sometimes used before, too late or another's
abstract contract Signing is Acts {
    /// @dev One party's word to one contract, before and after it is signed.
    struct Word {
        address to;
        address party;
        uint256 nonce;
        uint40 deadline;
        bytes signature;
        bytes4 refusal;
    }

    bytes32 private constant PERMIT = keccak256(
        "Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)"
    );

    mapping(address to => mapping(address party => mapping(uint256 nonce => bool))) private _isUsed;
    uint256 private _nonces;

    /// @dev A party takes back what it may have signed already, or will.
    function _revokeNonce() internal returns (bool) {
        address to = [address(orders), address(deliveries), address(receivables)][_roll(3)];
        address party = _chance(50) ? _oneOf(_cooperatives) : _oneOf(_lenders);
        address caller = _keyOf(party);
        uint256 nonce = _nonces + 1 + _roll(3);
        if (_chance(20)) nonce = _between(1, nonce);
        party = _partyOf[caller];
        bytes4 refusal;
        if (party == address(0)) refusal = NotPermitted.selector;
        else if (_isUsed[to][party][nonce]) refusal = NonceUsed.selector;
        bytes memory data = abi.encodeCall(orders.revokeNonce, (nonce));
        if (_as(caller, to, data, refusal)) _isUsed[to][party][nonce] = true;
        return true;
    }

    function _someWord(address to, address party) internal returns (Word memory word) {
        word.to = to;
        word.party = party;
        word.nonce = _chance(5) ? _between(1, _nonces + 1) : ++_nonces;
        word.deadline = uint40(
            _chance(3)
                ? _time - 1
                : _chance(20)
                    ? _time
                    : _time + _roll(3 days)
        );
    }

    /// @dev Signs the words, in which nonce and deadline are, and says how they will be refused.
    function _sign(Word memory word, bytes32 structHash) internal {
        address key = _party[word.party].key;
        // Where there is no party, anybody signs for it.
        address signer = key == address(0) || _chance(4) ? _keyBefore(word.party) : key;
        bytes32 said = _chance(2) ? keccak256("other words") : structHash;
        word.signature = _signatureOf(signer, _digest(_domainOf(word.to), said));
        if (_time > word.deadline) word.refusal = StatementExpired.selector;
        else if (_isUsed[word.to][word.party][word.nonce]) word.refusal = NonceUsed.selector;
        else if (_secretOf[signer] != _secretOf[key] || said != structHash) word.refusal = InvalidSignature.selector;
    }

    function _use(Word memory word) internal {
        _isUsed[word.to][word.party][word.nonce] = true;
    }

    /// @dev The act together with the caller's permit for it, in one transaction. Books the permit, which may be no good.
    function _withPermit(address caller, address target, bytes memory act) internal returns (bytes memory) {
        uint256 value = _chance(60) ? type(uint256).max : _roll(50_000_000);
        uint256 deadline = _chance(10) ? _time - 1 : _time;
        // A contract signs no permit.
        if (deadline == _time && caller.code.length == 0) _allowance[address(deposits)][caller][target] = value;
        bytes32 words = keccak256(abi.encode(PERMIT, caller, target, value, deposits.nonces(caller), deadline));
        bytes32 digest = _digest(_domain("Deposit RMB", address(deposits)), words);
        (uint8 v, bytes32 r, bytes32 s) = VM.sign(_secretOf[caller], digest);
        bytes[] memory both = new bytes[](2);
        both[0] = abi.encodeCall(facilities.permit, (address(deposits), caller, value, deadline, v, r, s));
        both[1] = act;
        return abi.encodeCall(facilities.multicall, (both));
    }

    function _signatureOf(address signer, bytes32 digest) internal view returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = VM.sign(_secretOf[signer], digest);
        return abi.encodePacked(r, s, v);
    }

    function _digest(bytes32 domain, bytes32 structHash) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(hex"1901", domain, structHash));
    }

    function _domain(string memory name, address contract_) internal view returns (bytes32) {
        bytes32 kind = keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");
        return keccak256(abi.encode(kind, keccak256(bytes(name)), keccak256("1"), block.chainid, contract_));
    }

    /// @dev The key that the party has lost, else anybody's.
    function _keyBefore(address party) private returns (address) {
        address old = _party[party].oldKey;
        return old != address(0) && _chance(60) ? old : _anybody();
    }

    function _domainOf(address to) private view returns (bytes32) {
        if (to == address(orders)) return _domain("Sheaf purchase order", to);
        return _domain(to == address(deliveries) ? "Sheaf delivery" : "Sheaf receivable", to);
    }
}
