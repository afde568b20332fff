import { Entity, Index } from "typeorm";
import { AddressText, IdText, Integer, Json, Seconds, Text } from "../database/columns.ts";

type ScheduleState = "Scheduled" | "Executed" | "Cancelled";

/** An operation of AccessManager, by whomever it was scheduled: here, by a wallet, or by whoever stole a key. */
@Entity("scheduled_acts")
@Index("scheduled_acts_state_from", ["state", "from"])
export class ScheduledActRow {
  @IdText({ primary: true })
  operation!: string;

  /** How often the operation has been scheduled. */
  @Seconds({ primary: true })
  nonce!: number;

  @AddressText()
  caller!: string;

  @AddressText()
  target!: string;

  @Json()
  data!: string;

  /** From when it may be carried out. */
  @Seconds()
  from!: number;

  @Text(9)
  state!: ScheduleState;

  @Seconds()
  scheduledAt!: number;

  /** That scheduled it. */
  @IdText()
  transaction!: string;

  @Seconds({ nullable: true })
  endedAt!: number | null;

  @Integer({ nullable: true })
  endedBlock!: number | null;
}
