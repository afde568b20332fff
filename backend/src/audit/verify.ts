import { MoreThan, type EntityManager } from "typeorm";
import { AuditEntryRow, AuditHeadRow, type AuditEntry, type AuditHead } from "./audit.entity.ts";
import { beginning, hashOf } from "./link.ts";

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
 */
export async function verifyAudit(
  source: AuditSource,
  remembered: readonly AuditHead[] = [],
): Promise<AuditVerdict> {
  const faults: string[] = [];
  const heads = new Map((await source.heads()).map((head) => [head.writer, head]));
  const named: AuditHead[] = [...remembered];
  const writers = [...new Set([...(await source.writers()), ...heads.keys()])].sort();
  let entries = 0;
  for (const writer of writers) {
    let last: Pick<AuditHead, "seq" | "hash"> = { seq: 0, hash: beginning(writer) };
    for await (const entry of source.entries(writer)) {
      entries += 1;
      faults.push(...faultsBetween(last, entry));
      if (entry.kind === "opened") named.push(...headsIn(entry));
      last = entry;
    }
    const head = heads.get(writer);
    if (head?.seq !== last.seq || head.hash !== last.hash) {
      const said = head === undefined ? "has no head" : `has a head at ${head.seq}`;
      faults.push(`Chain ${writer} ends at ${last.seq} and ${said} that is not its end.`);
    }
  }
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

function* faultsBetween(
  last: Pick<AuditHead, "seq" | "hash">,
  entry: AuditEntry,
): Generator<string> {
  const place = `Entry ${entry.seq} of chain ${entry.writer}`;
  if (entry.seq !== last.seq + 1) yield `${place} follows ${last.seq}.`;
  if (entry.previous !== last.hash) yield `${place} does not continue the one before it.`;
  if (hashOf(entry) !== entry.hash) yield `${place} is not what was written.`;
}

function headsIn({ what }: AuditEntry): AuditHead[] {
  const { heads } = what as { readonly heads?: unknown };
  return Array.isArray(heads) ? (heads as AuditHead[]) : [];
}
