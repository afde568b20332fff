import { Entity } from "typeorm";
import { IdText, Integer, Seconds } from "../database/columns.ts";

/** Each time that the read model was brought back to an earlier block: what processes that do not project go by. */
@Entity("reorganisations")
export class ReorganisationRow {
  /** Counts from 1. */
  @Integer({ primary: true })
  id!: number;

  /** The last block that stayed. */
  @Integer()
  block!: number;

  @IdText()
  hash!: string;

  @Seconds()
  time!: number;
}
