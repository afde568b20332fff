import { expect } from "chai";
import {
  concat,
  getAddress,
  keccak256,
  Signature,
  toBeHex,
  TypedDataEncoder,
  ZeroHash,
  type BigNumberish,
  type Signer,
  type TypedDataDomain,
} from "ethers";
import { at, load } from "../support/chain.ts";
import { deployContractKey, type ContractKey } from "../support/contract-key.ts";
import { freshAccount, replaceKey } from "../support/keys.ts";
import { expectRefusal } from "../support/refusals.ts";
import type { Actor } from "../support/sheaf.ts";
import {
  domainOf,
  signStatement,
  statements,
  type StatementKind,
  type Words,
} from "../support/signing.ts";
import { deadline, nonce, readyScenes, type Ready } from "../support/statement-scenes.ts";

const curveOrder = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
const magic = "0x1626ba7e";

const contractOf = {
  Acceptance: "orders",
  Release: "deliveries",
  Assignment: "receivables",
} as const;

/** Fields whose values a careless encoding could mistake for each other. */
const alike: Readonly<Record<StatementKind, readonly (readonly [string, string])[]>> = {
  Acceptance: [["nonce", "deadline"]],
  Release: [
    ["order", "receipt"],
    ["number", "nonce"],
    ["quantity", "deadline"],
  ],
  Assignment: [
    ["price", "outstanding"],
    ["delivery", "nonce"],
    ["nonce", "deadline"],
  ],
};

