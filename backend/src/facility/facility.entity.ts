import { Entity, Index } from "typeorm";
import { AddressText, Amount, IdText, Integer, Json, Seconds, Text } from "../database/columns.ts";
import type { LoanMovement } from "./loan-movements.ts";

export const facilityStatuses = ["Open", "Suspended", "Closed"] as const;
export type FacilityStatus = (typeof facilityStatuses)[number];

/** A facility: its terms, and what runs. Money in minor units, rates and shares in basis points. */
@Entity("facilities")
@Index("facilities_lender", ["lender"])
@Index("facilities_borrower", ["borrower"])
@Index("facilities_block_logIndex", ["block", "logIndex"])
export class FacilityRow {
  @IdText({ primary: true })
  id!: string;

  @AddressText()
  lender!: string;

  /** The lender's agreement number. */
  @Text(32)
  number!: string;

  @AddressText()
  borrower!: string;

  @AddressText()
  buyer!: string;

  /** The token. */
  @AddressText()
  currency!: string;

  @Amount()
  limit!: bigint;

  @Integer()
  orderAdvanceBps!: number;

  @Integer()
  storedAdvanceBps!: number;

  @Integer()
  acceptedAdvanceBps!: number;

  @Integer()
  rateBps!: number;

  @Integer()
  penaltyRateBps!: number;

  /** 360 or 365. */
  @Integer()
  dayBasis!: number;

  @Integer()
  tenorDays!: number;

  @Integer()
  graceDays!: number;

  @Integer()
  sweepBps!: number;

  /** Last civil day on which it can be drawn. */
  @Integer()
  expiresDay!: number;

  /** Account where the lender is paid. */
  @AddressText()
  payee!: string;

  @AddressText({ nullable: true })
  depositary!: string | null;

  /** Accounts, besides the borrower's own, that a drawdown may be paid to. */
  @Json()
  approvedPayees!: string[];

  @Text(16)
  status!: FacilityStatus;

  /** Principal over all roots. */
  @Amount()
  drawn!: bigint;

  /** Roots whose loan is in default. */
  @Integer()
  defaults!: number;

  @Seconds()
  openedAt!: number;

  @IdText()
  transaction!: string;

  @Integer()
  block!: number;

  @Integer()
  logIndex!: number;
}

/** What has happened to the loans of a root. Money in minor units; 0 in the columns that its kind does not have. */
@Entity("loan_movements")
@Index("loan_movements_root", ["root"])
export class LoanMovementRow {
  @Integer({ primary: true })
  block!: number;

  @Integer({ primary: true })
  logIndex!: number;

  @IdText()
  root!: string;

  @IdText()
  facility!: string;

  @Text(24)
  kind!: LoanMovement["kind"];

  /** Who drew, paid or declared; null where a payment on a receivable or a lapse did it. */
  @AddressText({ nullable: true })
  by!: string | null;

  /** Drawn. */
  @Amount()
  amount!: bigint;

  @Amount()
  interest!: bigint;

  @Amount()
  principal!: bigint;

  @Integer({ nullable: true })
  maturityDay!: number | null;

  @Seconds()
  time!: number;

  @IdText()
  transaction!: string;
}
