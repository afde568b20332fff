import { Entity, Index } from "typeorm";
import type { ErrorValues } from "../chain/domain-error.ts";
import type { PreparedTransaction } from "../chain/transaction.ts";
import { AddressText, IdText, Integer, Json, Seconds, Text } from "../database/columns.ts";

export const commandStates = [
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
@Index("commands_key_nonce", ["key", "nonce"])
@Index("commands_state", ["state"])
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
