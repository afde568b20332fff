import { Entity, Index } from "typeorm";
import { AddressText, IdText, Integer, Json, Seconds, Text } from "../database/columns.ts";
import type { JournalEntry } from "./row-store.ts";

/** The deployment that the database belongs to, and how far its chain has been projected. One row. */
@Entity("projection")
export class ProjectionRow {
  @Integer({ primary: true })
  id!: number;

  @Json()
  deployment!: unknown;

  @Integer()
  block!: number;

  @IdText()
  hash!: string;

  @Seconds()
  time!: number;
}

/** How to undo a block. */
@Entity("journal")
export class JournalRow {
  @Integer({ primary: true })
  block!: number;

  @IdText()
  hash!: string;

  @IdText()
  parentHash!: string;

  /** Of the parent. */
  @Seconds()
  parentTime!: number;

  @Json()
  entries!: JournalEntry[];
}

/** A currency other than the deposit currency, whose logs are followed from its approval on. */
@Entity("followed_currencies")
export class FollowedCurrencyRow {
  @AddressText({ primary: true })
  token!: string;

  @Integer()
  block!: number;
}

/** Every event of the deployment, as it was. Append-only but for reorganisations. */
@Entity("chain_events")
export class ChainEventRow {
  @Integer({ primary: true })
  block!: number;

  @Integer({ primary: true })
  logIndex!: number;

  @IdText()
  transaction!: string;

  @Seconds()
  time!: number;

  @Text(32)
  contract!: string;

  @AddressText()
  address!: string;

  @Text(64)
  name!: string;

  /** By parameter name: ids as 0x and 64 digits, other integers as decimal text. */
  @Json()
  args!: Readonly<Record<string, unknown>>;
}

export type LinkKind = "party" | "claim" | "facility";

/** Something that events touch, and the number by which their links name it: a link is a few bytes, an id is 66. */
@Entity("event_subjects")
@Index("event_subjects_id_kind", ["id", "kind"], { unique: true })
export class EventSubjectRow {
  @Integer({ primary: true })
  number!: number;

  @Text(8)
  kind!: LinkKind;

  @IdText()
  id!: string;
}

/** What an event touches: a lineage is a claim's links, a party's stream its own. */
@Entity("event_links", { withoutRowid: true })
@Index("event_links_block", ["block"])
export class EventLinkRow {
  /** Of `EventSubjectRow`. */
  @Integer({ primary: true })
  subject!: number;

  @Integer({ primary: true })
  block!: number;

  @Integer({ primary: true })
  logIndex!: number;
}
