import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import { Outbox } from "../../../backend/src/command/outbox.ts";
import type { RpcProxy } from "../../../scripts/faults/proxy/rpc-proxy.ts";
import { startBackend, type TestBackend } from "../../support/backend.ts";
import { Client } from "../../support/client.ts";
import { startFaultyNode, type FaultScript } from "../../support/scripted-node.ts";
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
    party = await admitted("buyer");
  });

  after(async () => {
    await started.close();
    await proxy.close();
    await chain.close();
  });

  const admitted = async (role: string): Promise<string> => {
    const { body } = await operator.post("/api/v1/parties", { name: role, roles: [role] });
    return String(body["id"]);
  };
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

  it("is the same batch again, after a crash, although its orders are not projected yet", async () => {
    const terms = { itemCode: "RICE", unit: "KGM", quantity: "10", unitPrice: "6.50" };
    const days = { deliverBy: "2026-12-01", paymentDays: 30, inspectionDays: 3 };
    const [seller, arbiter] = [await admitted("cooperative"), await admitted("arbiter")];
    const order = { number: "LOST-1", line: 1, seller, arbiter, ...terms, ...days };
    const send = async (signal?: AbortSignal): Promise<{ status: number; taken?: number }> => {
      const buyer = await new Client(started.url).signedIn(party);
      const path = "/api/v1/orders/batch";
      const key = { "idempotency-key": "batch", prefer: "wait=20" };
      const { status, body } = await buyer.send<{ taken?: number }>(
        "POST",
        path,
        { orders: [order] },
        key,
        signal,
      );
      return { status, ...body };
    };
    const outbox = () => started.backend.app.get(Outbox);
    script.meet("eth_getLogs", ...Array.from({ length: 12 }, () => "droppedBefore" as const));
    const impatient = new AbortController();
    const first = send(impatient.signal).catch(() => undefined);
    while ((await outbox().firstOf(party, "batch"))?.state !== "Final") await sleep(20);
    impatient.abort();
    await first;
    started = await started.restart();
    expect(await send()).to.include({ status: 200, taken: 1 });
  });
});
