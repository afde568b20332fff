import { expect } from "chai";
import { CommandRow } from "../../../backend/src/command/command.entity.ts";
import type { Config } from "../../../backend/src/config/config.ts";
import { Database } from "../../../backend/src/database/database.ts";
import { ProjectionEngine } from "../../../backend/src/projection/projection.engine.ts";
import { Projectors } from "../../../backend/src/projection/handlers.ts";
import { stateHash } from "../../../backend/src/projection/state-hash.ts";
import { startBackend, type TestBackend } from "../../support/backend.ts";
import { Client } from "../../support/client.ts";
import { startLocalChain, type LocalChain } from "../../support/local-chain.ts";

const engineOf = ({ backend }: TestBackend): ProjectionEngine => backend.app.get(ProjectionEngine);

function hashOf({ backend }: TestBackend): Promise<string> {
  return stateHash(backend.app.get(Database).read, backend.app.get(Projectors).rows);
}

describe("The projection", function () {
  this.timeout(60_000);
  let chain: LocalChain;
  let running: TestBackend[];
  let operator: Client;

  const start = async (changes: Partial<Config> = {}): Promise<TestBackend> => {
    const started = await startBackend(chain, { pollInterval: 50, ...changes });
    running.push(started);
    return started;
  };
  const admit = async (name: string): Promise<string> => {
    const { status, body } = await operator.post("/api/v1/parties", { name, roles: ["buyer"] });
    expect(status).to.equal(201);
    return String(body["id"]);
  };
  const mint = async (party: string, amount: string): Promise<void> => {
    const { status } = await operator.post("/api/v1/sandbox/money", { party, amount });
    expect(status).to.equal(200);
  };

  // Not hardhat_mine: the headers of its blocks do not chain.
  const mine = async (blocks: number): Promise<void> => {
    for (let mined = 0; mined < blocks; mined += 1) await chain.provider.send("evm_mine", []);
  };

  beforeEach(async () => {
    running = [];
    chain = await startLocalChain();
    const first = await start();
    operator = await new Client(first.url).signedIn("operator");
  });

  afterEach(async () => {
    for (const each of running) await each.close();
    await chain.close();
  });

  it("gives the same state when it is done again from zero, by block or by range", async () => {
    const party = await admit("Buyer");
    for (const amount of ["1.00", "2.00", "3.50"]) await mint(party, amount);
    const live = await hashOf(running[0]!);
    const again = await start();
    const byRange = await start({ journalBlocks: 1 });
    expect(await hashOf(again)).to.equal(live);
    expect(await hashOf(byRange)).to.equal(live);
    await mint(party, "0.01");
    expect(await hashOf(running[0]!)).not.to.equal(live);
  });

  it("goes on where it left off", async () => {
    const party = await admit("Buyer");
    await mint(party, "5.00");
    const before = await hashOf(running[0]!);
    running[0] = await running[0]!.restart();
    expect(await hashOf(running[0])).to.equal(before);
  });

  it("undoes what a reorganisation took away", async () => {
    const party = await admit("Buyer");
    await mint(party, "5.00");
    const before = await hashOf(running[0]!);
    const { block } = engineOf(running[0]!).status;
    const snapshot = (await chain.provider.send("evm_snapshot", [])) as string;
    await mint(party, "7.00");
    await admit("Another");
    expect(await hashOf(running[0]!)).not.to.equal(before);
    // The outbox would send its own again; this is about the read model.
    const watcher = await start();
    await running[0]!.close();
    running.shift();
    await chain.provider.send("evm_revert", [snapshot]);
    await mine(10);
    await engineOf(watcher).reached(block + 10);
    expect(await hashOf(watcher)).to.equal(before);
  });

  it("stops and says so when a reorganisation is deeper than its journal", async () => {
    const party = await admit("Buyer");
    const snapshot = (await chain.provider.send("evm_snapshot", [])) as string;
    for (let index = 0; index < 6; index += 1) await mint(party, "1.00");
    const watcher = await start({ journalBlocks: 3 });
    await chain.provider.send("evm_revert", [snapshot]);
    await mine(10);
    for (let tries = 0; tries < 100 && engineOf(watcher).status.halted === undefined; tries += 1) {
      await engineOf(watcher).catchUp();
    }
    const client = new Client(watcher.url);
    const health = await client.get("/health/ready");
    expect(health.status).to.equal(503);
    expect(health.body["problem"]).to.match(/deeper than 3 blocks/);
    const refused = await client.get("/api/v1/parties");
    expect(refused.status).to.equal(503);
    expect(refused.body["code"]).to.equal("ReadModelHalted");
  });

  it("starts afresh with a new chain in the sandbox", async () => {
    await admit("Buyer");
    const { dataDir, databaseUrl } = running[0]!.config;
    const old = chain;
    chain = await startLocalChain("2026-08-30T00:00:00Z");
    const fresh = await startBackend(chain, { dataDir, databaseUrl });
    running.push(fresh);
    const client = await new Client(fresh.url).signedIn("operator");
    const { body } = await client.get<{ items: unknown[] }>("/api/v1/parties");
    expect(body.items).to.deep.equal([]);
    await running.shift()?.close();
    await old.close();
  });

  it("keeps what is on record where blocks went while nobody looked", async () => {
    await admit("Buyer");
    const snapshot: unknown = await chain.provider.send("evm_snapshot", []);
    await mine(2);
    await engineOf(running[0]!).catchUp();
    const { read } = running[0]!.backend.app.get(Database);
    const before = await read.count(CommandRow);
    await running[0]!.backend.close();
    await chain.provider.send("evm_revert", [snapshot]);
    await chain.provider.send("evm_increaseTime", [60]);
    await mine(3);
    const { dataDir, databaseUrl } = running.shift()!.config;
    const again = await startBackend(chain, { dataDir, databaseUrl });
    running.push(again);
    expect(await again.backend.app.get(Database).read.count(CommandRow)).to.equal(before);
    expect(engineOf(again).status).to.include({ halted: undefined });
  });

  it("streams what touches a party, from the event that it saw last", async () => {
    const party = await admit("Buyer");
    await mint(party, "5.00");
    const { body } = await operator.post("/api/v1/auth/sandbox", { party });
    const headers = {
      authorization: `Bearer ${String(body["accessToken"])}`,
      "last-event-id": "0",
    };
    const abort = new AbortController();
    const stream = await fetch(`${operator.url}/api/v1/events`, { headers, signal: abort.signal });
    const names: string[] = [];
    let text = "";
    for await (const chunk of stream.body!.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      names.splice(
        0,
        names.length,
        ...[...text.matchAll(/^event: (\w+)$/gm)].map(([, name]) => name!),
      );
      if (names.includes("Transfer")) break;
    }
    abort.abort();
    expect(names).to.deep.equal(["Approval", "Approval", "PartyAdmitted", "Transfer"]);
  });
});
