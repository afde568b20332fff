import { expect } from "chai";
import { Transaction, Wallet } from "ethers";
import { CommandWorker } from "../../../backend/src/command/command.worker.ts";
import { Outbox } from "../../../backend/src/command/outbox.ts";
import { Signatures } from "../../../backend/src/command/signatures.ts";
import { startAnvilChain, type AnvilChain } from "../../support/anvil.ts";
import { startBackend, type TestBackend } from "../../support/backend.ts";
import { Client } from "../../support/client.ts";
import { startFaultyNode, type FaultyNode } from "../../support/faulty-node.ts";

const gwei = 1_000_000_000n;
const cap = 40n * gwei;

describe("The fee of a command", function () {
  this.timeout(90_000);
  let chain: AnvilChain;
  let door: FaultyNode;
  let started: TestBackend;
  let operator: Client;

  before(async () => {
    chain = await startAnvilChain();
    await baseFee(gwei);
    door = await startFaultyNode(chain.url);
    started = await startBackend(chain, {
      rpcUrl: door.url,
      gas: { price: "network", limit: "estimate", cap, replaceAfter: 1 },
      finalityBlocks: 2,
    });
    operator = await new Client(started.url).signedIn("operator");
  });

  afterEach(async () => {
    door.heal();
    await chain.automine(true);
    await chain.mine();
  });

  after(async () => {
    await started.close();
    await door.close();
    await chain.close();
  });

  async function baseFee(wei: bigint): Promise<void> {
    await chain.send("anvil_setNextBlockBaseFeePerGas", `0x${wei.toString(16)}`);
    await chain.mine();
  }

  const admit = async (): Promise<{ readonly id: string; readonly key: string }> => {
    const key = Wallet.createRandom().address;
    const { status, body } = await operator.post(
      "/api/v1/parties",
      { name: "Paying", roles: ["buyer"], key },
      { prefer: "respond-async" },
    );
    expect(status).to.equal(202);
    return { id: String(body["id"]), key };
  };
  const sweep = (): Promise<void> => started.backend.app.get(CommandWorker).sweep();
  const command = async (id: string): Promise<Record<string, unknown>> =>
    (await operator.get(`/api/v1/commands/${id}`)).body;
  const until = async (id: string, done: () => boolean | Promise<boolean>): Promise<void> => {
    for (let tries = 0; tries < 60; tries += 1) {
      await sweep();
      if (await done()) return;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    throw new Error(`Command ${id} is ${JSON.stringify(await command(id))}`);
  };
  const versions = async (id: string): Promise<Transaction[]> => {
    const { app } = started.backend;
    const known = await app.get(Signatures).versions(await app.get(Outbox).get(id));
    return known
      .map(({ raw }) => Transaction.from(raw))
      .sort((a, b) => Number(a.maxFeePerGas! - b.maxFeePerGas!));
  };
  const isSent = async (id: string): Promise<boolean> =>
    (await command(id))["state"] === "Submitted";

  it("is what the network asks, with gas as estimated, in a transaction of type 2", async () => {
    const { id } = await admit();
    await until(id, async () => (await command(id))["state"] === "Mined");
    const [sent] = await versions(id);
    expect(sent!.type).to.equal(2);
    expect(sent!.maxFeePerGas! <= cap).to.equal(true);
    expect(sent!.gasLimit < 1_000_000n).to.equal(true);
  });

  it("rises by an eighth at least, for the same effect at the same nonce, when it is not mined", async () => {
    await chain.automine(false);
    const { id, key } = await admit();
    await until(id, () => isSent(id));
    await until(id, async () => (await versions(id)).length >= 3);
    const sent = await versions(id);
    for (const [index, next] of sent.slice(1).entries()) {
      const before = sent[index]!;
      expect([next.nonce, next.to, next.data, next.gasLimit]).to.deep.equal([
        before.nonce,
        before.to,
        before.data,
        before.gasLimit,
      ]);
      expect(next.maxFeePerGas! * 8n >= before.maxFeePerGas! * 9n).to.equal(true);
      expect(next.maxPriorityFeePerGas! * 8n >= before.maxPriorityFeePerGas! * 9n).to.equal(true);
    }
    await chain.mine();
    await until(id, async () => (await command(id))["state"] === "Mined");
    await until(id, async () => (await operator.get(`/api/v1/parties/${key}`)).status === 200);
    await chain.mine(3);
    await until(id, async () => (await command(id))["state"] === "Final");
  });

  it("never rises above the cap, however long it takes", async () => {
    await chain.automine(false);
    const { id } = await admit();
    await until(id, () => isSent(id));
    await chain.send("anvil_setNextBlockBaseFeePerGas", `0x${(100n * gwei).toString(16)}`);
    await chain.mine();
    let seen = -1;
    let still = 0;
    await until(id, async () => {
      const { length } = await versions(id);
      still = length === seen ? still + 1 : 0;
      seen = length;
      return still > 12;
    });
    const sent = await versions(id);
    expect(sent.every(({ maxFeePerGas }) => maxFeePerGas! <= cap)).to.equal(true);
    expect(await command(id)).to.include({ state: "Submitted", error: null });
    await until(id, async () => {
      await baseFee(gwei);
      return (await command(id))["state"] !== "Submitted";
    });
  });

  it("may be an earlier one's: whichever version is mined is found and shown", async () => {
    await chain.automine(false);
    const { id, key } = await admit();
    await until(id, () => isSent(id));
    // The network has what was signed until now, and gets no other one until that is mined.
    door.meet("eth_sendRawTransaction", { kind: "lost" }, Infinity);
    const { length } = await versions(id);
    await until(id, async () => (await versions(id)).length > length);
    await chain.mine();
    door.heal();
    await until(id, async () => (await command(id))["state"] === "Mined");
    const signed = (await versions(id)).map(({ hash }) => hash);
    const receipts = await Promise.all(
      signed.map((hash) => chain.provider.getTransactionReceipt(hash!)),
    );
    const mined = receipts.find((receipt) => receipt !== null);
    expect((await command(id))["transaction"]).to.equal(mined?.hash);
    expect(mined?.hash).not.to.equal(signed.at(-1));
    await until(id, async () => (await operator.get(`/api/v1/parties/${key}`)).status === 200);
    await chain.automine(true);
  });
});
