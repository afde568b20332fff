import { Entity, Index } from "typeorm";
import type { ErrorValues } from "../chain/domain-error.ts";
import type { PreparedTransaction } from "../chain/transaction.ts";
import type { ActKind } from "../organisation/worth.ts";
import { AddressText, IdText, Integer, Json, Seconds, Text } from "../database/columns.ts";

export const commandStates = [
  /** Beyond the organisation's limit: on record, and waiting for a second person. */
  "Proposed",
  /** Waits out its office's delay, which the request's step before has begun, or is about to. */
  "Scheduled",
  /** On record, not signed yet. */
  "Queued",
  /** Nonce allotted, bytes stored: these bytes and no others will be sent. */
  "Signed",
  /** The network has it. */
  "Submitted",
  /** In a block that may still go. */
  "Mined",
  /** In a block that stays. */
  "Final",
  /** Refused, before it was signed or in its block. */
  "Failed",
] as const;
export type CommandState = (typeof commandStates)[number];

/** A transaction that waits for its signature. */
export interface Prepared extends PreparedTransaction {
  /** Wall-clock seconds: not signed by then, it is not sent. */
  readonly expiresAt: number;
}

/** An act of a party on its way to the chain. Wall-clock times. */
@Entity("commands")
@Index("commands_party_idempotencyKey_step", ["party", "idempotencyKey", "step"], { unique: true })
@Index("commands_key_nonce", ["key", "nonce"], { unique: true })
@Index("commands_state", ["state"])
@Index("commands_party_createdAt", ["party", "createdAt"])
export class CommandRow {
  @Text(36, { primary: true })
  id!: string;

  @AddressText()
  party!: string;

  /** The account that signs. */
  @AddressText()
  key!: string;

  /** One that the backend made up, where the caller gave none. */
  @Text(128)
  idempotencyKey!: string;

  /** Which of a request's acts this is. */
  @Integer()
  step!: number;

  /** Of the HTTP request that asked for it: what its log lines are found by. */
  @Text(64, { nullable: true })
  requestId!: string | null;

  /** sha-256 of the request. */
  @Text(64)
  requestHash!: string;

  @Text(32)
  contract!: string;

  @Text(64)
  method!: string;

  @Json()
  args!: Readonly<Record<string, unknown>>;

  @AddressText()
  to!: string;

  @Json()
  data!: string;

  @Json({ nullable: true })
  renames!: Readonly<Record<string, string>> | null;

  @Text(9)
  state!: CommandState;

  /** The operation of administration that it carries out once the delay is over; null for an act that has none. */
  @IdText({ nullable: true })
  operation!: string | null;

  /** Chain time before which it is not taken up; null where it has none, or where that is not known yet. */
  @Seconds({ nullable: true })
  notBefore!: number | null;

  /** Its key's, and no other command's; null also where it was given back. */
  @Integer({ nullable: true })
  nonce!: number | null;

  @Json({ nullable: true })
  raw!: string | null;

  /** What a wallet is to sign, of a queued command whose key the backend does not keep. */
  @Json({ nullable: true })
  prepared!: Prepared | null;

  /** The newest version's hash; the mined one's, once there is one. */
  @IdText({ nullable: true })
  transaction!: string | null;

  @Integer({ nullable: true })
  block!: number | null;

  @Json({ nullable: true })
  error!: { readonly code: string; readonly values: ErrorValues } | null;

  /** The first answer to the request, given again to the same request. */
  @Json({ nullable: true })
  response!: { readonly status: number; readonly body: unknown } | null;

  @Seconds()
  createdAt!: number;

  /** The person who wanted it; null for what the backend does by itself. */
  @AddressText({ nullable: true })
  madeBy!: string | null;

  /** The API key with which a machine of that person asked for it. */
  @Text(36, { nullable: true })
  apiKey!: string | null;

  /** What is at stake with the whole request; null for what has no limit. */
  @Json({ nullable: true })
  worth!: StoredWorth | null;

  @AddressText({ nullable: true })
  approvedBy!: string | null;

  /** Until when somebody may approve it; null for what needs no second person. */
  @Seconds({ nullable: true })
  approvalEnds!: number | null;
}

/** As JSON has it: minor units as decimal text. */
export interface StoredWorth {
  readonly kind: ActKind;
  readonly amounts: readonly {
    readonly token: string;
    readonly symbol: string;
    readonly decimals: number;
    readonly amount: string;
  }[];
}

/** A command on record: its row's values. */
export type Command = Readonly<CommandRow>;

/** The next nonce of an account that the backend signs for. */
@Entity("signing_accounts")
export class SigningAccountRow {
  @AddressText({ primary: true })
  key!: string;

  @Integer()
  nextNonce!: number;
}
