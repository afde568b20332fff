import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import { CommandRow } from "../../backend/src/command/command.entity.ts";
import { Database } from "../../backend/src/database/database.ts";
import {
  commitFaults,
  startPostgresProxy,
  type CommitFault,
  type PostgresProxy,
} from "../../scripts/faults/proxy/postgres-proxy.ts";
import { startBackend, type TestBackend } from "../support/backend.ts";
import { Client, type Answer } from "../support/client.ts";
import { postgresServer } from "../support/databases.ts";
import { startLocalChain, type LocalChain } from "../support/local-chain.ts";
import { stateOf } from "../support/state.ts";
import { made } from "../support/trade.ts";

/** Transactions that one effect takes at least until it is answered; and how many are cut, one in each request. */
const commitsOfOne = 5;
const commits = 7;
/** Connections that there are to write with. */
const writers = 6;

describe("A backend whose PostgreSQL fails", function () {
  this.timeout(120_000);
  let chain: LocalChain;
  let url: string;
  let door: PostgresProxy;
  let started: TestBackend;
  let operator: Client;
  let party: string;
  let next: () => CommitFault | undefined = () => undefined;

  before(async () => {
    chain = await startLocalChain();
    const server = await postgresServer();
    url = await server.createDatabase();
    const behind = new URL(url);
    door = await startPostgresProxy({ host: behind.hostname, port: Number(behind.port) }, () =>
      next(),
    );
    const through = new URL(url);
    through.port = String(door.port);
    started = await startBackend(chain, { databaseUrl: through.href, pollInterval: 100 });
    operator = await new Client(started.url).signedIn("operator");
    party = String(
      made(await operator.post("/api/v1/parties", { name: "Buyer", roles: ["buyer"] }))["id"],
    );
  });

  after(async () => {
    await started.close();
    await door.close();
    await (await postgresServer()).dropDatabase(url);
    await chain.close();
  });

  afterEach("all is as on the chain", async () => {
    const fresh = await startBackend(chain, { databaseUrl: undefined });
    try {
      expect(await stateOf(started)).to.equal(await stateOf(fresh));
    } finally {
      await fresh.close();
    }
  });

  const mint = (key: string): Promise<Answer> =>
    operator.post(
      "/api/v1/sandbox/money",
      { party, amount: "1.00" },
      { prefer: "wait=10", "idempotency-key": key },
    );
  const cash = async (): Promise<number> => {
    const { body } = await operator.get<{ balances: { amount: string }[] }>(
      `/api/v1/parties/${party}/balance`,
    );
    return Number(body.balances[0]?.amount ?? "0");
  };
  const health = (): Promise<Answer<{ problem: string; parts: Record<string, { ok: boolean }> }>> =>
    operator.get("/health/ready");
  /** Asks as a client does that wants it done: the same again, after as long as it is told. */
  const insist = async (key: string): Promise<Answer[]> => {
    const answers: Answer[] = [];
    const deadline = Date.now() + 20_000;
    while (Date.now() < deadline) {
      answers.push(await mint(key));
      if (answers.at(-1)?.status === 200) return answers;
      await sleep(100);
    }
    throw new Error(`It is not done: ${JSON.stringify(answers.at(-1))}.`);
  };
  const isUnavailable = ({ status, body, headers }: Answer): void => {
    expect([status, body["code"]]).to.deep.equal([503, "DatabaseUnavailable"]);
    expect(Number(headers.get("retry-after"))).to.be.above(0);
  };

  it("says so while it is away, and goes on by itself when it is back", async () => {
    const before = await cash();
    const server = await postgresServer();
    await server.without(async () => {
      isUnavailable(await operator.get("/api/v1/orders"));
      isUnavailable(await mint("away"));
      const { status, body } = await health();
      expect([status, body.problem]).to.deep.equal([503, "The database does not answer."]);
      expect(body.parts["chain"]).to.deep.include({ ok: true });
      expect((await operator.get("/health/live")).status).to.equal(200);
    });
    await insist("away");
    expect((await health()).status).to.equal(200);
    expect(await cash()).to.equal(before + 1);
  });

  for (const fault of commitFaults) {
    it(`has one effect for a request that is repeated, whichever connection is ${worded(fault)}`, async () => {
      const before = await cash();
      const refused: Answer[] = [];
      for (let nth = 1; nth <= commits; nth += 1) {
        let left = nth;
        next = () => ((left -= 1) === 0 ? fault : undefined);
        refused.push(...(await insist(`${fault}-${nth}`)).slice(0, -1));
      }
      next = () => undefined;
      expect(door.met.get(fault)).to.be.at.least(commitsOfOne);
      refused.filter(({ status }) => status !== 202).forEach(isUnavailable);
      expect(refused.length).to.be.above(0);
      expect(await cash()).to.equal(before + commits);
      const rows = await started.backend.app.get(Database).read.find(CommandRow);
      const ours = rows.filter(({ idempotencyKey }) => idempotencyKey.startsWith(fault));
      expect(ours.map(({ state }) => state)).to.deep.equal(Array(commits).fill("Final"));
      const nonces = ours.flatMap(({ nonce }) => nonce ?? []).sort((a, b) => a - b);
      expect(nonces).to.deep.equal(nonces.map((_, index) => nonces[0]! + index));
    });
  }

  it("refuses by name what no connection is free for in time, and reads on", async () => {
    const before = await cash();
    const database = started.backend.app.get(Database);
    let free = (): void => undefined;
    const gate = new Promise<void>((resolve) => (free = resolve));
    const held = Array.from({ length: writers }, () =>
      database.write(async (manager) => {
        await manager.query("SELECT 1");
        await gate;
      }),
    );
    const asked = mint("crowd");
    expect((await operator.get(`/api/v1/parties/${party}`)).status).to.equal(200);
    isUnavailable(await asked);
    free();
    await Promise.all(held);
    await insist("crowd");
    expect(await cash()).to.equal(before + 1);
  });
});

function worded(fault: CommitFault): string {
  return fault
    .replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    .replace("commit", "COMMIT");
}
