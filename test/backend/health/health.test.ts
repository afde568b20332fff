import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import { Database } from "../../../backend/src/database/database.ts";
import { startBackend, type TestBackend } from "../../support/backend.ts";
import { Client, type Answer } from "../../support/client.ts";
import { startLocalChain, type LocalChain } from "../../support/local-chain.ts";

interface Ready {
  readonly ready: boolean;
  readonly problem: string | null;
  readonly block: number;
  readonly head: number;
  readonly lag: number;
  readonly parts: Readonly<
    Record<string, { readonly ok: boolean; readonly problem: string | null }>
  >;
}

describe("Health", function () {
  this.timeout(60_000);
  let chain: LocalChain;
  let started: TestBackend;
  let anyone: Client;
  let chainIsUp: boolean;

  beforeEach(async () => {
    chain = await startLocalChain();
    chainIsUp = true;
    started = await startBackend(chain, { pollInterval: 50 });
    anyone = new Client(started.url);
  });

  afterEach(async () => {
    await started.close();
    if (chainIsUp) await chain.close();
  });

  const ready = (): Promise<Answer<Ready>> => anyone.get<Ready>("/health/ready");
  const parts = ({ body }: Answer<Ready>): Record<string, boolean> =>
    Object.fromEntries(Object.entries(body.parts).map(([name, { ok }]) => [name, ok]));

  it("is good where everything answers", async () => {
    const answer = await ready();
    expect(answer.status).to.equal(200);
    expect(answer.body).to.include({ ready: true, problem: null, lag: 0 });
    expect(answer.body.block).to.equal(answer.body.head);
    const all = { database: true, chain: true, projector: true, sender: true, anchors: true };
    expect(parts(answer)).to.deep.equal(all);
  });

  it("says at once that the node is gone, and that the process lives", async () => {
    await chain.close();
    chainIsUp = false;
    const answer = await ready();
    expect(answer.status).to.equal(503);
    expect(parts(answer)).to.include({ chain: false, database: true });
    expect(answer.body.parts["chain"]!.problem).to.equal("The network does not answer.");
    expect((await anyone.get("/health/live")).status).to.equal(200);
  });

  it("says that the database is gone, and that the process lives", async () => {
    const { dataSource } = started.backend.app.get(Database).read;
    await dataSource.destroy();
    const answer = await ready();
    await dataSource.initialize();
    expect(answer.status).to.equal(503);
    expect(parts(answer)).to.include({ chain: true, database: false, sender: false });
    expect((await anyone.get("/health/live")).status).to.equal(200);
    // Who projects tries again by itself, after a while.
    const deadline = Date.now() + 10_000;
    while ((await ready()).status !== 200) {
      if (Date.now() > deadline) throw new Error("It does not get ready again.");
      await sleep(50);
    }
  });

  it("says that commands wait, and is ready to answer all the same", async () => {
    const operator = await anyone.signedIn("operator");
    await chain.provider.send("evm_setAutomine", [false]);
    const body = { name: "Mill", roles: ["buyer"] };
    const prefer = { prefer: "respond-async" };
    expect((await operator.post("/api/v1/parties", body, prefer)).status).to.equal(202);
    const { read } = started.backend.app.get(Database);
    await read.query(`UPDATE commands SET "createdAt" = "createdAt" - 500 WHERE state <> 'Final'`);
    const answer = await ready();
    expect(answer.status).to.equal(200);
    expect(answer.body.parts["sender"]!.problem).to.match(/has waited for \d+ s/);
    await chain.provider.send("evm_setAutomine", [true]);
  });
});
