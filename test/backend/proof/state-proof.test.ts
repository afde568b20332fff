import { expect } from "chai";
import { Contract, Wallet, id, type JsonRpcProvider } from "ethers";
import { interfaces } from "../../../backend/src/chain/contracts.ts";
import { anchorAnswer, anchorCall } from "../../../backend/src/proof/anchor-call.ts";
import { headerBytesOf, headerOf } from "../../../backend/src/proof/block-header.ts";
import type { Hex } from "../../../backend/src/proof/hex.ts";
import { slotOf, storageRootOf } from "../../../backend/src/proof/state-proof.ts";
import { anchorIn, anchorSlots, loanIn, loanSlot } from "../../../backend/src/proof/storage.ts";
import { startAnvilChain } from "../../support/anvil.ts";
import { startLocalChain, type LocalChain } from "../../support/local-chain.ts";

interface AccountProof {
  readonly accountProof: readonly Hex[];
  readonly storageHash: Hex;
  readonly storageProof: readonly {
    readonly key: Hex;
    readonly value: Hex;
    readonly proof: readonly Hex[];
  }[];
}

type Block = Readonly<Record<string, unknown>> & { readonly hash: Hex; readonly stateRoot: Hex };

describe("A proof of state", function () {
  this.timeout(60_000);
  let chain: LocalChain;

  before(async () => {
    chain = await startAnvilChain();
  });

  after(() => chain.close());

  const latest = async (provider: JsonRpcProvider): Promise<Block> =>
    (await provider.send("eth_getBlockByNumber", ["latest", false])) as Block;
  const proofOf = async (account: string, slots: readonly Hex[]): Promise<AccountProof> =>
    (await chain.provider.send("eth_getProof", [account, slots, "latest"])) as AccountProof;

  it("begins with a header whose bytes have the block's hash", async () => {
    const hardhat = await startLocalChain();
    try {
      for (const provider of [chain.provider, hardhat.provider]) {
        const block = await latest(provider);
        const header = headerOf(headerBytesOf(block));
        expect(header.hash).to.equal(block.hash);
        expect(header.stateRoot).to.equal(block.stateRoot);
        expect(header.number).to.equal(Number(block["number"]));
        expect(header.time).to.equal(Number(block["timestamp"]));
      }
    } finally {
      await hardhat.close();
    }
  });

  it("of an anchored root says what the contract says", async () => {
    const administrator = new Wallet(chain.administrationKey, chain.provider);
    const address = chain.deployment.contracts.Provenance;
    const provenance = new Contract(address, interfaces.Provenance, administrator);
    const root = id("a root") as Hex;
    await provenance.getFunction("anchor").send(root, 1, 12);
    const slots = anchorSlots(root);
    const { accountProof, storageProof } = await proofOf(address, slots);
    const { stateRoot } = await latest(chain.provider);
    const storage = storageRootOf(stateRoot, address as Hex, accountProof);
    const words = slots.map((slot, at) => slotOf(storage!, slot, storageProof[at]!.proof));
    const anchor = anchorIn(words[0]!, words[1]!);
    const answer = await chain.provider.call({ to: address, data: anchorCall(root) });
    expect(anchor).to.deep.equal(anchorAnswer(answer));
    expect(anchor?.count).to.equal(12);
    const absent = id("another root") as Hex;
    const none = await proofOf(address, anchorSlots(absent));
    const empty = slotOf(storage!, anchorSlots(absent)[0], none.storageProof[0]!.proof);
    expect(anchorIn(empty, 0n)).to.equal(null);
  });

  it("of a root without a loan says so, and of no other root", async () => {
    const root = id("an order") as Hex;
    const { Liens } = chain.deployment.contracts;
    const { accountProof, storageProof } = await proofOf(Liens, [loanSlot(root)]);
    const { stateRoot } = await latest(chain.provider);
    const storage = storageRootOf(stateRoot, Liens as Hex, accountProof);
    const word = slotOf(storage!, loanSlot(root), storageProof[0]!.proof);
    expect(loanIn(word)).to.deep.equal({ isEncumbered: false, revision: 0, sinceDay: 0 });
  });

  it("that is another's, or cut, or changed, leads nowhere", async () => {
    const { Liens, Parties } = chain.deployment.contracts as unknown as Record<string, Hex>;
    const { accountProof } = await proofOf(Liens!, []);
    const { stateRoot } = await latest(chain.provider);
    const leading =
      (proof: readonly Hex[], account = Liens!) =>
      () =>
        storageRootOf(stateRoot, account, proof);
    expect(leading(accountProof)()).to.match(/^0x/);
    expect(leading(accountProof, Parties)).to.throw();
    expect(leading(accountProof.slice(0, -1))).to.throw();
    expect(leading([...accountProof, accountProof[0]!])).to.throw();
    for (const [at, node] of accountProof.entries()) {
      for (let place = 3; place < node.length; place += 17) {
        const digit = node[place] === "0" ? "1" : "0";
        const changed = `${node.slice(0, place)}${digit}${node.slice(place + 1)}` as Hex;
        expect(leading(accountProof.with(at, changed))).to.throw();
      }
    }
  });
});
