import { expect } from "chai";
import { startSending, type Sending } from "../../support/sending.ts";

describe("A command that is mined to no effect", function () {
  this.timeout(60_000);
  let sending: Sending;

  before(async () => {
    sending = await startSending({ finalityBlocks: 2 });
  });

  afterEach(async () => {
    sending.door.heal();
    await sending.chain.automine(true);
  });

  after(() => sending.close());

  /** On its way, and in the next block when that comes; the contract does nothing but refuse there. */
  const sentToRefusal = async () => {
    const { chain } = sending;
    await chain.automine(false);
    const admission = await sending.admit();
    await sending.reaches(admission.id, "Submitted");
    const snapshot = await chain.send("evm_snapshot");
    await chain.send("anvil_setCode", chain.deployment.contracts.Parties, "0xfe");
    return { ...admission, snapshot };
  };
  const unseen = (): void => {
    for (const method of ["eth_getBlockByNumber", "eth_getBlockByHash"]) {
      sending.door.meet(method, { kind: "lost" });
    }
  };
  const sweeps = (): Promise<void> => {
    let left = 3;
    return sending.until("some sweeps", () => Promise.resolve((left -= 1) < 0));
  };

  it("has failed as soon as the read model has seen its block", async () => {
    const { id, snapshot } = await sentToRefusal();
    await sending.chain.mine();
    await sending.reaches(id, "Failed");
    expect((await sending.command(id))["block"]).not.to.equal(null);
    await sending.chain.send("evm_revert", snapshot);
    // What was projected is undone, and the command is sent again.
    await sending.until("it is mined after all", async () => {
      await sending.chain.mine();
      return (await sending.command(id))["state"] === "Final";
    });
  });

  it("is looked for again when its block goes before anybody has seen it", async () => {
    const { id, party, snapshot } = await sentToRefusal();
    unseen();
    await sending.chain.mine();
    await sweeps();
    expect((await sending.command(id))["state"]).to.equal("Submitted");
    await sending.chain.send("evm_revert", snapshot);
    sending.door.heal();
    await sending.until("it is mined after all", async () => {
      await sending.chain.mine();
      return (await sending.command(id))["state"] === "Final";
    });
    await sending.isAdmitted(party);
  });
});
