import { expect } from "chai";
import { startBackend } from "../../support/backend.ts";
import { Client } from "../../support/client.ts";
import { startFaultyNode, type FaultyNode } from "../../support/faulty-node.ts";
import { startLocalChain, type LocalChain } from "../../support/local-chain.ts";

describe("A start without a network that answers", function () {
  this.timeout(60_000);
  let chain: LocalChain;
  let door: FaultyNode;

  before(async () => {
    chain = await startLocalChain();
    door = await startFaultyNode(chain.url);
  });

  afterEach(() => {
    door.heal();
  });

  after(async () => {
    await door.close();
    await chain.close();
  });

  it("waits for it, and then serves", async () => {
    door.goAway();
    setTimeout(() => {
      door.heal();
    }, 1500);
    const begun = Date.now();
    const started = await startBackend(chain, { rpcUrl: door.url, rpcStartWithin: 30_000 });
    try {
      expect(Date.now() - begun).to.be.greaterThan(1400);
      const { status } = await new Client(started.url).get("/health");
      expect(status).to.equal(200);
    } finally {
      await started.close();
    }
  });

  it("waits also where it answers the first question and no other", async () => {
    const first = { method: "eth_getBlockByNumber", fault: { kind: "lost" } } as const;
    door.meet(first.method, first.fault, 5);
    const started = await startBackend(chain, { rpcUrl: door.url, rpcStartWithin: 30_000 });
    await started.close();
  });

  it("is given up in the end, and says where nobody answers", async () => {
    door.goAway();
    const begun = Date.now();
    const refusal = await startBackend(chain, { rpcUrl: door.url, rpcStartWithin: 700 }).catch(
      (error: unknown) => String(error),
    );
    expect(refusal).to.match(/No network answers at 127\.0\.0\.1:\d+: .*eth_chainId/);
    expect(Date.now() - begun).to.be.within(700, 20_000);
  });
});
