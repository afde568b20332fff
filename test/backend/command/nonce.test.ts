import { expect } from "chai";
import { Wallet } from "ethers";
import { Outbox } from "../../../backend/src/command/outbox.ts";
import { Sender } from "../../../backend/src/command/sender.ts";
import { startSending, type Sending } from "../../support/sending.ts";

describe("The nonces of a key", function () {
  this.timeout(90_000);
  let sending: Sending;
  let elsewhere: Wallet;

  before(async () => {
    sending = await startSending({
      finalityBlocks: 2,
      gas: { price: 0n, limit: 30_000_000n, cap: 0n, replaceAfter: 1 },
    });
    elsewhere = new Wallet(sending.chain.administrationKey, sending.chain.provider);
  });

  afterEach(async () => {
    sending.door.heal();
    await sending.chain.automine(true);
  });

  after(() => sending.close());

  const rawOf = async (nonce: number): Promise<string> =>
    elsewhere.signTransaction({
      ...{ to: elsewhere.address, nonce, chainId: 31337, gasLimit: 21_000 },
      ...{ type: 0, gasPrice: 1_000_000_000n },
    });
  const mined = (): Promise<number> => sending.chain.provider.getTransactionCount(sending.account);
  const nonceOf = async (id: string): Promise<number | null> =>
    (await sending.started.backend.app.get(Outbox).get(id)).nonce;

  it("are given anew only when another transaction has one in a block that stays", async () => {
    const { chain, door } = sending;
    door.meet("eth_sendRawTransaction", { kind: "lost" });
    const { id, party } = await sending.admit();
    await sending.reaches(id, "Signed");
    const taken = (await nonceOf(id))!;
    await (await chain.provider.broadcastTransaction(await rawOf(taken))).wait();
    door.heal();
    for (let sweeps = 0; sweeps < 3; sweeps += 1) {
      await sending.until("a sweep", () => Promise.resolve(true));
      expect(await nonceOf(id)).to.equal(taken);
    }
    await chain.mine(2);
    await sending.until("another nonce", async () => (await nonceOf(id)) === taken + 1);
    await chain.mine(3);
    await sending.reaches(id, "Final");
    await sending.isAdmitted(party);
    expect(await mined()).to.equal(taken + 2);
  });

  it("stay where they were when the block with the other transaction is reorganised away", async () => {
    const { chain, door } = sending;
    const snapshot = await chain.send("evm_snapshot");
    door.meet("eth_sendRawTransaction", { kind: "lost" });
    const { id, party } = await sending.admit();
    await sending.reaches(id, "Signed");
    const taken = (await nonceOf(id))!;
    await (await chain.provider.broadcastTransaction(await rawOf(taken))).wait();
    await sending.until("a sweep", () => Promise.resolve(true));
    await chain.send("evm_revert", snapshot);
    await chain.mine();
    door.heal();
    await sending.reaches(id, "Mined");
    await chain.mine(3);
    await sending.reaches(id, "Final");
    expect(await nonceOf(id)).to.equal(taken);
    await sending.isAdmitted(party);
  });

  it("leave no hole where transactions before ours were dropped: it is filled to no effect", async () => {
    const { chain } = sending;
    await chain.automine(false);
    const next = await mined();
    const foreign = await Promise.all([rawOf(next), rawOf(next + 1)]);
    for (const raw of foreign) await chain.send("eth_sendRawTransaction", raw);
    sending.started.backend.app.get(Sender).forget();
    const { id, party } = await sending.admit();
    await sending.until("it is sent", async () => (await nonceOf(id)) !== null);
    expect(await nonceOf(id)).to.equal(next + 2);
    await chain.send("anvil_dropAllTransactions");
    await sending.until("the hole is filled", async () => {
      await chain.mine();
      return (await mined()) === next + 3;
    });
    await sending.isAdmitted(party);
  });
});
