import { Entity } from "typeorm";
import { AddressText, Amount, Text } from "../database/columns.ts";
import { actKinds } from "./worth.ts";

/** What a limit is for: one kind of acts, or all that have none of their own. */
export const limitKinds = [...actKinds, "any"] as const;
export type LimitKind = (typeof limitKinds)[number];

/** From where on an organisation's acts wait for a second person. */
@Entity("approval_limits")
export class ApprovalLimitRow {
  /** A party's id; administration's account for the operator. */
  @AddressText({ primary: true })
  party!: string;

  @Text(10, { primary: true })
  kind!: LimitKind;

  /** The currency's token; the zero address for acts of this kind whatever they are worth. */
  @AddressText({ primary: true })
  currency!: string;

  /** Minor units: what is worth more waits. */
  @Amount()
  amount!: bigint;
}
