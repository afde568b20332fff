import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { AuditEntryRow, type AuditHead } from "../../../backend/src/audit/audit.entity.ts";
import { AuditLog } from "../../../backend/src/audit/audit-log.ts";
import { hashOf } from "../../../backend/src/audit/link.ts";
import { storedAudit, verifyAudit, type AuditSource } from "../../../backend/src/audit/verify.ts";
import { parseConfig } from "../../../backend/src/config/config.ts";
import { Database } from "../../../backend/src/database/database.ts";
import { schema } from "../../../backend/src/schema.ts";
import { Seeded } from "../../../scripts/random/seeded.ts";

const seed = 20_261_125;
const tamperings = 10_000;

/** An entry that somebody has in hand. */
type Entry = { -readonly [Field in keyof AuditEntryRow]: AuditEntryRow[Field] };

interface Log {
  entries: Entry[];
  heads: AuditHead[];
}

/** The log of somebody who has it in hand, as the program reads that of a database. */
function sourceOf({ entries, heads }: Log): AuditSource {
  return {
    writers: () => Promise.resolve([...new Set(entries.map(({ writer }) => writer))]),
    heads: () => Promise.resolve(heads),
    // eslint-disable-next-line @typescript-eslint/require-await
    entries: async function* (writer) {
      yield* entries.filter((entry) => entry.writer === writer).sort((a, b) => a.seq - b.seq);
    },
    hashAt: (writer, seq) =>
      Promise.resolve(entries.find((entry) => entry.writer === writer && entry.seq === seq)?.hash),
  };
}

/** From 0 to `most`. */
function upTo(random: Seeded, most: number): number {
  return Number(random.below(BigInt(most) + 1n));
}

const fields = ["at", "kind", "party", "person", "apiKey", "what", "previous", "hash"] as const;

/** Ways to change a log that leave something changed. */
const ways: Readonly<Record<string, (log: Log, random: Seeded) => void>> = {
  "edits a field": ({ entries }, random) => {
    const entry = random.pick(entries);
    const field = random.pick(fields);
    const other = {
      what: { ...entry.what, status: upTo(random, 599) + 1000 },
    } as Partial<Entry>;
    const text = `${JSON.stringify(entry[field])}${String.fromCharCode(97 + upTo(random, 25))}`;
    Object.assign(entry, field === "what" ? other : { [field]: text });
  },
  "edits a field and its hash": ({ entries }, random) => {
    const entry = random.pick(entries);
    entry.party = `0x${upTo(random, 1_000_000).toString(16).padStart(40, "0")}`;
    entry.hash = hashOf(entry);
  },
  "empties a field": ({ entries }, random) => {
    const entry = random.pick(entries.filter(({ person }) => person !== null));
    entry.person = null;
  },
  "takes an entry out": ({ entries }, random) => {
    entries.splice(upTo(random, entries.length - 1), 1);
  },
  "takes an entry out and moves the rest up": ({ entries }, random) => {
    const [gone] = entries.splice(upTo(random, entries.length - 1), 1);
    for (const entry of entries) {
      if (entry.writer === gone!.writer && entry.seq > gone!.seq) entry.seq -= 1;
    }
  },
  "swaps two entries": ({ entries }, random) => {
    const first = random.pick(entries);
    const second = random.pick(entries.filter((each) => each !== first));
    const place = ({ writer, seq }: Entry) => ({ writer, seq });
    const [a, b] = [place(first), place(second)];
    Object.assign(first, b);
    Object.assign(second, a);
  },
  "puts one in": ({ entries }, random) => {
    const before = random.pick(entries);
    for (const entry of entries) {
      if (entry.writer === before.writer && entry.seq > before.seq) entry.seq += 1;
    }
    const forged = { ...before, seq: before.seq + 1, previous: before.hash };
    entries.push({ ...forged, hash: hashOf(forged) });
  },
  "copies one behind the end": ({ entries, heads }, random) => {
    const { writer, seq, hash } = random.pick(heads);
    const forged = { ...random.pick(entries), writer, seq: seq + 1, previous: hash };
    entries.push({ ...forged, hash: hashOf(forged) });
  },
  "cuts off an end": (log, random) => {
    const { writer, seq } = random.pick(log.heads);
    const last = upTo(random, seq - 1);
    log.entries = log.entries.filter((entry) => entry.writer !== writer || entry.seq <= last);
  },
  "takes out a head": ({ heads }, random) => {
    heads.splice(upTo(random, heads.length - 1), 1);
  },
  "sets a head back, and leaves the entries": ({ entries, heads }, random) => {
    const head = random.pick(heads.filter(({ seq }) => seq > 1));
    const place = upTo(random, head.seq - 2) + 1;
    const entry = entries.find(({ writer, seq }) => writer === head.writer && seq === place)!;
    heads[heads.indexOf(head)] = { writer: head.writer, seq: place, hash: entry.hash };
  },
  "cuts off an earlier chain with its head": (log, random) => {
    // All chains but the last are named by a later one.
    const { writer } = random.pick(log.heads.slice(0, -1));
    log.entries = log.entries.filter((entry) => entry.writer !== writer);
    log.heads = log.heads.filter((head) => head.writer !== writer);
  },
};

