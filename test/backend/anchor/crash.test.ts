import { expect } from "chai";
import { AnchorBatchRow } from "../../../backend/src/anchor/anchor.entity.ts";
import { CommandRow } from "../../../backend/src/command/command.entity.ts";
import type { CrashPoint } from "../../../backend/src/crash/crash-points.ts";
import { checkEvent } from "../../../backend/src/proof/provable-event.ts";
import { Anchoring } from "../../support/anchoring.ts";
import { startLocalChain, type LocalChain } from "../../support/local-chain.ts";

/** Between the events and their root on chain, in the order in which a process comes there. */
const points: readonly CrashPoint[] = [
  "after-tree",
  "after-placed",
  "after-signing",
  "after-signed-commit",
  "after-broadcast",
  "after-settled",
  "before-cursor-commit",
];

describe("A process that dies while it anchors", function () {
  this.timeout(60_000);
  let chain: LocalChain;
  let scene: Anchoring;

  beforeEach(async () => {
    chain = await startLocalChain();
    scene = await Anchoring.start(chain, { anchorSeconds: 3600 });
  });

  afterEach(async () => {
    await scene.close();
    await chain.close();
  });

  for (const point of points)
    it(`at ${point} has lost and doubled nothing: the next one goes on with the same tree`, async () => {
      await scene.capture(5);
      await scene.survive(point);
      expect(await scene.database.read.count(AnchorBatchRow), "the tree of the dead").to.equal(1);
      // Long before it would gather events itself.
      const events = await scene.allAnchored(5);
      expect(events.map((event) => checkEvent(event).fault)).to.deep.equal(
        Array(5).fill(undefined),
      );
      const { provenance } = scene.contracts;
      expect(await provenance.queryFilter(provenance.filters.Anchored)).to.have.length(1);
      expect(await provenance.next()).to.equal(6n);
      expect(await scene.database.read.countBy(CommandRow, { contract: "Provenance" })).to.equal(1);
    });
});
