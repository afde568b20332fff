import { Entity, Index } from "typeorm";
import { AddressText, Amount, IdText, Integer, Seconds, Text } from "../database/columns.ts";

/** A warehouse receipt: what the ticket said, and how it stands. Quantities in thousandths. */
@Entity("receipts")
@Index("receipts_warehouse", ["warehouse"])
@Index("receipts_holder", ["holder"])
@Index("receipts_order", ["order"])
@Index("receipts_lot", ["lot"])
@Index("receipts_block_logIndex", ["block", "logIndex"])
export class ReceiptRow {
  @IdText({ primary: true })
  id!: string;

  /** The weigh ticket; of what was split off, its parent's. */
  @Text(32)
  ticket!: string;

  /** What it was split off from, and as which number; null for what was weighed in. */
  @IdText({ nullable: true })
  parent!: string | null;

  /** Up to 2³² − 1, which an integer column of PostgreSQL does not hold. */
  @Seconds({ nullable: true })
  serial!: number | null;

  @AddressText()
  warehouse!: string;

  @AddressText()
  depositor!: string;

  @AddressText()
  holder!: string;

  @Text(32)
  itemCode!: string;

  @Text(3)
  unit!: string;

  @Text(32)
  lot!: string;

  /** As the ticket says; of what was split off, what went. */
  @Amount()
  issuedQuantity!: bigint;

  /** In store now. */
  @Amount()
  quantity!: bigint;

  /** Weighed in; a split divides it as it divides the goods, a merge adds it up. */
  @Amount()
  weighed!: bigint;

  /** Recorded as lost so far; divided and added up likewise. */
  @Amount()
  lost!: bigint;

  /** Of what was lost: beyond the allowance, the warehouse's liability. */
  @Amount()
  liability!: bigint;

  @Integer()
  lossAllowanceBps!: number;

  /** Deliveries from it that the buyer has not answered. */
  @Integer()
  openDeliveries!: number;

  /** The order that it is earmarked for. */
  @IdText({ nullable: true })
  order!: string | null;

  /** The order and delivery that these goods came back from. */
  @IdText({ nullable: true })
  returnedOrder!: string | null;

  @Integer({ nullable: true })
  returnedDelivery!: number | null;

  /** What it was merged into when it was emptied. */
  @IdText({ nullable: true })
  mergedInto!: string | null;

  /** The facility whose lender let the holder take the earmark off: of the debt and the goods as they were then. */
  @IdText({ nullable: true })
  releaseConsent!: string | null;

  @IdText()
  termsRoot!: string;

  @Seconds()
  issuedAt!: number;

  @IdText()
  transaction!: string;

  @Integer()
  block!: number;

  @Integer()
  logIndex!: number;
}
