import { Entity } from "typeorm";
import { AddressText, Amount } from "../database/columns.ts";

/** What a warehouse has been admitted for, and has on live receipts and open despatches. Thousandths. */
@Entity("capacities")
export class CapacityRow {
  @AddressText({ primary: true })
  warehouse!: string;

  @Amount()
  capacity!: bigint;

  @Amount()
  used!: bigint;
}
