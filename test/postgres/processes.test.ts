import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import { In, Not } from "typeorm";
import { CommandRow } from "../../backend/src/command/command.entity.ts";
import type { BackendProcess } from "../../scripts/sandbox/backend.ts";
import { startBackend } from "../support/backend.ts";
import { Client, type Answer } from "../support/client.ts";
import { postgresServer } from "../support/databases.ts";
import { startLocalChain, type LocalChain } from "../support/local-chain.ts";
import { startProcesses, type Processes } from "../support/processes.ts";
import { stateOf } from "../support/state.ts";
import { made } from "../support/trade.ts";

/** Milliseconds within which another process has to do what one that is gone did. */
const takenOverWithin = 10_000;
/** Milliseconds for whatever has no limit of its own. */
const enough = 60_000;

describe("Three processes on one PostgreSQL", function () {
  this.timeout(180_000);
  let chain: LocalChain;
  let processes: Processes;
  let party: string;

  before(async () => {
    chain = await startLocalChain();
    processes = await startProcesses(chain, 3);
    const operator = await at(0);
    party = String(
      made(await operator.post("/api/v1/parties", { name: "Buyer", roles: ["buyer"] }))["id"],
    );
  });

  after(async () => {
    await processes.stop();
    await chain.close();
  });

  afterEach("all is as on the chain", async () => {
    const fresh = await startBackend(chain, { databaseUrl: undefined });
    try {
      await until(
        async () => (await processes.stateHash()) === (await stateOf(fresh)),
        "the rebuilt state",
      );
    } finally {
      await fresh.close();
    }
  });

  const at = (index: number): Promise<Client> =>
    new Client(processes.running[index]!.url).signedIn("operator");
  const operators = (): Promise<Client[]> =>
    Promise.all(processes.running.map((_, index) => at(index)));
  const mint = (by: Client, amount: string, key?: string): Promise<Answer> =>
    by.post(
      "/api/v1/sandbox/money",
      { party, amount },
      { prefer: "wait=15", ...(key !== undefined && { "idempotency-key": key }) },
    );
  const cash = async (by: Client): Promise<number> => {
    const { body } = await by.get<{ balances: { amount: string }[] }>(
      `/api/v1/parties/${party}/balance`,
    );
    return Number(body.balances[0]!.amount);
  };
  const holderOf = async (task: string): Promise<BackendProcess> => {
    const holder = (await processes.holders()).find((each) => each.task === task);
    const found = processes.running.find(({ pid }) => pid === holder?.pid);
    if (found === undefined) throw new Error(`There is no ${task}.`);
    return found;
  };
  /** No nonce twice and none left out; every command settled in the end. */
  const journalIsWhole = async (): Promise<void> => {
    const { read } = processes.database;
    const open = { state: Not(In(["Final", "Failed"])) };
    await until(async () => !(await read.existsBy(CommandRow, open)), "an end of every command");
    const rows = await read.find(CommandRow, { order: { nonce: "ASC" } });
    const byKey = new Map<string, number[]>();
    for (const { key, nonce } of rows) {
      if (nonce !== null) byKey.set(key, [...(byKey.get(key) ?? []), nonce]);
    }
    for (const [key, nonces] of byKey) {
      expect(nonces).to.deep.equal(nonces.map((_, index) => nonces[0]! + index));
      expect(await chain.provider.getTransactionCount(key)).to.equal(nonces.at(-1)! + 1);
    }
  };

  it("have one projector, one sweeper and one anchorer among them", async () => {
    const holders = await processes.holders();
    expect(holders.map(({ task }) => task)).to.deep.equal(["anchorer", "projector", "sweeper"]);
    const pids = processes.running.map(({ pid }) => pid);
    for (const { pid } of holders) expect(pids).to.include(pid);
  });

  it("each read their own writes and each other's", async () => {
    const clients = await operators();
    for (const client of clients) {
      const before = await cash(client);
      made(await mint(client, "1.00"));
      expect(await cash(client)).to.equal(before + 1);
    }
    const all = await Promise.all(clients.map(cash));
    await until(
      async () => new Set(await Promise.all(clients.map(cash))).size === 1,
      "one balance",
    );
    expect(Math.max(...all)).to.equal(await cash(clients[0]!));
  });

  it("have one effect for a hundred requests with the same key at once", async () => {
    const clients = await operators();
    const before = await cash(clients[0]!);
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, index) => mint(clients[index % 3]!, "3.00", "hundred")),
    );
    expect(
      new Set(answers.map(({ status, body }) => JSON.stringify([status, body]))).size,
    ).to.equal(1);
    expect(answers[0]!.status).to.equal(200);
    expect((await cash(clients[0]!)) - before).to.equal(3);
    expect(
      await processes.database.read.countBy(CommandRow, { idempotencyKey: "hundred" }),
    ).to.equal(1);
  });

  it("send from one key one after another, without a hole or a nonce twice", async () => {
    const clients = await operators();
    const before = await cash(clients[0]!);
    const answers = await Promise.all(
      Array.from({ length: 150 }, (_, index) => mint(clients[index % 3]!, "1.00")),
    );
    // Where the machine is slow, some callers' patience ends first.
    expect(answers.every(({ status }) => [200, 202].includes(status))).to.equal(true);
    await until(async () => (await cash(clients[0]!)) === before + 150, "every effect");
    await journalIsWhole();
  });

  for (const [task, signal] of [
    ["projector", "SIGKILL"],
    ["sweeper", "SIGKILL"],
    ["projector", "SIGSTOP"],
  ] as const) {
    it(`go on within ten seconds after ${signal} to the ${task}`, async () => {
      const gone = await holderOf(task);
      const busy = await operators();
      const before = await cash(busy[0]!);
      const load = busy.flatMap((client, index) =>
        processes.running[index] === gone
          ? []
          : Array.from({ length: 5 }, () => mint(client, "1.00")),
      );
      const began = Date.now();
      process.kill(gone.pid, signal);
      try {
        const [survivor] = processes.running.filter((each) => each !== gone);
        await until(async () => (await holderOf(task)) !== gone, `another ${task}`);
        const elected = Date.now() - began;
        const client = await new Client(survivor!.url).signedIn("operator");
        made(await mint(client, "1.00"));
        const working = Date.now() - began;
        say(`another ${task} after ${elected} ms, an effect seen after ${working} ms`);
        expect(working).to.be.lessThan(takenOverWithin);
        const answers = await Promise.all(load);
        expect(answers.every(({ status }) => [200, 202].includes(status))).to.equal(true);
        const all = before + load.length + 1;
        await until(async () => (await cash(client)) === all, "every effect");
      } finally {
        if (signal === "SIGSTOP") process.kill(gone.pid, "SIGCONT");
        else await processes.start();
      }
      if (signal === "SIGSTOP") {
        await sleep(500);
        made(await mint(await new Client(gone.url).signedIn("operator"), "1.00"));
      }
      await journalIsWhole();
    });
  }

  it("lose and double nothing when PostgreSQL crashes while they are at work", async () => {
    const clients = await operators();
    const before = await cash(clients[0]!);
    const keys = Array.from({ length: 60 }, (_, index) => `crash-${index}`);
    const load = keys.map((key, index) =>
      mint(clients[index % 3]!, "1.00", key).catch(() => undefined),
    );
    await sleep(300);
    await (await postgresServer()).crash(500);
    await Promise.all(load);
    // Whoever was not told asks again with the same key, and has one effect.
    for (const key of keys) {
      await until(async () => (await mint(clients[0]!, "1.00", key)).status === 200, "an answer");
    }
    expect(await cash(clients[0]!)).to.equal(before + keys.length);
    await journalIsWhole();
  });

  it("send what a process has signed that is gone before it was sent", async () => {
    const dying = await processes.start({ CRASH_AT: "after-signed-commit" });
    const before = await cash(await at(0));
    const began = Date.now();
    await mint(await new Client(dying.url).signedIn("operator"), "5.00").catch(() => undefined);
    await dying.ended;
    const client = await at(0);
    await until(async () => (await cash(client)) === before + 5, "the effect");
    const sent = Date.now() - began;
    say(`sent by another after ${sent} ms`);
    expect(sent).to.be.lessThan(takenOverWithin);
    await journalIsWhole();
  });
});

/** What was measured, for those who read along. */
function say(text: string): void {
  process.stderr.write(`      ${text}\n`);
}

async function until(done: () => Promise<boolean>, what: string): Promise<void> {
  const deadline = Date.now() + enough;
  while (!(await done().catch(() => false))) {
    if (Date.now() > deadline) throw new Error(`There was not ${what} in time.`);
    await sleep(50);
  }
}
