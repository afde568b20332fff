import { Entity } from "typeorm";
import { AddressText, Amount, Text } from "../database/columns.ts";
import type { LimitKind } from "./approval-limit.entity.ts";

/** From where on what an organisation's people have had done in a day waits for a second person. */
@Entity("day_limits")
export class DayLimitRow {
  /** A party's id; administration's account for the operator. */
  @AddressText({ primary: true })
  party!: string;

  @Text(10, { primary: true })
  kind!: LimitKind;

  /** The currency's token. */
  @AddressText({ primary: true })
  currency!: string;

  /** Minor units, of all people together. */
  @Amount()
  amount!: bigint;
}
