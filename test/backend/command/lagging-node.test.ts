import { expect } from "chai";
import { Wallet } from "ethers";
import { CommandWorker } from "../../../backend/src/command/command.worker.ts";
import { startAnvilChain, type AnvilChain } from "../../support/anvil.ts";
import { startBackend, type TestBackend } from "../../support/backend.ts";
import { Client } from "../../support/client.ts";
import {
  startWaywardNode,
  type NodeRequest,
  type WaywardNode,
} from "../../support/wayward-node.ts";

describe("Commands before a node that is behind", function () {
  this.timeout(60_000);
  let chain: AnvilChain;
  let lagging: WaywardNode;
  let behindBy: number;
  let started: TestBackend | undefined;

  before(async () => {
    chain = await startAnvilChain();
    lagging = await startWaywardNode(chain.url, behind);
  });

  beforeEach(() => {
    behindBy = 0;
  });

  afterEach(async () => {
    await started?.close();
    started = undefined;
  });

  after(async () => {
    await lagging.close();
    await chain.close();
  });

  /** As a node that has no block of the newest ones yet. */
  async function behind(
    { method, params }: NodeRequest,
    ask: (method: string, params: readonly unknown[]) => Promise<unknown>,
  ) {
    if (behindBy === 0) return undefined;
    const head = Number(await ask("eth_blockNumber", [])) - behindBy;
    const newest = `0x${head.toString(16)}`;
    const isNew = (number: unknown): boolean => typeof number === "string" && Number(number) > head;
    switch (method) {
      case "eth_call": {
        const message = await ask(method, [params[0], newest]).then(() => undefined, String);
        return message === undefined ? undefined : { error: { code: 3, message } };
      }
      case "eth_getTransactionCount":
        return { result: await ask(method, [params[0], newest]) };
      case "eth_getBlockByNumber":
        if (isNew(params[0])) return { result: null };
        return { result: await ask(method, [params[0] === "latest" ? newest : params[0], false]) };
      case "eth_getBlockByHash":
      case "eth_getTransactionReceipt": {
        const found = (await ask(method, params)) as Record<string, unknown> | null;
        return { result: isNew(found?.["number"] ?? found?.["blockNumber"]) ? null : found };
      }
      default:
        return undefined;
    }
  }

  const operatorOf = async (urls: readonly string[]): Promise<Client> => {
    const [rpcUrl = "", ...rpcFallbacks] = urls;
    started = await startBackend(chain, { rpcUrl, rpcFallbacks, rpcTimeout: 2000 });
    return new Client(started.url).signedIn("operator");
  };
  const admitted = async (operator: Client): Promise<string> => {
    const key = Wallet.createRandom().address;
    const input = { name: "Behind", roles: ["buyer"], key };
    expect((await operator.post("/api/v1/parties", input)).status).to.equal(201);
    return key;
  };

  it("are not refused for what it does not know yet, where another node does", async () => {
    const operator = await operatorOf([lagging.url, chain.url]);
    const parties = [await admitted(operator)];
    behindBy = 3;
    for (let count = 0; count < 3; count += 1) {
      const suspended = await operator.post(`/api/v1/parties/${parties.at(-1)!}/suspension`, {
        suspended: true,
      });
      expect([suspended.status, suspended.body["suspended"]]).to.deep.equal([200, true]);
      parties.push(await admitted(operator));
    }
    expect(lagging.strayed).to.be.greaterThan(0);
  });

  it("are still refused for what is against the rules, in the rule's words", async () => {
    const operator = await operatorOf([lagging.url, chain.url]);
    const key = await admitted(operator);
    behindBy = 2;
    const again = await operator.post("/api/v1/parties", { name: "Again", roles: ["buyer"], key });
    expect(again.status).to.equal(409);
  });

  it("wait where there is no other node, and are done when it has caught up", async () => {
    const operator = await operatorOf([lagging.url]);
    const key = await admitted(operator);
    behindBy = 2;
    const asked = await operator.post(
      `/api/v1/parties/${key}/suspension`,
      { suspended: true },
      { prefer: "wait=1" },
    );
    expect([asked.status, asked.body["state"]]).to.deep.equal([202, "Queued"]);
    behindBy = 0;
    const path = `/api/v1/commands/${String(asked.body["id"])}`;
    for (let tries = 0; tries < 50; tries += 1) {
      await started!.backend.app.get(CommandWorker).sweep();
      if ((await operator.get(path)).body["state"] === "Final") break;
    }
    expect((await operator.get(path)).body["state"]).to.equal("Final");
  });
});
