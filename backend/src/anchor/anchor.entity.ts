import { Column, Entity, Index } from "typeorm";
import { AddressText, IdText, Integer, Seconds, Text, Whole } from "../database/columns.ts";

/** A root that is on chain. */
@Entity("anchors")
export class AnchorRow {
  @IdText({ primary: true })
  root!: string;

  @AddressText()
  by!: string;

  @Seconds()
  anchoredAt!: number;

  /** Place of the tree's first event, as the chain counts. */
  @Whole()
  first!: number;

  /** Leaves of the tree. */
  @Whole()
  count!: number;

  @Integer()
  block!: number;

  @IdText()
  transaction!: string;
}

/** A tree of events that is to be anchored. Its root is in `anchors` once it is. */
@Entity("anchor_batches")
@Index("anchor_batches_event", ["event"], { unique: true })
@Index("anchor_batches_root", ["root"], { unique: true })
export class AnchorBatchRow {
  /** From 1: the trees follow each other. */
  @Integer({ primary: true })
  number!: number;

  /** The first event's place in the record. */
  @Integer()
  event!: number;

  /** Events, one after the other. */
  @Integer()
  count!: number;

  @IdText()
  root!: string;

  /** Milliseconds of the wall's clock. */
  @Seconds()
  createdAt!: number;

  /** Commands for it that have failed. */
  @Integer()
  failures!: number;

  /** Why the last one has, by the name of the rule; null where none has. */
  @Text(64, { nullable: true })
  problem!: string | null;

  /** Milliseconds of the wall's clock: not tried before. */
  @Seconds()
  notBefore!: number;
}

/** Nodes of a batch's tree, which proofs are made of. */
@Entity("anchor_nodes", { withoutRowid: true })
export class AnchorNodesRow {
  @Integer({ primary: true })
  batch!: number;

  /** From 0: `nodesPerPart` nodes each. */
  @Integer({ primary: true })
  part!: number;

  /** 32 bytes each, in base64. */
  @Column({ type: "text" })
  nodes!: string;
}

export const nodesPerPart = 32;
