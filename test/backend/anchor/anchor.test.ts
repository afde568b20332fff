import { expect } from "chai";
import { Wallet } from "ethers";
import { AnchorBatchRow } from "../../../backend/src/anchor/anchor.entity.ts";
import { CommandRow } from "../../../backend/src/command/command.entity.ts";
import { anchorAnswer, anchorCall } from "../../../backend/src/proof/anchor-call.ts";
import { checkEvent } from "../../../backend/src/proof/provable-event.ts";
import { administrativeRoles } from "../../../scripts/deploy/administration.ts";
import { Anchoring } from "../../support/anchoring.ts";
import { Client } from "../../support/client.ts";
import { startLocalChain, type LocalChain } from "../../support/local-chain.ts";
import { scrape } from "../../support/metrics.ts";

describe("Captured events", function () {
  this.timeout(60_000);
  let chain: LocalChain;
  let scene: Anchoring;

  beforeEach(async () => {
    chain = await startLocalChain();
    scene = await Anchoring.start(chain);
  });

  afterEach(async () => {
    await scene.close();
    await chain.close();
  });

  const commands = (): Promise<CommandRow[]> =>
    scene.database.read.find(CommandRow, {
      where: { contract: "Provenance" },
      order: { createdAt: "ASC" },
    });

  it("are pending at first, and within seconds on chain, all in one transaction", async () => {
    await scene.capture(50);
    expect((await scene.events()).map(({ anchor }) => anchor)).to.deep.equal(Array(50).fill(null));
    const events = await scene.allAnchored(50);
    const [first] = events;
    for (const event of events) {
      const { fault, root } = checkEvent(event);
      expect(fault).to.equal(undefined);
      expect(root).to.equal(first!.anchor!.root);
    }
    expect(events.map(({ anchor }) => anchor!.index)).to.deep.equal([...Array(50).keys()]);
    expect(await commands()).to.have.length(1);
    const answer = (await chain.provider.send("eth_call", [
      { to: chain.deployment.contracts.Provenance, data: anchorCall(first!.anchor!.root) },
      "latest",
    ])) as string;
    const { at, by, block, transaction } = first!.anchor!;
    expect(anchorAnswer(answer)).to.deep.equal({ by: by.toLowerCase(), at, first: 1, count: 50 });
    expect((await chain.provider.getTransactionReceipt(transaction))!.blockNumber).to.equal(block);
  });

  it("that come later follow in the next tree, one event alone too", async () => {
    await scene.capture(3);
    await scene.allAnchored(3);
    await scene.capture(1);
    const events = await scene.allAnchored(4);
    const { anchor } = events[3]!;
    expect([anchor!.first, anchor!.count, anchor!.index]).to.deep.equal([4, 1, 0]);
    expect(anchor!.proof).to.deep.equal([]);
    expect(checkEvent(events[3]!).fault).to.equal(undefined);
    expect(await scene.contracts.provenance.next()).to.equal(5n);
  });

  it("are anchored before the time is up where there are enough for a tree, and in several", async () => {
    await scene.restart({ anchorSeconds: 2, anchorEvents: 16 });
    await scene.capture(40);
    const events = await scene.allAnchored(40);
    expect([...new Set(events.map(({ anchor }) => anchor!.first))]).to.deep.equal([1, 17, 33]);
    expect(events.map((event) => checkEvent(event).fault)).to.deep.equal(Array(40).fill(undefined));
  });

  it("wait while the role for it is taken away, say so, and are anchored once it is back", async () => {
    const { administration } = scene.contracts;
    const { address: account } = new Wallet(chain.administrationKey);
    const { anchoring } = administrativeRoles;
    await (await administration.revokeRole(anchoring, account)).wait();
    await scene.capture(5);
    await scene.until("a refusal is on record", async () => {
      const batch = await scene.database.read.findOneBy(AnchorBatchRow, { number: 1 });
      return (batch?.failures ?? 0) >= 2;
    });
    const anyone = new Client(scene.url);
    const { body } = await anyone.get<{ parts: { anchors: object } }>("/health");
    expect(body.parts.anchors).to.deep.equal({
      ok: false,
      problem: "Events cannot be anchored: AccessManagedUnauthorized. It is tried again.",
    });
    const waiting = await scrape(anyone);
    expect(waiting.get("sheaf_anchor_batches_waiting")).to.equal(1);
    expect(waiting.get("sheaf_events_not_anchored")).to.equal(5);
    expect(waiting.get("sheaf_event_oldest_not_anchored_seconds")).to.be.above(0);
    await (await administration.grantRole(anchoring, account, 0n)).wait();
    await scene.allAnchored(5);
    expect(await scene.database.read.count(AnchorBatchRow)).to.equal(1);
    const { body: well } = await anyone.get<{ parts: { anchors: object } }>("/health");
    expect(well.parts.anchors).to.deep.equal({ ok: true, problem: null });
    const done = await scrape(anyone);
    expect(done.get("sheaf_anchor_batches_waiting")).to.equal(0);
    expect(done.get("sheaf_events_not_anchored")).to.equal(0);
    expect(done.get("sheaf_event_oldest_not_anchored_seconds")).to.equal(0);
  });

  it("of a record that was restored without its end go on where the chain is", async () => {
    await (await scene.contracts.provenance.anchor(`0x${"5e".repeat(32)}`, 1n, 7n)).wait();
    await scene.capture(3);
    const events = await scene.allAnchored(3);
    expect(events.map(({ anchor }) => anchor!.first)).to.deep.equal([8, 8, 8]);
    expect(events.map((event) => checkEvent(event).fault)).to.deep.equal(Array(3).fill(undefined));
  });
});
