import { readFile } from "node:fs/promises";
import { expect } from "chai";
import { formatEther, Wallet } from "ethers";
import { ProjectionEngine } from "../../../backend/src/projection/projection.engine.ts";
import { startBackend, type TestBackend } from "../../support/backend.ts";
import { Client } from "../../support/client.ts";
import { startLocalChain, type LocalChain } from "../../support/local-chain.ts";
import { scrape } from "../../support/metrics.ts";
import { startReceiver } from "../../support/receiver.ts";
import { made } from "../../support/trade.ts";

describe("The metrics", function () {
  this.timeout(60_000);
  let chain: LocalChain;
  let started: TestBackend;
  let operator: Client;

  beforeEach(async () => {
    chain = await startLocalChain();
    started = await startBackend(chain, {
      pollInterval: 50,
      webhookPrivateAddresses: true,
      webhookRetries: [60_000],
    });
    operator = await new Client(started.url).signedIn("operator");
  });

  afterEach(async () => {
    await started.close();
    await chain.close();
  });

  const admit = (name: string, headers: Record<string, string> = {}): Promise<unknown> =>
    operator.post("/api/v1/parties", { name, roles: ["buyer"] }, headers).then(made);
  /** How much a series has grown while something was done. */
  const growth = async (
    what: () => Promise<unknown>,
  ): Promise<(series: string) => number | undefined> => {
    const before = await scrape(operator);
    await what();
    const after = await scrape(operator);
    return (series) => {
      const value = after.get(series);
      return value === undefined ? undefined : value - (before.get(series) ?? 0);
    };
  };

  it("tell whether commands are lost: accepted, mined and failed are counted", async () => {
    const grown = await growth(async () => {
      await admit("One");
      await admit("Two");
      const refused = `/api/v1/parties/${chain.deployment.contracts.Parties}/suspension`;
      expect((await operator.post(refused, { suspended: true })).status).to.equal(404);
    });
    expect(grown("sheaf_commands_accepted_total")).to.be.at.least(3);
    expect(grown('sheaf_commands_settled_total{outcome="failed"}')).to.equal(1);
    const settled =
      grown('sheaf_commands_settled_total{outcome="mined"}')! +
      grown('sheaf_commands_settled_total{outcome="failed"}')!;
    expect(settled).to.equal(grown("sheaf_commands_accepted_total"));
    const now = await scrape(operator);
    for (const state of ["Queued", "Signed", "Submitted"]) {
      expect(now.get(`sheaf_commands_unfinished{state="${state}"}`), state).to.equal(0);
    }
    expect(now.get("sheaf_command_oldest_unsettled_seconds")).to.equal(0);
  });

  it("tell whether commands are doubled: a repeated request is counted, and nothing else", async () => {
    const key = { "idempotency-key": "once" };
    await admit("Once", key);
    const grown = await growth(() => admit("Once", key));
    expect(grown("sheaf_idempotent_replays_total")).to.equal(1);
    expect(grown("sheaf_commands_accepted_total")).to.equal(0);
  });

  it("tell whether the record lags, and what a reorganisation undid", async () => {
    const snapshot = (await chain.provider.send("evm_snapshot", [])) as string;
    await admit("Gone");
    const { block } = started.backend.app.get(ProjectionEngine).status;
    expect((await scrape(operator)).get("sheaf_projection_block")).to.equal(block);
    const grown = await growth(async () => {
      await chain.provider.send("evm_revert", [snapshot]);
      for (let mined = 0; mined < 8; mined += 1) await chain.provider.send("evm_mine", []);
      await started.backend.app.get(ProjectionEngine).reached(block + 1);
    });
    expect(grown("sheaf_reorganisations_total")).to.equal(1);
    expect(grown("sheaf_blocks_undone_total")).to.be.at.least(1);
    await started.backend.app.get(ProjectionEngine).catchUp();
    const now = await scrape(operator);
    expect(now.get("sheaf_projection_blocks_behind")).to.equal(0);
    expect(now.get("sheaf_projection_lag_seconds")).to.be.below(1);
    expect(now.get("sheaf_projection_halted")).to.equal(0);
  });

  it("tell whether webhooks lag", async () => {
    const { id } = (await admit("ERP")) as { id: string };
    const party = await new Client(started.url).signedIn(id);
    const receiver = await startReceiver();
    receiver.answer(() => ({ status: 503 }));
    made(await party.post("/api/v1/webhooks", { url: receiver.url }));
    const grown = await growth(async () => {
      for (const amount of ["1.00", "2.00", "3.00"]) {
        made(await operator.post("/api/v1/sandbox/money", { party: id, amount }));
      }
      await receiver.has(1);
      for (let left = 100; left > 0; left -= 1) {
        if ((await scrape(operator)).get('sheaf_webhooks{state="failing"}') === 1) break;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    });
    expect(grown('sheaf_webhook_attempts_total{outcome="failed"}')).to.equal(1);
    expect(grown('sheaf_webhooks{state="failing"}')).to.equal(1);
    expect(grown('sheaf_webhook_deliveries{state="Due"}')).to.equal(1);
    expect(grown("sheaf_webhook_lag_events")).to.equal(2);
    await receiver.close();
  });

  it("tell what runs dry", async () => {
    await admit("One");
    const now = await scrape(operator);
    const { address } = new Wallet(chain.administrationKey);
    const balance = now.get(`sheaf_signing_account_balance_ether{account="${address}"}`);
    const wei = await chain.provider.getBalance(address);
    expect(Math.abs(balance! - Number(formatEther(wei))) < 0.001).to.equal(true);
    expect(now.get("sheaf_signing_accounts_low")).to.equal(0);
    for (const name of [
      "sheaf_data_dir_free_bytes",
      "nodejs_eventloop_lag_p99_seconds",
      "process_resident_memory_bytes",
    ]) {
      expect(now.get(name), name).to.be.above(0);
    }
  });

  it("are nobody's but the token's, and outside the sandbox not there without one", async () => {
    const guarded = await started.restart({ metricsToken: "a-token-of-sixteen" });
    started = guarded;
    const read = (authorization: string): Promise<number> =>
      new Client(guarded.url)
        .send("GET", "/metrics", undefined, { authorization })
        .then(({ status }) => status);
    expect(await read("Bearer a-token-of-sixteen")).to.equal(200);
    expect(await read("Bearer a-token-of-sixteem")).to.equal(401);
    expect(await read("")).to.equal(401);
    started = await guarded.restart({ metricsToken: undefined, sandbox: false });
    const closed = await new Client(started.url).get("/metrics");
    expect([closed.status, closed.body["code"]]).to.deep.equal([404, "NoSuchRoute"]);
  });

  it("are those that the example of alerts speaks of", async () => {
    const rules = await readFile("docs/alerts.yml", "utf8");
    const named = new Set([...rules.matchAll(/\bsheaf_[a-z_]+/g)].map(([name]) => name));
    await admit("One");
    const there = new Set(
      [...(await scrape(operator)).keys()].map((name) => /^\w+/.exec(name)![0]),
    );
    expect([...named].filter((name) => !there.has(name))).to.deep.equal([]);
    expect(named.size).to.be.above(10);
  });
});
