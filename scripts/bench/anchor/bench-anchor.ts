import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { JsonRpcProvider } from "ethers";
import { AnchorService } from "../../../backend/src/anchor/anchor.service.ts";
import { Database } from "../../../backend/src/database/database.ts";
import { EpcisEventRow } from "../../../backend/src/epcis/epcis.entity.ts";
import { checkEvent } from "../../../backend/src/proof/provable-event.ts";
import { schema } from "../../../backend/src/schema.ts";
import { Operator } from "../../api/operator.ts";
import { SandboxClient } from "../../api/sandbox-client.ts";
import { connectContracts } from "../../deploy/contracts.ts";
import { startBackend } from "../../sandbox/backend.ts";
import { freePort } from "../../sandbox/port.ts";
import { administrationKey, startSandbox, type Sandbox } from "../../sandbox/sandbox.ts";
import { openStorage } from "../project/storage.ts";
import { readArguments, type Arguments } from "./arguments.ts";
import { field, harvests } from "./harvest.ts";
import { ProcessWatch, type Seen } from "./process-watch.ts";

interface Captured extends Seen {
  readonly seconds: number;
}

interface Anchored extends Seen {
  /** From the start of a backend's process, with all events pending, until all are anchored. */
  readonly seconds: number;
  readonly transactions: number;
  readonly gas: number;
}

interface Proofs {
  /** Milliseconds for one event, of events all over the record. */
  readonly median: number;
  readonly p99: number;
  /** For fifty events next to each other, as of a lot. */
  readonly fifty: number;
}

interface Figures {
  readonly events: number;
  readonly document: number;
  readonly captured: Captured;
  readonly anchored: Anchored;
  readonly proofs: Proofs;
}

const probes = 500;
/** Milliseconds: nothing is anchored while events are captured. */
const never = { ANCHOR_SECONDS: "86400", ANCHOR_EVENTS: "1048576" };
const enough = 600_000;

/**
 * `npm run bench -- anchor`: captures events over HTTP, and then, in a backend that starts anew, has all of them anchored.
 * @returns the exit code
 * @throws UsageError
 * @throws Error where not every event is anchored, or a proof does not hold
 */
export async function benchAnchor(args: readonly string[]): Promise<number> {
  const given = readArguments(args);
  const storage = await openStorage(given.database);
  try {
    const place = await storage.fresh();
    try {
      const figures = await measured(given, place);
      console.log(
        given.json ? JSON.stringify(figures, undefined, 2) : inWords(figures, storage.name),
      );
    } finally {
      await place.remove();
    }
    return 0;
  } finally {
    await storage.close();
  }
}

interface Where {
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
}

async function measured({ events, document }: Arguments, where: Where): Promise<Figures> {
  const sandbox = await startSandbox({ ...where, environment: never });
  try {
    const captured = await capture(sandbox, events, document);
    process.kill(sandbox.pids.backend, "SIGTERM");
    await sandbox.ended;
    const anchored = await anchor(sandbox, events, where);
    return { events, document, captured, anchored, proofs: await prove(where, events) };
  } finally {
    await sandbox.stop();
  }
}

async function capture(sandbox: Sandbox, events: number, document: number): Promise<Captured> {
  const client = new SandboxClient(sandbox.url);
  const operator = new Operator(client.as("operator"));
  const { id } = await operator.admit({ name: "Cooperative", roles: ["cooperative"] });
  await operator.registerPlace(field, id, "a field");
  const watch = new ProcessWatch(sandbox.url, sandbox.pids.backend);
  const begun = performance.now();
  for (let from = 0; from < events; from += document) {
    await client.capture(id, harvests(from, Math.min(document, events - from)));
  }
  const seconds = secondsSince(begun);
  return { seconds, ...(await watch.end()) };
}

async function anchor(sandbox: Sandbox, events: number, where: Where): Promise<Anchored> {
  const port = await freePort(0, "PORT");
  const begun = performance.now();
  const backend = await startBackend(port, {
    SANDBOX: "true",
    RPC_URL: sandbox.rpcUrl,
    DATA_DIR: where.dataDir,
    DATABASE_URL: where.databaseUrl ?? "",
    DEPLOYMENT: join(where.dataDir, "deployment.json"),
    ADMINISTRATION_KEY: administrationKey,
    LOG_LEVEL: "warn",
    ANCHOR_SECONDS: "1",
  });
  const provider = new JsonRpcProvider(sandbox.rpcUrl, undefined, { cacheTimeout: -1 });
  try {
    const watch = new ProcessWatch(backend.url, backend.pid);
    const { provenance } = connectContracts(sandbox.deployment, provider);
    while (Number(await provenance.next()) <= events) {
      if (performance.now() - begun > enough) throw new Error("Not all events were anchored.");
      await sleep(20);
    }
    const seconds = secondsSince(begun);
    const logs = await provenance.queryFilter(provenance.filters.Anchored);
    const receipts = await Promise.all(logs.map((log) => log.getTransactionReceipt()));
    const gas = receipts.reduce((sum, { gasUsed }) => sum + Number(gasUsed), 0);
    // The read model has to see the last one too.
    await sleep(1000);
    return { seconds, transactions: logs.length, gas, ...(await watch.end()) };
  } finally {
    provider.destroy();
    await backend.stop();
  }
}

async function prove({ dataDir, databaseUrl: url }: Where, events: number): Promise<Proofs> {
  const database = await Database.open({ ...schema, dataDir, url, durable: false });
  try {
    const service = new AnchorService(database);
    const timed = async (first: number, count: number): Promise<number> => {
      const rows = await database.read
        .createQueryBuilder(EpcisEventRow, "event")
        .where("event.id >= :first AND event.id < :end", { first, end: first + count })
        .getMany();
      const begun = performance.now();
      const provable = await service.provable(rows);
      const took = performance.now() - begun;
      for (const event of provable) {
        const { fault, root } = checkEvent(event);
        if (root === undefined) throw new Error(`Event ${first}: ${fault ?? "not anchored"}`);
      }
      return took;
    };
    const times: number[] = [];
    const step = Math.max(Math.floor(events / probes), 1);
    for (let id = 1; id <= events; id += step) times.push(await timed(id, 1));
    const fifties: number[] = [];
    for (let id = 1; id + 50 <= events; id += step * 10) fifties.push(await timed(id, 50));
    return { median: at(times, 0.5), p99: at(times, 0.99), fifty: at(fifties, 0.5) };
  } finally {
    await database.close();
  }
}

function at(times: readonly number[], share: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return Math.round(100 * (sorted[Math.floor(sorted.length * share)] ?? 0)) / 100;
}

function secondsSince(begun: number): number {
  return Math.round((performance.now() - begun) / 10) / 100;
}

function inWords({ events, document, captured, anchored, proofs }: Figures, on: string): string {
  const pace = Math.round(events / captured.seconds);
  const seen = ({ latest, slowest, memory }: Seen): string =>
    `event loop late by ${latest} ms at most, an empty request answered in ${slowest} ms at most, ${memory} MB at most`;
  return [
    `${events} events on ${on}`,
    `captured over HTTP, ${document} a document, one after the other: ${captured.seconds} s, ${pace}/s; ${seen(captured)}`,
    `all anchored, from a start with all pending: ${anchored.seconds} s, ${anchored.transactions} transactions, ` +
      `${anchored.gas} gas, ${Math.round(anchored.gas / events)} an event; ${seen(anchored)}`,
    `proof of one event: median ${proofs.median} ms, p99 ${proofs.p99} ms; of fifty in a row: ${proofs.fifty} ms`,
  ].join("\n");
}
