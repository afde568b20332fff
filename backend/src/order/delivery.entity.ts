import { Entity, Index } from "typeorm";
import { AddressText, Amount, Flag, IdText, Integer, Seconds, Text } from "../database/columns.ts";

export const deliveryStatuses = ["Open", "Recalled", "Accepted"] as const;
export type DeliveryStatus = (typeof deliveryStatuses)[number];

/** A delivery under an order. Quantities in thousandths. */
@Entity("deliveries")
@Index("deliveries_receipt", ["receipt"])
export class DeliveryRow {
  @IdText({ primary: true })
  order!: string;

  /** From 1, within the order. */
  @Integer({ primary: true })
  number!: number;

  /** The receipt that the goods left; null straight from the field. */
  @IdText({ nullable: true })
  receipt!: string | null;

  @Amount()
  quantity!: bigint;

  /** The stated arrival. */
  @Seconds()
  arrivesBy!: number;

  @Text(8)
  status!: DeliveryStatus;

  @Amount()
  accepted!: bigint;

  @Amount()
  rejected!: bigint;

  /** Of what was rejected: weighed in again. */
  @Amount()
  returned!: bigint;

  /** By silence. */
  @Flag()
  deemed!: boolean;

  /** Minor units that are owed for it. */
  @Amount()
  amount!: bigint;

  @AddressText()
  despatchedBy!: string;

  @Seconds()
  despatchedAt!: number;

  /** When it was accepted or recalled. */
  @Seconds({ nullable: true })
  answeredAt!: number | null;

  @IdText()
  transaction!: string;
}
