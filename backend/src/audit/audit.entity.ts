import { Entity } from "typeorm";
import { Integer, Json, Text } from "../database/columns.ts";

export type AuditKind =
  /** A process begins its chain, and names the last entries of others' chains. */
  | "opened"
  /** Somebody wants something changed: on record before anything is done. */
  | "asked"
  /** What came of it. */
  | "answered"
  /** Somebody has read what another party is a side of, or has tried to. */
  | "read"
  /** Somebody who is signed in was let in nowhere: the wrong role, rank, scope or kind of caller. */
  | "refused"
  /** Somebody has signed in, refreshed, signed out, or has tried to. */
  | "signIn";

/** An entry of the audit log. Entries are added, never changed; each carries the hash of the one before it. */
@Entity("audit_entries")
export class AuditEntryRow {
  /** The process: its chain begins with it. */
  @Text(36, { primary: true })
  writer!: string;

  /** From 1, without gaps. */
  @Integer({ primary: true })
  seq!: number;

  /** ISO 8601, UTC, to the millisecond, by the wall's clock. */
  @Text(24)
  at!: string;

  @Text(8)
  kind!: AuditKind;

  /** For whom; null where nobody is signed in. */
  @Text(42, { nullable: true })
  party!: string | null;

  /** Who. */
  @Text(42, { nullable: true })
  person!: string | null;

  @Text(36, { nullable: true })
  apiKey!: string | null;

  /** Never a secret, never a token. */
  @Json()
  what!: Readonly<Record<string, unknown>>;

  @Text(64)
  previous!: string;

  @Text(64)
  hash!: string;
}

/** The last entry of each chain: who cuts off a chain's end has to forge this, too. */
@Entity("audit_heads")
export class AuditHeadRow {
  @Text(36, { primary: true })
  writer!: string;

  @Integer()
  seq!: number;

  @Text(64)
  hash!: string;

  @Text(24)
  at!: string;
}

export type AuditEntry = Readonly<AuditEntryRow>;
export type AuditHead = Readonly<Pick<AuditHeadRow, "writer" | "seq" | "hash">>;