describe("The audit log", function () {
  this.timeout(120_000);
  let dataDir: string;
  let database: Database;
  let written: Log;

  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "sheaf-"));
    database = await Database.open({ ...schema, dataDir, durable: false });
    const heads: AuditHead[] = [];
    for (const length of [20, 14, 9]) {
      const log = new AuditLog(parseConfig({ SANDBOX: "true" }), database);
      for (let index = 0; index < length; index += 1) {
        const account = `0x${String(index).padStart(40, "0")}`;
        await log.record({ kind: "asked", account, what: { path: `/api/v1/orders/${index}` } });
      }
      const verdict = await storedAudit(database.read).heads();
      heads.push(verdict.find(({ writer }) => writer === log.writer)!);
    }
    const { read } = database;
    const entries: Entry[] = await read.find(AuditEntryRow, {
      order: { writer: "ASC", seq: "ASC" },
    });
    written = { entries, heads: heads.map(({ writer, seq, hash }) => ({ writer, seq, hash })) };
  });

  after(async () => {
    await database.close();
    await rm(dataDir, { recursive: true });
  });

  const copy = (): Log =>
    structuredClone({ ...written, entries: written.entries.map((row) => ({ ...row })) });

  it("finds no fault with itself as it was written", async () => {
    const verdict = await verifyAudit(storedAudit(database.read, 7), written.heads);
    expect(verdict).to.deep.equal({ chains: 3, entries: 46, faults: [] });
    expect((await verifyAudit(sourceOf(copy()))).faults).to.deep.equal([]);
  });

  it(`finds every one of ${String(tamperings)} changes`, async () => {
    const random = new Seeded(seed);
    const names = Object.keys(ways);
    const missed: string[] = [];
    for (let count = 0; count < tamperings; count += 1) {
      const log = copy();
      const name = names[count % names.length]!;
      ways[name]!(log, random);
      const { faults } = await verifyAudit(sourceOf(log));
      if (faults.length === 0) missed.push(`${name} (${String(count)})`);
    }
    expect(missed).to.deep.equal([]);
  });

  it("misses an end that was cut off with its head, unless the head was kept elsewhere", async () => {
    const log = copy();
    const head = log.heads.at(-1)!;
    const shorter = log.entries.find(({ writer, seq }) => writer === head.writer && seq === 5)!;
    log.entries = log.entries.filter(({ writer, seq }) => writer !== head.writer || seq <= 5);
    log.heads = [...log.heads.slice(0, -1), { writer: head.writer, seq: 5, hash: shorter.hash }];
    expect((await verifyAudit(sourceOf(log))).faults).to.deep.equal([]);
    expect((await verifyAudit(sourceOf(log), written.heads)).faults).to.deep.equal([
      `Chain ${head.writer} has no such entry ${String(head.seq)} as was remembered.`,
    ]);
  });

  it("is looked through in the database, too", async () => {
    const [writer] = written.heads.map((head) => head.writer);
    const holder = database.read.dataSource.driver.createParameter("p", 0);
    const changes = [
      `UPDATE audit_entries SET party = 'x' WHERE writer = ${holder} AND seq = 3`,
      `DELETE FROM audit_entries WHERE writer = ${holder} AND seq = 20`,
      `UPDATE audit_heads SET seq = seq - 1 WHERE writer = ${holder}`,
      `UPDATE audit_entries SET seq = -seq WHERE writer = ${holder} AND seq = 1`,
    ];
    for (const statement of changes) {
      const undo = new Error("undone");
      const tried = database.write(async (manager) => {
        await manager.query(statement, [writer]);
        expect((await verifyAudit(storedAudit(manager))).faults, statement).not.to.deep.equal([]);
        throw undo;
      });
      expect(await tried.catch((error: unknown) => error)).to.equal(undo);
    }
  });
});
