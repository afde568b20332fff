import { Entity, Index } from "typeorm";
import { AddressText, Flag, Integer, Seconds, Text } from "../database/columns.ts";

@Entity("parties")
@Index("parties_key", ["key"])
export class PartyRow {
  @AddressText({ primary: true })
  id!: string;

  @Text(200)
  name!: string;

  /** The account that signs for it, and whose approvals are its mandates. */
  @AddressText()
  key!: string;

  /** Bits of the contracts' `ROLE_…`. */
  @Integer()
  roles!: number;

  @Flag()
  suspended!: boolean;

  @AddressText()
  payoutAccount!: string;

  @Seconds()
  admittedAt!: number;
}

/** Whether originating is paused for all. One row, once it has ever been. */
@Entity("origination")
export class OriginationRow {
  @Integer({ primary: true })
  id!: number;

  @Flag()
  paused!: boolean;
}
