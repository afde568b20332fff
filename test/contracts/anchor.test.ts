import { expect } from "chai";
import { id } from "ethers";
import fc from "fast-check";
import { anchorAnswer, anchorCall } from "../../backend/src/proof/anchor-call.ts";
import { bytesOf, type Hex } from "../../backend/src/proof/hex.ts";
import { leafOf } from "../../backend/src/proof/leaf.ts";
import { MerkleTree } from "../../backend/src/proof/merkle-tree.ts";
import { administrativeRoles } from "../../scripts/deploy/administration.ts";
import { at, day, ethers, load } from "../support/chain.ts";
import { expectRefusal } from "../support/refusals.ts";
import { admittedParties, type Sheaf } from "../support/sheaf.ts";
import { ask, deployTestContract } from "../support/test-contract.ts";

const root = (name: string): Hex => id(name) as Hex;

describe("Anchoring the root of a tree of events", () => {
  let sheaf: Sheaf;

  beforeEach(async () => {
    sheaf = await load(admittedParties);
  });

  it("keeps who did it, when, and which events", async () => {
    const { admin, contracts } = sheaf;
    await at(day(3));
    await admin.provenance.anchor(root("one"), 1n, 16_384n);
    expect(await contracts.provenance.anchorOf(root("one"))).to.deep.equal([
      admin.address,
      BigInt(day(3)),
      1n,
      16_384n,
    ]);
    expect(await contracts.provenance.next()).to.equal(16_385n);
  });

  it("tells of it", async () => {
    const { admin, contracts } = sheaf;
    await at(day(3));
    await expect(admin.provenance.anchor(root("one"), 1n, 7n))
      .to.emit(contracts.provenance, "Anchored")
      .withArgs(root("one"), admin.address, 1n, 7n, BigInt(day(3)));
  });

  it("knows nothing of any other root", async () => {
    const { admin, contracts } = sheaf;
    await admin.provenance.anchor(root("one"), 1n, 7n);
    expect(await contracts.provenance.anchorOf(root("two"))).to.deep.equal([
      "0x0000000000000000000000000000000000000000",
      0n,
      0n,
      0n,
    ]);
  });

  it("is answered for to whoever asks by hand", async () => {
    const { admin, addresses } = sheaf;
    await at(day(3));
    await admin.provenance.anchor(root("one"), 1n, 7n);
    const answerOf = async (name: string): Promise<ReturnType<typeof anchorAnswer>> =>
      anchorAnswer(
        (await ethers.provider.send("eth_call", [
          { to: addresses.provenance, data: anchorCall(root(name)) },
          "latest",
        ])) as string,
      );
    const by = admin.address.toLowerCase();
    expect(await answerOf("one")).to.deep.equal({ by, at: day(3), first: 1, count: 7 });
    expect(await answerOf("two")).to.equal(null);
  });

  it("lets another contract believe each of the events, and no other", async () => {
    const { admin, addresses, buyer, cooperative } = sheaf;
    const leaves = [1, 2, 3, 4, 5].map((sequence) =>
      leafOf({
        sha256: "11".repeat(32),
        hash: "22".repeat(32),
        party: cooperative.address,
        sequence,
      }),
    );
    const tree = MerkleTree.of(leaves.map(bytesOf));
    await admin.provenance.anchor(tree.root, 1n, 5n);
    const reader = await deployTestContract("provenance/ProofReader.sol");
    const isAnchored = (leaf: string, index: number): Promise<boolean> =>
      ask(reader, "isAnchored", addresses.provenance, leaf, tree.proofOf(index));
    for (const [index, leaf] of leaves.entries())
      expect(await isAnchored(leaf, index)).to.equal(true);
    const foreign = leafOf({
      sha256: "11".repeat(32),
      hash: "22".repeat(32),
      party: buyer.address,
      sequence: 1,
    });
    expect(await isAnchored(foreign, 0)).to.equal(false);
  });

  it("is done for one root once: AlreadyAnchored", async () => {
    const { admin } = sheaf;
    await admin.provenance.anchor(root("one"), 1n, 7n);
    for (const first of [1n, 8n])
      await expectRefusal(
        admin.provenance.anchor(root("one"), first, 7n),
        "AlreadyAnchored",
        root("one"),
      );
  });

  it("leaves out no event, and anchors none twice: NotNext", async () => {
    const { admin } = sheaf;
    for (const first of [0n, 2n])
      await expectRefusal(admin.provenance.anchor(root("one"), first, 7n), "NotNext", 1n);
    await admin.provenance.anchor(root("one"), 1n, 7n);
    for (const first of [1n, 7n, 9n])
      await expectRefusal(admin.provenance.anchor(root("two"), first, 7n), "NotNext", 8n);
  });

  it("is of a root: ZeroRoot", async () => {
    const nothing = `0x${"00".repeat(32)}`;
    await expectRefusal(sheaf.admin.provenance.anchor(nothing, 1n, 1n), "ZeroRoot");
  });

  it("is of an event at least: ZeroCount", async () => {
    await expectRefusal(sheaf.admin.provenance.anchor(root("one"), 1n, 0n), "ZeroCount");
  });

  it("is for the anchoring role, and no longer once that is taken away: AccessManagedUnauthorized", async () => {
    const { admin, stranger } = sheaf;
    const { anchoring } = administrativeRoles;
    const anchor = (): Promise<unknown> => stranger.provenance.anchor(root("one"), 1n, 1n);
    await expectRefusal(anchor(), "AccessManagedUnauthorized", stranger.address);
    await admin.administration.grantRole(anchoring, stranger.address, 0n);
    await anchor();
    await admin.administration.revokeRole(anchoring, stranger.address);
    await expectRefusal(anchor(), "AccessManagedUnauthorized", stranger.address);
  });

  it("goes on while originating is paused, and after the deployment is retired", async () => {
    const { admin, contracts } = sheaf;
    await admin.parties.setPaused(true);
    await admin.provenance.anchor(root("one"), 1n, 1n);
    await admin.parties.retire();
    await admin.provenance.anchor(root("two"), 2n, 1n);
    expect(await contracts.provenance.next()).to.equal(3n);
  });

  it("makes one row of trees without a gap, whatever is tried", async () => {
    const tries = fc.array(
      fc.record({ skip: fc.integer({ min: -2, max: 2 }), count: fc.integer({ min: 0, max: 9 }) }),
      { minLength: 1, maxLength: 12 },
    );
    await fc.assert(
      fc.asyncProperty(tries, async (given) => {
        const { admin, contracts } = await load(admittedParties);
        let next = 1;
        for (const [index, { skip, count }] of given.entries()) {
          const first = Math.max(0, next + skip);
          const isRight = skip === 0 && count > 0;
          const done = await admin.provenance
            .anchor(root(`tree ${index}`), first, count)
            .then(() => true)
            .catch(() => false);
          expect(done).to.equal(isRight);
          if (isRight) next += count;
          expect(await contracts.provenance.next()).to.equal(BigInt(next));
        }
      }),
      { numRuns: 15 },
    );
  });
});
