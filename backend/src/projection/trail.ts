import type { Chain } from "../chain/chain.ts";
import type { Header } from "../chain/rpc.ts";
import type { Database } from "../database/database.ts";
import { belonging, type Cursor } from "./cursor.ts";
import { commonAncestor } from "./journal.ts";
import { latestReorganisation, reorganisationsAfter } from "./reorganisations.ts";

export function tooDeep(journalBlocks: number): string {
  return (
    `The chain has been reorganised deeper than ${journalBlocks} blocks. ` +
    "Delete the database and start again: it is rebuilt from the chain."
  );
}

/** The database has been emptied, or given to another deployment, while this process ran. */
export class ReadModelGone extends Error {
  constructor() {
    super("The database is no longer this deployment's. Start again.");
    this.name = "ReadModelGone";
  }
}

/** What another process has done to the read model since the last look. */
export interface Footprints {
  readonly cursor: Cursor;
  /** To where it was brought back, one after another. */
  readonly undone: readonly Cursor[];
}

/** How a process knows the read model that another one writes: by the cursor and the record of reorganisations. */
export class Trail {
  #seen: number | undefined;

  constructor(
    private readonly database: Database,
    private readonly chain: Chain,
    private readonly journalBlocks: number,
  ) {}

  /** What is told here is told once. */
  async look(): Promise<Footprints> {
    const found = await this.#atOnce(async (manager) => {
      const { cursor } = await belonging(manager, this.chain.contracts.deployment);
      if (cursor === undefined) throw new ReadModelGone();
      const seen = this.#seen ?? (await latestReorganisation(manager));
      return { cursor, seen, undone: await reorganisationsAfter(manager, seen) };
    });
    this.#seen = found.undone.at(-1)?.id ?? found.seen;
    return found;
  }

  /** Whether the read model is where this process has left it. */
  async isAt(at: Cursor): Promise<boolean> {
    const { cursor } = await belonging(this.database.read, this.chain.contracts.deployment);
    return cursor?.hash === at.hash;
  }

  /** This process has brought the read model back itself, and tells of it. */
  passed(reorganisation: number): void {
    this.#seen = reorganisation;
  }

  /** Why the read model is not of this chain, and cannot be brought back to it; undefined as long as it can. */
  async besideChain(cursor: Cursor, head: Header | undefined): Promise<string | undefined> {
    if (head === undefined || cursor.block > head.number) return undefined;
    const { rpc } = this.chain;
    const header = cursor.block === head.number ? head : await rpc.header(cursor.block);
    if (header === undefined || header.hash === cursor.hash) return undefined;
    const ancestor = await commonAncestor(this.database.read, rpc);
    return ancestor === undefined ? tooDeep(this.journalBlocks) : undefined;
  }

  #atOnce<T>(work: (manager: Database["read"]) => Promise<T>): Promise<T> {
    const { read } = this.database;
    return read.dataSource.options.type === "postgres"
      ? read.transaction("REPEATABLE READ", work)
      : work(read);
  }
}
