import { expect } from "chai";
import { startSending, type Sending } from "../../support/sending.ts";

describe("A transaction that the network has lost", function () {
  this.timeout(60_000);
  let sending: Sending;

  before(async () => {
    sending = await startSending({ finalityBlocks: 3 });
  });

  afterEach(() => sending.chain.automine(true));
  after(() => sending.close());

  const transactionOf = async (id: string): Promise<string> =>
    String((await sending.command(id))["transaction"]);

  it("from its mempool is sent again, the same bytes", async () => {
    const { chain } = sending;
    await chain.automine(false);
    const { id, party } = await sending.admit();
    await sending.reaches(id, "Submitted");
    const hash = await transactionOf(id);
    await chain.send("anvil_dropAllTransactions");
    expect(await chain.provider.getTransaction(hash)).to.equal(null);
    await sending.until(
      "it is there again",
      async () => (await chain.provider.getTransaction(hash)) !== null,
    );
    await chain.mine(4);
    await sending.reaches(id, "Final");
    expect(await transactionOf(id)).to.equal(hash);
    await sending.isAdmitted(party);
  });

  it("in a reorganisation is sent again, the same bytes, and is in one block in the end", async () => {
    const { chain } = sending;
    const snapshot = await chain.send("evm_snapshot");
    const { id, party } = await sending.admit();
    await sending.reaches(id, "Mined");
    const hash = await transactionOf(id);
    await chain.send("evm_revert", snapshot);
    await chain.mine(2);
    await sending.until("it is mined again", async () => {
      const receipt = await chain.provider.getTransactionReceipt(hash);
      return receipt !== null && (await sending.command(id))["state"] === "Mined";
    });
    await chain.mine(4);
    await sending.reaches(id, "Final");
    await sending.isAdmitted(party);
    const receipt = await chain.provider.getTransactionReceipt(hash);
    expect((await sending.command(id))["block"]).to.equal(receipt?.blockNumber);
  });

  it("to a node on another fork, where it failed, has not failed", async () => {
    const { chain, door } = sending;
    const next = (await chain.provider.getBlockNumber()) + 1;
    const elsewhere = {
      transactionHash: `0x${"1".repeat(64)}`,
      blockHash: `0x${"2".repeat(64)}`,
      blockNumber: `0x${next.toString(16)}`,
      status: "0x0",
    };
    door.meet("eth_getTransactionReceipt", { kind: "result", result: elsewhere }, 1);
    const { id, party } = await sending.admit();
    await sending.reaches(id, "Mined");
    await chain.mine(4);
    await sending.reaches(id, "Final");
    await sending.isAdmitted(party);
    expect((await sending.command(id))["error"]).to.equal(null);
  });

  it("before anybody here had seen its block is not said to be final", async () => {
    const { chain, door } = sending;
    const snapshot = await chain.send("evm_snapshot");
    // The projection does not get to see the block.
    door.meet("eth_getLogs", { kind: "lost" });
    const { id, party } = await sending.admit();
    await sending.reaches(id, "Mined");
    await chain.send("evm_revert", snapshot);
    await chain.automine(false);
    await chain.mine(8);
    door.heal();
    await sending.until(
      "it is no longer mined",
      async () => (await sending.command(id))["state"] === "Submitted",
    );
    await sending.until("it is final", async () => {
      await chain.mine();
      return (await sending.command(id))["state"] === "Final";
    });
    await sending.isAdmitted(party);
  });
});
