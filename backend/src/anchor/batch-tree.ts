import { setImmediate as nextTurn } from "node:timers/promises";
import { Injectable } from "@nestjs/common";
import { Database } from "../database/database.ts";
import { EpcisEventRow } from "../epcis/epcis.entity.ts";
import { leafBytesOf, type LeafParts } from "../proof/leaf.ts";
import { MerkleTree } from "../proof/merkle-tree.ts";

/** Leaves or nodes that are hashed without a pause: a few milliseconds. */
const atOnce = 250;

type Row = LeafParts & { readonly id: number };

/** Makes trees of events bit by bit: meanwhile whoever else waits for this process has a turn. */
@Injectable()
export class BatchTree {
  constructor(private readonly database: Database) {}

  /**
   * @param event place in the record of the first one
   * @throws Error where the record has not so many events from there on
   */
  async of(event: number, count: number): Promise<MerkleTree> {
    const leaves: Uint8Array[] = [];
    while (leaves.length < count) {
      const from = event + leaves.length;
      const rows = await this.#rows(from, Math.min(from + atOnce, event + count));
      for (const [at, row] of rows.entries()) {
        if (row.id !== from + at) throw new Error(`The record has no event ${from + at}.`);
        leaves.push(leafBytesOf(row));
      }
      if (rows.length === 0) throw new Error(`The record has no event ${from}.`);
      await nextTurn();
    }
    const growth = MerkleTree.growing(leaves, atOnce);
    for (;;) {
      const step = growth.next();
      if (step.done === true) return step.value;
      await nextTurn();
    }
  }

  #rows(from: number, to: number): Promise<Row[]> {
    return this.database.read
      .createQueryBuilder(EpcisEventRow, "event")
      .select(["event.id AS id", "event.sha256 AS sha256", "event.hash AS hash"])
      .addSelect(["event.party AS party", "event.sequence AS sequence"])
      .where("event.id >= :from AND event.id < :to", { from, to })
      .orderBy("event.id", "ASC")
      .getRawMany<Row>();
  }
}
