import { expect } from "chai";
import type { RpcProxy } from "../../../scripts/faults/proxy/rpc-proxy.ts";
import { startBackend, type TestBackend } from "../../support/backend.ts";
import { Client } from "../../support/client.ts";
import { startFaultyNode, type FaultScript } from "../../support/faulty-node.ts";
import { startLocalChain, type LocalChain } from "../../support/local-chain.ts";

describe("A command whose answers from the node get lost", function () {
  this.timeout(60_000);
  let chain: LocalChain;
  let started: TestBackend;
  let proxy: RpcProxy;
  let script: FaultScript;
  let operator: Client;
  let party: string;

  before(async () => {
    chain = await startLocalChain();
    ({ proxy, script } = await startFaultyNode(chain.url));
    started = await startBackend({ ...chain, url: proxy.url });
    operator = await new Client(started.url).signedIn("operator");
    const { body } = await operator.post("/api/v1/parties", { name: "Buyer", roles: ["buyer"] });
    party = String(body["id"]);
  });

  after(async () => {
    await started.close();
    await proxy.close();
    await chain.close();
  });

  const cash = async (): Promise<number> => {
    const { body } = await operator.get<{ balances: { amount: string }[] }>(
      `/api/v1/parties/${party}/balance`,
    );
    return Number(body.balances[0]?.amount ?? "0");
  };
  const mint = (amount: string, prefer = "wait=20") =>
    operator.post("/api/v1/sandbox/money", { party, amount }, { prefer });

  it("is not done twice when the node cannot be asked whether it has it", async () => {
    script.meet("eth_sendRawTransaction", "droppedAfter");
    script.meet("eth_getTransactionReceipt", "droppedBefore");
    script.meet("eth_getTransactionByHash", "droppedBefore");
    const before = await cash();
    const { status } = await mint("3.00");
    expect(status).to.equal(200);
    await mint("1.00");
    expect((await cash()) - before).to.equal(4);
    expect(script.isOver, "every fault was met").to.equal(true);
  });

  it("waits for the one before it where the node takes none out of turn", async () => {
    script.meet("eth_sendRawTransaction", "overloaded");
    const before = await cash();
    const [first, second] = await Promise.all([mint("5.00"), mint("7.00")]);
    expect([first.status, second.status]).to.deep.equal([200, 200]);
    expect((await cash()) - before).to.equal(12);
    expect(script.isOver, "every fault was met").to.equal(true);
  });
});
