import { Entity, Index } from "typeorm";
import { AddressText, Amount, Flag, IdText, Integer, Seconds } from "../database/columns.ts";

/** A receivable: what was confirmed, and how it stands. Money in minor units, days civil. */
@Entity("receivables")
@Index("receivables_order", ["order"])
@Index("receivables_debtor_dueDay", ["debtor", "dueDay"])
@Index("receivables_holder_dueDay", ["holder", "dueDay"])
@Index("receivables_block_logIndex", ["block", "logIndex"])
export class ReceivableRow {
  @IdText({ primary: true })
  id!: string;

  @IdText()
  order!: string;

  /** Number of the delivery that it is for. */
  @Integer()
  delivery!: number;

  @AddressText()
  holder!: string;

  @AddressText()
  debtor!: string;

  /** The token. */
  @AddressText()
  currency!: string;

  @Amount()
  amount!: bigint;

  /** Unpaid, contested included. */
  @Amount()
  outstanding!: bigint;

  @Amount()
  paid!: bigint;

  /** Held by an open contest. */
  @Amount()
  contested!: bigint;

  @Integer({ nullable: true })
  contestDay!: number | null;

  /** By how much a ruling has made it smaller. */
  @Amount()
  upheld!: bigint;

  @Integer()
  acceptedDay!: number;

  @Integer()
  dueDay!: number;

  @Flag()
  deemed!: boolean;

  @Flag()
  overdue!: boolean;

  /** Sold outright: it has left its order's root, and carries no lien. */
  @Flag()
  assigned!: boolean;

  @Seconds()
  confirmedAt!: number;

  @IdText()
  transaction!: string;

  @Integer()
  block!: number;

  @Integer()
  logIndex!: number;
}

/** A payment on a receivable, and how it was split. Money in minor units. */
@Entity("receivable_payments")
@Index("receivable_payments_receivable", ["receivable"])
export class ReceivablePaymentRow {
  @Integer({ primary: true })
  block!: number;

  @Integer({ primary: true })
  logIndex!: number;

  @IdText()
  receivable!: string;

  /** Who called: the debtor, or whoever collected; not always a party. */
  @AddressText()
  by!: string;

  @Amount()
  amount!: bigint;

  @Amount()
  toLender!: bigint;

  @Amount()
  toHolder!: bigint;

  /** By mandate rather than by the debtor itself. */
  @Flag()
  collected!: boolean;

  @Seconds()
  time!: number;

  @IdText()
  transaction!: string;
}
