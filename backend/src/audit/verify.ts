import { MoreThan, type EntityManager } from "typeorm";
import { AuditEntryRow, AuditHeadRow, type AuditEntry, type AuditHead } from "./audit.entity.ts";
import { beginning, hashOf, keyIdOf } from "./link.ts";

/** What the audit log says of itself. */
export interface AuditVerdict {
  readonly chains: number;
  readonly entries: number;
  /** Sentences; none where nothing has been tampered with. */
  readonly faults: readonly string[];
}

/** The entries and heads to look at; `entries` in the order of their places in a chain. */
export interface AuditSource {
  writers(): Promise<readonly string[]>;
  heads(): Promise<readonly AuditHead[]>;
  entries(writer: string): AsyncIterable<AuditEntry>;
  /** The hash of one entry, where there is such an entry. */
  hashAt(writer: string, seq: number): Promise<string | undefined>;
}

/**
 * Looks for any change of the audit log: an entry that was altered, added, taken out, moved, or a chain cut off.
 * @param remembered heads that were kept elsewhere; without them, a chain's end that was cut off together with its
 * head, and is named by no later chain, is not missed
 * @param secrets with which chains may be written; once one is, all that begin later have to be
 */
export async function verifyAudit(
  source: AuditSource,
  remembered: readonly AuditHead[] = [],
  secrets: readonly string[] = [],
): Promise<AuditVerdict> {
  const faults: string[] = [];
  const heads = new Map((await source.heads()).map((head) => [head.writer, head]));
  const named: AuditHead[] = [...remembered];
  const writers = [...new Set([...(await source.writers()), ...heads.keys()])].sort();
  const openings: Opening[] = [];
  let entries = 0;
  for (const writer of writers) {
    let secret: string | undefined;
    let isReadable = true;
    let last: Pick<AuditHead, "seq" | "hash"> = { seq: 0, hash: beginning(writer) };
    for await (const entry of source.entries(writer)) {
      entries += 1;
      if (last.seq === 0) {
        const key = keyIn(entry);
        secret = secrets.find((each) => keyIdOf(each) === key);
        isReadable = key === undefined || secret !== undefined;
        openings.push({ writer, at: entry.at, isKeyed: key !== undefined });
        if (!isReadable) faults.push(`Chain ${writer} is written with a secret that is not given.`);
      }
      faults.push(...faultsBetween(last, entry, isReadable, secret));
      if (entry.kind === "opened") named.push(...headsIn(entry));
      last = entry;
    }
    const head = heads.get(writer);
    if (head?.seq !== last.seq || head.hash !== last.hash) {
      const said = head === undefined ? "has no head" : `has a head at ${head.seq}`;
      faults.push(`Chain ${writer} ends at ${last.seq} and ${said} that is not its end.`);
    }
  }
  faults.push(...withoutSecret(openings, secrets));
  for (const head of named) {
    if ((await source.hashAt(head.writer, head.seq)) !== head.hash) {
      faults.push(`Chain ${head.writer} has no such entry ${head.seq} as was remembered.`);
    }
  }
  return { chains: writers.length, entries, faults };
}

/** The log of a database. */
export function storedAudit(manager: EntityManager, atOnce = 1000): AuditSource {
  return {
    writers: async () => {
      const rows = await manager
        .createQueryBuilder(AuditEntryRow, "entry")
        .select("DISTINCT entry.writer", "writer")
        .getRawMany<{ writer: string }>();
      return rows.map(({ writer }) => writer);
    },
    heads: () => manager.find(AuditHeadRow),
    entries: async function* (writer) {
      for (let seq: number | undefined; ;) {
        const rows = await manager.find(AuditEntryRow, {
          where: { writer, ...(seq !== undefined && { seq: MoreThan(seq) }) },
          order: { seq: "ASC" },
          take: atOnce,
        });
        yield* rows;
        seq = rows.at(-1)?.seq;
        if (seq === undefined) return;
      }
    },
    hashAt: async (writer, seq) => (await manager.findOneBy(AuditEntryRow, { writer, seq }))?.hash,
  };
}

/** How a chain begins. */
interface Opening {
  readonly writer: string;
  readonly at: string;
  readonly isKeyed: boolean;
}

/** Whoever has no secret could write a chain again without one. */
function* withoutSecret(
  openings: readonly Opening[],
  secrets: readonly string[],
): Generator<string> {
  const keyed = openings.filter(({ isKeyed }) => isKeyed).map(({ at }) => at);
  const first = keyed.sort()[0];
  if (first === undefined) {
    if (secrets.length > 0) yield "There is a secret, and no chain is written with it.";
    return;
  }
  for (const { writer, at, isKeyed } of openings) {
    if (!isKeyed && at > first) {
      yield `Chain ${writer} is written without the secret that was in use by then.`;
    }
  }
}

function keyIn({ kind, what }: AuditEntry): string | undefined {
  const { key } = what as { readonly key?: unknown };
  return kind === "opened" && typeof key === "string" ? key : undefined;
}

function* faultsBetween(
  last: Pick<AuditHead, "seq" | "hash">,
  entry: AuditEntry,
  isReadable: boolean,
  secret: string | undefined,
): Generator<string> {
  const place = `Entry ${entry.seq} of chain ${entry.writer}`;
  if (entry.seq !== last.seq + 1) yield `${place} follows ${last.seq}.`;
  if (entry.previous !== last.hash) yield `${place} does not continue the one before it.`;
  if (isReadable && hashOf(entry, secret) !== entry.hash) yield `${place} is not what was written.`;
}

function headsIn({ what }: AuditEntry): AuditHead[] {
  const { heads } = what as { readonly heads?: unknown };
  return Array.isArray(heads) ? (heads as AuditHead[]) : [];
}
