import { Entity, Index } from "typeorm";
import { AddressText, Amount, IdText, Integer, Seconds } from "../database/columns.ts";

/**
 * The debt on a root, which is its lien. A loan that is repaid keeps its facility, days and times until the next one
 * takes its place; a root that was only ever paid for has a revision and no facility.
 */
@Entity("loans")
@Index("loans_facility", ["facility"])
@Index("loans_lender", ["lender"])
export class LoanRow {
  @IdText({ primary: true })
  root!: string;

  @IdText({ nullable: true })
  facility!: string | null;

  @AddressText({ nullable: true })
  lender!: string | null;

  /** Minor units. */
  @Amount()
  principal!: bigint;

  /** Σ principal × bps × days − interest paid × 10,000 × day basis, up to `accruedDay`. */
  @Amount()
  numerator!: bigint;

  @Integer()
  accruedDay!: number;

  @Integer({ nullable: true })
  maturityDay!: number | null;

  @Integer({ nullable: true })
  sinceDay!: number | null;

  @Integer({ nullable: true })
  defaultedDay!: number | null;

  /** When the lender wrote it off in its own books, which forgives nothing. */
  @Seconds({ nullable: true })
  writtenOffAt!: number | null;

  /** Money acts on the root so far. */
  @Integer()
  revision!: number;

  @Seconds({ nullable: true })
  placedAt!: number | null;

  @Integer({ nullable: true })
  placedBlock!: number | null;

  @IdText({ nullable: true })
  placedIn!: string | null;

  @Seconds({ nullable: true })
  releasedAt!: number | null;

  @Integer({ nullable: true })
  releasedBlock!: number | null;

  @IdText({ nullable: true })
  releasedIn!: string | null;
}
