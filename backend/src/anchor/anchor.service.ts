import { Injectable } from "@nestjs/common";
import { LessThanOrEqual } from "typeorm";
import { Database } from "../database/database.ts";
import type { EpcisEventRow } from "../epcis/epcis.entity.ts";
import { parseStored } from "../epcis/stored-event.ts";
import { hexOf, type Hex } from "../proof/hex.ts";
import { placesBeside } from "../proof/merkle-tree.ts";
import type { AnchorProof, ProvableEvent } from "../proof/provable-event.ts";
import { AnchorBatchRow, AnchorNodesRow, AnchorRow, nodesPerPart } from "./anchor.entity.ts";

/** Parts of a tree that one statement asks for: all of a tree of a few hundred events. */
const partsAtOnce = 256;

type Nodes = ReadonlyMap<number, Buffer>;

/** Gives events out with what it takes to check them. */
@Injectable()
export class AnchorService {
  constructor(private readonly database: Database) {}

  /** In the order given. What is not on chain now has no anchor. */
  async provable(rows: readonly EpcisEventRow[]): Promise<ProvableEvent[]> {
    const anchors = await this.#anchorsOf(rows.map(({ id }) => id));
    return rows.map((row) => ({
      event: parseStored(row.body),
      party: row.party,
      sequence: row.sequence,
      sha256: row.sha256,
      hash: row.hash,
      recordTime: row.recordTime,
      anchor: anchors.get(row.id) ?? null,
    }));
  }

  async #anchorsOf(ids: readonly number[]): Promise<ReadonlyMap<number, AnchorProof>> {
    const batches = await this.#batchesOf(ids);
    const roots = batches.map(({ batch }) => batch.root);
    const found = await this.database.rows.all(AnchorRow, { root: roots });
    const anchors = new Map(found.map((anchor) => [anchor.root, anchor]));
    const proofs = new Map<number, AnchorProof>();
    for (const { batch, events } of batches) {
      const anchor = anchors.get(batch.root);
      if (anchor === undefined) continue;
      const places = new Map(events.map((id) => [id, placesBeside(batch.count, id - batch.event)]));
      const nodes = await this.#nodes(batch.number, [...places.values()].flat());
      for (const [id, beside] of places) {
        proofs.set(id, {
          root: anchor.root as Hex,
          first: anchor.first,
          count: anchor.count,
          index: id - batch.event,
          proof: beside.map((place) => nodeAt(nodes, place)),
          transaction: anchor.transaction as Hex,
          block: anchor.block,
          at: anchor.anchoredAt,
          by: anchor.by,
        });
      }
    }
    return proofs;
  }

  /** The trees that events are in, with those of the events that are. */
  async #batchesOf(
    ids: readonly number[],
  ): Promise<{ readonly batch: AnchorBatchRow; readonly events: number[] }[]> {
    const found: { readonly batch: AnchorBatchRow; readonly events: number[] }[] = [];
    for (const id of [...new Set(ids)].sort((a, b) => a - b)) {
      const known = found.at(-1);
      if (known !== undefined && isIn(known.batch, id)) {
        known.events.push(id);
        continue;
      }
      const batch = await this.database.read.findOne(AnchorBatchRow, {
        where: { event: LessThanOrEqual(id) },
        order: { event: "DESC" },
      });
      // All later ones are in no tree either.
      if (batch === null || !isIn(batch, id)) break;
      found.push({ batch, events: [id] });
    }
    return found;
  }

  async #nodes(batch: number, places: readonly number[]): Promise<Nodes> {
    const parts = [...new Set(places.map((place) => Math.floor(place / nodesPerPart)))];
    const nodes = new Map<number, Buffer>();
    for (let from = 0; from < parts.length; from += partsAtOnce) {
      const part = parts.slice(from, from + partsAtOnce);
      const rows = await this.database.rows.all(AnchorNodesRow, { batch, part });
      for (const row of rows) nodes.set(row.part, Buffer.from(row.nodes, "base64"));
    }
    return nodes;
  }
}

function isIn({ event, count }: AnchorBatchRow, id: number): boolean {
  return id >= event && id < event + count;
}

function nodeAt(nodes: Nodes, place: number): Hex {
  const part = Math.floor(place / nodesPerPart);
  const at = 32 * (place % nodesPerPart);
  const node = nodes.get(part)?.subarray(at, at + 32);
  if (node?.length !== 32) throw new Error(`The tree has no node ${place}.`);
  return hexOf(node);
}