for (const kind of Object.keys(statements) as StatementKind[])
  describe(`A signed ${kind}`, () => {
    let scene: Ready;

    beforeEach(async () => {
      scene = await load(readyScenes[kind]);
    });

    function sign(
      words: Words = scene.first,
      signer: Signer = scene.cooperative.signer,
      changes: TypedDataDomain = {},
    ): Promise<string> {
      return signStatement(scene, kind, words, signer, changes);
    }

    async function refuses(signature: string, words: Words = scene.first): Promise<void> {
      const call = scene.handIn(words, signature);
      await expectRefusal(call, "InvalidSignature", scene.cooperative.address);
    }

    async function takes(signature: string, words: Words = scene.first): Promise<void> {
      const contract = scene.contracts[contractOf[kind]];
      const { cooperative } = scene;
      const used = words["nonce"]!;
      expect(await contract.nonceUsed(cooperative.address, used)).to.equal(false);
      await expect(scene.handIn(words, signature))
        .to.emit(contract, "StatementTaken")
        .withArgs(cooperative.address, used);
      expect(await contract.nonceUsed(cooperative.address, used)).to.equal(true);
    }

    it("is good up to its last second", async () => {
      const signature = await sign();
      await at(Number(deadline));
      await takes(signature);
    });

    it("is void in the second after it: StatementExpired", async () => {
      const signature = await sign();
      await at(Number(deadline) + 1);
      await expectRefusal(scene.handIn(scene.first, signature), "StatementExpired", deadline);
    });

    it("is good once: no other words go with its nonce: NonceUsed", async () => {
      const { cooperative, first, second } = scene;
      await takes(await sign());
      const call = scene.handIn(second, await sign(second));
      await expectRefusal(call, "NonceUsed", cooperative.address, first["nonce"]);
    });

    for (const [name, other] of [
      ["0", 0n],
      ["6", 6n],
      ["2²⁵⁶ − 1", 2n ** 256n - 1n],
    ] as const)
      it(`with nonce ${name} is good after one with nonce 7`, async () => {
        await takes(await sign());
        const second = { ...scene.second, nonce: other };
        await takes(await sign(second), second);
      });

    it("is void once its party has taken it back: NonceUsed", async () => {
      const { cooperative } = scene;
      const contract = scene.contracts[contractOf[kind]];
      await expect(cooperative[contractOf[kind]].revokeNonce(nonce))
        .to.emit(contract, "NonceRevoked")
        .withArgs(cooperative.address, nonce);
      const call = scene.handIn(scene.first, await sign());
      await expectRefusal(call, "NonceUsed", cooperative.address, nonce);
    });

    it("is taken back by its party alone, and once", async () => {
      const { cooperative, otherCooperative, buyer, stranger, admin } = scene;
      const revoke = ({ [contractOf[kind]]: contract }: Actor): Promise<unknown> =>
        contract.revokeNonce(nonce);
      for (const nobody of [stranger, admin])
        await expectRefusal(revoke(nobody), "NotPermitted", nobody.address);
      for (const other of [otherCooperative, buyer]) await revoke(other);
      await takes(await sign());
      await expectRefusal(revoke(cooperative), "NonceUsed", cooperative.address, nonce);
    });

    it("is not taken back by taking back the same nonce elsewhere", async () => {
      const { cooperative } = scene;
      for (const contract of Object.values(contractOf))
        if (contract !== contractOf[kind]) await cooperative[contract].revokeNonce(nonce);
      await takes(await sign());
    });

    for (const { name, type } of statements[kind])
      it(`with another ${name} than the one that is handed in is refused: InvalidSignature`, async () => {
        const value = scene.first[name]!;
        const other = { ...scene.first, [name]: another(type, value) };
        await refuses(await sign(other));
      });

    for (const [one, other] of alike[kind])
      it(`in which ${one} and ${other} are exchanged is refused: InvalidSignature`, async () => {
        const { [one]: left, [other]: right } = scene.first;
        await refuses(await sign({ ...scene.first, [one]: right!, [other]: left! }));
      });

    it("for another contract is refused, each of this deployment's own included", async () => {
      const others = Object.values(scene.addresses).filter(
        (address) => address !== scene.addresses[contractOf[kind]],
      );
      for (const verifyingContract of [...others, scene.stranger.address])
        await refuses(await sign(scene.first, undefined, { verifyingContract }));
    });

    it("for another chain is refused: InvalidSignature", async () => {
      for (const chainId of [1n, 31_338n])
        await refuses(await sign(scene.first, undefined, { chainId }));
    });

    it("under another domain's name or version is refused: InvalidSignature", async () => {
      for (const changes of [{ name: "Sheaf" }, { version: "2" }])
        await refuses(await sign(scene.first, undefined, changes));
    });

    it("under another domain that lacks or adds a field is refused: InvalidSignature", async () => {
      const { chainId: _, ...anyChain } = await domainOf(scene, kind);
      const types = { [kind]: [...statements[kind]] };
      const { signer } = scene.cooperative;
      await refuses(await signer.signTypedData(anyChain, types, scene.first));
      await refuses(await sign(scene.first, undefined, { salt: ZeroHash }));
    });

    it("under another name is refused: InvalidSignature", async () => {
      const domain = await domainOf(scene, kind);
      const types = { [`${kind}s`]: [...statements[kind]] };
      await refuses(await scene.cooperative.signer.signTypedData(domain, types, scene.first));
    });

    it("as a plain message is refused: InvalidSignature", async () => {
      const domain = await domainOf(scene, kind);
      const types = { [kind]: [...statements[kind]] };
      const digest = TypedDataEncoder.hash(domain, types, scene.first);
      await refuses(await scene.cooperative.signer.signMessage(digest));
    });

    it("by anybody but the party is refused: InvalidSignature", async () => {
      for (const { signer } of [
        scene.otherCooperative,
        scene.buyer,
        scene.lender,
        scene.stranger,
        scene.admin,
      ])
        await refuses(await sign(scene.first, signer));
    });

    it("has one form: the other root of the curve is refused", async () => {
      const { r, s, v } = Signature.from(await sign());
      const mirrored = toBeHex(curveOrder - BigInt(s), 32);
      await refuses(concat([r, mirrored, toBeHex(v === 27 ? 28 : 27)]));
    });

    it("has one form: 64 bytes are refused, and so is a recovery bit of 0 or 1", async () => {
      const { compactSerialized, r, s, yParity } = Signature.from(await sign());
      await refuses(compactSerialized);
      await refuses(concat([r, s, toBeHex(yParity, 1)]));
    });

    it("that is empty, zero, cut off or longer than it should be is refused", async () => {
      const signature = await sign();
      for (const broken of [
        "0x",
        `0x${"00".repeat(65)}`,
        concat([ZeroHash, ZeroHash, "0x1b"]),
        signature.slice(0, -2),
        `${signature}00`,
      ])
        await refuses(broken);
    });

    describe("of a party whose key was replaced", () => {
      let key: Actor;

      beforeEach(async () => {
        key = await freshAccount(scene);
        await replaceKey(scene, scene.cooperative, key.address);
      });

      it("is void if the old key signed it, even before: InvalidSignature", async () => {
        await refuses(await sign());
      });

      it("is good if the new key signed it", async () => {
        await takes(await sign(scene.first, key.signer));
      });

      it("has the party's nonces, whichever key used them", async () => {
        const { cooperative } = scene;
        await key[contractOf[kind]].revokeNonce(nonce);
        const call = scene.handIn(scene.first, await sign(scene.first, key.signer));
        await expectRefusal(call, "NonceUsed", cooperative.address, nonce);
      });
    });

    describe("of a party whose key is a contract", () => {
      let key: ContractKey;

      beforeEach(async () => {
        key = await deployContractKey(scene.stranger.address);
        await replaceKey(scene, scene.cooperative, key.address);
      });

      const ownersWord = (): Promise<string> => sign(scene.first, scene.stranger.signer);

      it("is good if the contract says so (ERC-1271)", async () => {
        await takes(await ownersWord());
      });

      it("is refused if the contract says that it is not", async () => {
        await refuses(await sign(scene.first, scene.otherLender.signer));
        await refuses("0x");
      });

      it("is refused to the key that the contract replaced", async () => {
        await refuses(await sign());
      });

      it("is void once the contract has another owner, whose word is good then", async () => {
        const { otherLender } = scene;
        const before = await ownersWord();
        await key.tell("handTo", otherLender.address);
        await refuses(before);
        await takes(await sign(scene.first, otherLender.signer));
      });

      it("is refused if the contract reverts", async () => {
        await key.tell("revertAlways", true);
        await refuses(await ownersWord());
      });

      for (const [what, answer] of [
        ["nothing", "0x"],
        ["four bytes, not a word of 32", magic],
        ["zero", ZeroHash],
        ["one, as if it were true", toBeHex(1, 32)],
        ["the right bytes at the wrong end", toBeHex(magic, 32)],
        ["the right bytes and dirt behind them", `${magic}${"00".repeat(27)}01`],
        ["nonsense of 1,000 bytes", `0x${"ab".repeat(1_000)}`],
      ] as const)
        it(`is refused if the contract answers ${what}`, async () => {
          await key.tell("rave", answer);
          await refuses(await ownersWord());
        });

      it("is as good with more bytes behind the right word", async () => {
        await key.tell("rave", `${magic}${"00".repeat(28)}${"ab".repeat(64)}`);
        await takes("0x");
      });
    });
  });

function another(type: string, value: BigNumberish): string | bigint {
  if (type === "address") return getAddress(toBeHex(BigInt(value) ^ 1n, 20));
  if (type === "bytes32") return keccak256(String(value));
  return BigInt(value) + 1n;
}
