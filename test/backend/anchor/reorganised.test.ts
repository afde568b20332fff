import { expect } from "chai";
import { AnchorBatchRow } from "../../../backend/src/anchor/anchor.entity.ts";
import { checkEvent } from "../../../backend/src/proof/provable-event.ts";
import { Anchoring } from "../../support/anchoring.ts";
import { startAnvilChain, type AnvilChain } from "../../support/anvil.ts";

describe("An anchor whose block is reorganised away", function () {
  this.timeout(60_000);
  let chain: AnvilChain;
  let scene: Anchoring;

  beforeEach(async () => {
    chain = await startAnvilChain();
    scene = await Anchoring.start(chain, { finalityBlocks: 3, pollInterval: 50 });
  });

  afterEach(async () => {
    await scene.close();
    await chain.close();
  });

  it("is pending again, and is anchored once more: the same tree, in another block", async () => {
    await scene.capture(4);
    await scene.until("there is a tree", () => scene.database.read.existsBy(AnchorBatchRow, {}));
    await scene.allAnchored(4);
    await scene.capture(2);
    const before = await scene.allAnchored(6);
    const [{ anchor: first }, { anchor: last }] = [before[0]!, before[5]!];
    await chain.automine(false);
    const depth = (await chain.provider.getBlockNumber()) - first!.block + 1;
    await chain.send("anvil_rollback", depth);
    await chain.mine(depth + 1);
    await scene.until("both trees are pending", async () =>
      (await scene.events()).every(({ anchor }) => anchor === null),
    );
    expect((await scene.events()).map((event) => checkEvent(event).fault)).to.deep.equal(
      Array(6).fill(undefined),
    );
    await chain.automine(true);
    await chain.mine();
    const after = await scene.allAnchored(6);
    expect(after[0]!.anchor!.root).to.equal(first!.root);
    expect(after[5]!.anchor!.root).to.equal(last!.root);
    expect(after[0]!.anchor!.block).not.to.equal(first!.block);
    expect(await scene.database.read.count(AnchorBatchRow)).to.equal(2);
    expect(await scene.contracts.provenance.next()).to.equal(7n);
  });
});
