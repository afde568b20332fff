import { Entity, Index } from "typeorm";
import { AddressText, Amount, IdText, Integer, Seconds, Text } from "../database/columns.ts";

/** `Fulfilled` is derived from `Accepted`: see `orderStatus`. */
export type StoredOrderStatus = "Issued" | "Accepted" | "Cancelled" | "Lapsed";

/** A purchase order: its terms, and how it stands. Quantities in thousandths, money in minor units. */
@Entity("orders")
@Index("orders_buyer_number", ["buyer", "number"])
@Index("orders_seller", ["seller"])
@Index("orders_arbiter", ["arbiter"])
@Index("orders_block_logIndex", ["block", "logIndex"])
export class OrderRow {
  @IdText({ primary: true })
  id!: string;

  @Text(32)
  number!: string;

  /** Up to 2³² − 1, which an integer column of PostgreSQL does not hold. */
  @Seconds()
  line!: number;

  @AddressText()
  buyer!: string;

  @AddressText()
  seller!: string;

  @AddressText()
  arbiter!: string;

  /** The token. */
  @AddressText()
  currency!: string;

  @Text(32)
  itemCode!: string;

  @Text(3)
  unit!: string;

  /** As agreed: what the terms' hash is over. */
  @Amount()
  orderedQuantity!: bigint;

  /** What the order is for now: cancelling and lapsing end the undelivered rest. */
  @Amount()
  quantity!: bigint;

  /** Hundredths of a minor unit. */
  @Amount()
  unitPrice!: bigint;

  /** The last second on which undelivered quantity counts. */
  @Seconds()
  deliverBy!: number;

  @Integer()
  paymentDays!: number;

  @Integer()
  inspectionDays!: number;

  @IdText()
  termsRoot!: string;

  @IdText()
  termsHash!: string;

  @Text(9)
  status!: StoredOrderStatus;

  @Amount()
  accepted!: bigint;

  /** In open deliveries. */
  @Amount()
  pending!: bigint;

  /** In live receipts that are earmarked for it. */
  @Amount()
  stored!: bigint;

  /** Unpaid and uncontested receivables that are not overdue and were not deemed accepted. */
  @Amount()
  owed!: bigint;

  @Integer()
  overdueCount!: number;

  /** Number of the last delivery. */
  @Integer()
  deliveries!: number;

  /** Who asked to cancel it after acceptance; the other side's call does it. */
  @AddressText({ nullable: true })
  cancellationBy!: string | null;

  /** `deliveries` then: a despatch makes the request void. */
  @Integer({ nullable: true })
  cancellationAt!: number | null;

  @Seconds()
  issuedAt!: number;

  @Seconds({ nullable: true })
  acceptedAt!: number | null;

  /** When it was cancelled or lapsed. */
  @Seconds({ nullable: true })
  endedAt!: number | null;

  /** The one that issued it, with its block and its place in the block. */
  @IdText()
  transaction!: string;

  @Integer()
  block!: number;

  @Integer()
  logIndex!: number;
}
