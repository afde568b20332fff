import { setImmediate as nextTurn } from "node:timers/promises";
import { Injectable } from "@nestjs/common";
import type { EntityManager } from "typeorm";
import { Database } from "../database/database.ts";
import { EpcisEventRow } from "../epcis/epcis.entity.ts";
import { ProjectionEngine } from "../projection/projection.engine.ts";
import { RowStore } from "../projection/row-store.ts";
import { TableForm } from "../database/table-form.ts";
import type { MerkleTree } from "../proof/merkle-tree.ts";
import { AnchorBatchRow, AnchorNodesRow, AnchorRow, nodesPerPart } from "./anchor.entity.ts";

const partsAtOnce = 128;
const partSize = 32 * nodesPerPart;

/** The trees on record, one after the other. */
@Injectable()
export class BatchRecord {
  /** All batches up to this one are anchored, as far as was seen. */
  #anchoredUpTo = 0;
  #undone = 0;

  constructor(
    private readonly database: Database,
    projection: ProjectionEngine,
  ) {
    projection.listen({
      undone: () => {
        this.#undone += 1;
        this.#anchoredUpTo = 0;
      },
    });
  }

  /** The first batch whose root is not on chain; undefined where all are. */
  async firstPending(): Promise<AnchorBatchRow | undefined> {
    const seen = this.#undone;
    const last = await this.#last(this.database.read);
    const pending = await this.#pending(this.#anchoredUpTo).orderBy("batch.number").getOne();
    const anchored = pending === null ? (last?.number ?? 0) : pending.number - 1;
    // What a reorganisation meanwhile has undone was not seen here.
    if (seen === this.#undone) this.#anchoredUpTo = anchored;
    return pending ?? undefined;
  }

  countPending(): Promise<number> {
    return this.#pending(this.#anchoredUpTo).getCount();
  }

  /** Place in the record of the first event that is in no tree. */
  async nextEvent(manager: EntityManager = this.database.read): Promise<number> {
    const last = await this.#last(manager);
    return last === null ? 1 : last.event + last.count;
  }

  /** Of the events on record. */
  async lastEvent(): Promise<number> {
    return (await this.database.read.maximum(EpcisEventRow, "id")) ?? 0;
  }

  /**
   * Where the contract's next tree begins, as far as the read model knows. It is the event's place in the record unless
   * that was lost and restored from a copy that lacks its end.
   */
  async nextOnChain(): Promise<number> {
    const [last] = await this.database.read.find(AnchorRow, { order: { first: "DESC" }, take: 1 });
    return last === undefined ? 1 : last.first + last.count;
  }

  /** False where somebody else was quicker: then nothing was kept. */
  async add(event: number, tree: MerkleTree): Promise<boolean> {
    return this.database.write(async (manager) => {
      if ((await this.nextEvent(manager)) !== event) return false;
      const number = ((await this.#last(manager))?.number ?? 0) + 1;
      await manager.insert(AnchorBatchRow, {
        number,
        event,
        count: tree.count,
        root: tree.root,
        createdAt: Date.now(),
        failures: 0,
        problem: null,
        notBefore: 0,
      });
      await addNodes(manager, number, tree.nodes);
      return true;
    });
  }

  /** The command for a batch has failed; unless somebody else has noted that. */
  async failed(
    { number, failures }: AnchorBatchRow,
    problem: string,
    notBefore: number,
  ): Promise<void> {
    await this.database.write((manager) =>
      manager.update(
        AnchorBatchRow,
        { number, failures },
        { failures: failures + 1, problem: problem.slice(0, 64), notBefore },
      ),
    );
  }

  #last(manager: EntityManager): Promise<AnchorBatchRow | null> {
    return manager.findOne(AnchorBatchRow, { where: {}, order: { number: "DESC" } });
  }

  #pending(after: number) {
    return this.database.read
      .createQueryBuilder(AnchorBatchRow, "batch")
      .leftJoin(AnchorRow, "anchor", "anchor.root = batch.root")
      .where("batch.number > :after", { after })
      .andWhere("anchor.root IS NULL");
  }
}

async function addNodes(manager: EntityManager, batch: number, nodes: Uint8Array): Promise<void> {
  const store = new RowStore(manager, AnchorNodesRow);
  const form = TableForm.of(manager.dataSource, AnchorNodesRow);
  const all = Buffer.from(nodes.buffer, nodes.byteOffset, nodes.length);
  const parts = Math.ceil(all.length / partSize);
  for (let from = 0; from < parts; from += partsAtOnce) {
    const rows = Array.from({ length: Math.min(partsAtOnce, parts - from) }, (_, at) => {
      const part = from + at;
      const own = all.subarray(part * partSize, (part + 1) * partSize);
      return form.rawOf({ batch, part, nodes: own.toString("base64") });
    });
    await store.addAll(rows);
    // SQLite is done within the same turn.
    await nextTurn();
  }
}
