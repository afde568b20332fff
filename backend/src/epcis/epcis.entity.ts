import { Column, Entity, Index } from "typeorm";
import { AddressText, Flag, Integer, Json, Seconds, Text } from "../database/columns.ts";
import type { LinkRole } from "./link-roles.ts";

/** An event as it was captured. Rows are added and never changed. */
@Entity("epcis_events")
@Index("epcis_events_party_sequence", ["party", "sequence"], { unique: true })
@Index("epcis_events_sha256_party", ["sha256", "party"], { unique: true })
@Index("epcis_events_eventId", ["eventId"])
@Index("epcis_events_eventTime_id", ["eventTime", "id"])
@Index("epcis_events_recordTime_id", ["recordTime", "id"])
@Index("epcis_events_party_id", ["party", "id"])
@Index("epcis_events_party_eventTime_id", ["party", "eventTime", "id"])
export class EpcisEventRow {
  /** In the order of recording, from 1. */
  @Integer({ primary: true })
  id!: number;

  /** As it was given; else the name of its hash. A correction has the same one as what it corrects. */
  @Text(500)
  eventId!: string;

  /** Who captured it. */
  @AddressText()
  party!: string;

  /** Of the party's events, from 1, without a gap. */
  @Integer()
  sequence!: number;

  /** Of `body`: 64 hexadecimal digits. */
  @Text(64)
  sha256!: string;

  /** CBV 2.0's event hash, which leaves out the error declaration: the 64 digits of its name. */
  @Text(64)
  hash!: string;

  @Text(500)
  type!: string;

  /** Milliseconds. */
  @Seconds()
  eventTime!: number;

  /** Milliseconds; never before that of an earlier row. */
  @Seconds()
  recordTime!: number;

  /** Of its error declaration, in milliseconds; null where there is none. */
  @Seconds({ nullable: true })
  declarationTime!: number | null;

  /** The event with its id and the context that it needs, without recordTime, in canonical JSON (RFC 8785). */
  @Column({ type: "text" })
  body!: string;
}

/** What an event names, by what is named: all events of a lot or a place lie side by side. */
@Entity("epcis_links", { withoutRowid: true })
export class EpcisLinkRow {
  /** Keys of GS1 as canonical Digital Link, standard values as Web URI. */
  @Text(600, { primary: true })
  uri!: string;

  @Integer({ primary: true })
  role!: LinkRole;

  @Integer({ primary: true })
  event!: number;

  /** In the event's list. */
  @Integer({ primary: true })
  place!: number;

  /** Of a class; null where the event gives none, and for all else. */
  @Column({ type: "double precision", nullable: true })
  quantity!: number | null;

  /** Of the quantity; null for pieces. */
  @Text(3, { nullable: true })
  uom!: string | null;
}

/** When something happens to a thing, a transformation or a transaction: each one's events in the order of time. */
@Entity("epcis_history", { withoutRowid: true })
export class EpcisHistoryRow {
  @Text(600, { primary: true })
  uri!: string;

  /** Milliseconds. */
  @Seconds({ primary: true })
  eventTime!: number;

  @Integer({ primary: true })
  event!: number;
}

export const memberKinds = [
  "epcs",
  "bizSteps",
  "bizLocations",
  "readPoints",
  "dispositions",
  "eventTypes",
] as const;
export type MemberKind = (typeof memberKinds)[number];

/** What the top-level resources list: each value that a party's events have had. */
@Entity("epcis_members", { withoutRowid: true })
@Index("epcis_members_kind_uri", ["kind", "uri"])
export class EpcisMemberRow {
  @Text(12, { primary: true })
  kind!: MemberKind;

  /** Who captured them. */
  @AddressText({ primary: true })
  party!: string;

  @Text(600, { primary: true })
  uri!: string;
}

export const errorBehaviours = ["rollback", "proceed"] as const;
export type ErrorBehaviour = (typeof errorBehaviours)[number];

/** What has become of a document that was captured. */
@Entity("epcis_captures")
@Index("epcis_captures_party_number", ["party", "number"], { unique: true })
export class EpcisCaptureRow {
  @Text(36, { primary: true })
  id!: string;

  @AddressText()
  party!: string;

  /** Of the party's captures, from 1. */
  @Integer()
  number!: number;

  @Text(8)
  behaviour!: ErrorBehaviour;

  /** Milliseconds. */
  @Seconds()
  createdAt!: number;

  @Flag()
  success!: boolean;

  /** Problems (RFC 9457). */
  @Json()
  errors!: unknown;
}

/** Whose a place is: a GLN, a prefix of GLNs, or a namespace of the party's own. */
@Entity("epcis_locations")
@Index("epcis_locations_party_uri", ["party", "uri"])
export class EpcisLocationRow {
  @Text(500, { primary: true })
  uri!: string;

  @AddressText()
  party!: string;

  @Text(200)
  name!: string;

  /** In words, as anybody may know it. */
  @Text(120, { nullable: true })
  region!: string | null;

  /** `28.9,115.8`: latitude and longitude in tenths of a degree; nobody is told more exactly. */
  @Text(12, { nullable: true })
  point!: string | null;
}
