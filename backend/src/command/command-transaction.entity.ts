import { Entity, Index } from "typeorm";
import { IdText, Json, Seconds, Text } from "../database/columns.ts";

/** One version of a command's transaction: the same act, for another fee or at another nonce. None is ever forgotten. */
@Entity("command_transactions")
@Index("command_transactions_command", ["command"])
export class CommandTransactionRow {
  @IdText({ primary: true })
  hash!: string;

  @Text(36)
  command!: string;

  @Json()
  raw!: string;

  /** Wall-clock time. */
  @Seconds()
  signedAt!: number;
}
