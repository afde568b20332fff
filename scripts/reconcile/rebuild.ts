import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EntityManager } from "typeorm";
import type { Deployment } from "../../backend/src/chain/deployment.ts";
import { LogDecoder } from "../../backend/src/chain/log-decoder.ts";
import type { Rpc } from "../../backend/src/chain/rpc.ts";
import { Database } from "../../backend/src/database/database.ts";
import { BlockWriter } from "../../backend/src/projection/block-writer.ts";
import { cursorAt, type Cursor } from "../../backend/src/projection/cursor.ts";
import { remember } from "../../backend/src/projection/journal.ts";
import { LogSource, type BlockOfLogs } from "../../backend/src/projection/log-source.ts";
import { readModel } from "../../backend/src/read-model.ts";
import { schema } from "../../backend/src/schema.ts";

/** Blocks with a journal that are written at a time. */
const step = 50;

/** A read model that was made from the logs alone, in a folder that goes with it. */
export interface Rebuilt {
  readonly manager: EntityManager;
  close(): Promise<void>;
}

/**
 * Makes the read model once more from the chain, as it was after a block.
 * @param journalFrom the first block that has a journal
 */
export async function rebuild(
  rpc: Rpc,
  deployment: Deployment,
  upTo: number,
  journalFrom: number,
): Promise<Rebuilt> {
  const dataDir = await mkdtemp(join(tmpdir(), "sheaf-rebuilt-"));
  const database = await Database.open({ ...schema, dataDir, durable: false });
  const close = async (): Promise<void> => {
    await database.close();
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    await new Rebuilding(rpc, deployment, database).run(upTo, journalFrom);
    return { manager: database.read, close };
  } catch (error) {
    await close();
    throw error;
  }
}

class Rebuilding {
  readonly #source: LogSource;
  readonly #writer: BlockWriter;
  readonly #decoder: LogDecoder;

  constructor(
    private readonly rpc: Rpc,
    private readonly deployment: Deployment,
    private readonly database: Database,
  ) {
    this.#source = new LogSource(rpc);
    this.#writer = new BlockWriter(readModel(), this.#source);
    this.#decoder = new LogDecoder(deployment);
  }

  async run(upTo: number, journalFrom: number): Promise<void> {
    const first = await this.rpc.header(Math.max(this.deployment.block - 1, 0));
    if (first === undefined) throw new Error("The chain does not have the deployment's block.");
    let at = cursorAt(first);
    while (at.block < Math.min(journalFrom - 1, upTo)) {
      const to = Math.min(journalFrom - 1, upTo);
      const range = await this.#source.range(at.block + 1, to, this.#decoder.addresses);
      at = await this.#write(at, range.blocks, cursorAt(range.last), false);
    }
    while (at.block < upTo) {
      const headers = await this.#source.headers(at.block + 1, Math.min(at.block + step, upTo));
      const last = headers.at(-1);
      if (last === undefined) throw new Error(`The chain does not have block ${at.block + 1}.`);
      const addresses = this.#decoder.addresses;
      const blocks = await Promise.all(
        headers.map((header) => this.#source.block(header, addresses)),
      );
      at = await this.#write(at, blocks, cursorAt(last), true);
    }
  }

  async #write(
    at: Cursor,
    blocks: readonly BlockOfLogs[],
    last: Cursor,
    undoable: boolean,
  ): Promise<Cursor> {
    const reached = await this.database.write(async (manager) => {
      this.#writer.begin(manager, at.hash, undoable);
      const { written, followsMore } = await this.#writer.write(blocks, this.#decoder);
      await this.#writer.flush();
      let parent = at;
      for (const { header, entries } of written) {
        if (undoable) await remember(manager, header, parent, entries);
        parent = cursorAt(header);
      }
      return followsMore ? parent : last;
    });
    this.#writer.committed(reached.hash);
    return reached;
  }
}
