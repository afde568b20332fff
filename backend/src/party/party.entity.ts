import { Entity, Index } from "typeorm";
import { AddressText, Flag, Integer, Seconds, Text } from "../database/columns.ts";

@Entity("parties")
@Index("parties_key", ["key"])
export class PartyRow {
  @AddressText({ primary: true })
  id!: string;

  /** Its place in the register, from 1, up to 2³² − 1, which an integer column of PostgreSQL does not hold. */
  @Seconds()
  number!: number;

  @Text(200)
  name!: string;

  /** The account that signs for it, and whose approvals are its mandates. */
  @AddressText()
  key!: string;

  /** A key that administration proposes in its place; null for none. */
  @AddressText({ nullable: true })
  proposedKey!: string | null;

  /** When the proposed key may take the place: until then the party may veto it. */
  @Seconds({ nullable: true })
  proposedFrom!: number | null;

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

/** Whether originating is paused for all, or has ended for good. One row, once it has ever been. */
@Entity("origination")
export class OriginationRow {
  @Integer({ primary: true })
  id!: number;

  @Flag()
  paused!: boolean;

  @Flag()
  retired!: boolean;
}
