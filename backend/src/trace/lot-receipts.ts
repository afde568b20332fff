import { formatQuantity } from "../http/decimal.ts";
import { ExactDecimal } from "../math/exact-decimal.ts";
import type { ReceiptRow } from "../warehouse/receipt.entity.ts";
import { Sums } from "./sums.ts";
import { measured, type Measure } from "./units.ts";

/** What the ledger has of a lot: what was weighed in, and what is in store now. */
export class LotReceipts {
  constructor(readonly rows: readonly ReceiptRow[]) {}

  get warehouses(): string[] {
    return [...new Set(this.rows.map(({ warehouse }) => warehouse))].sort();
  }

  /** Weighed in for the first time: not what was split off a receipt, nor what came back. */
  receipted(warehouse: string): Sums {
    const sums = new Sums();
    for (const row of this.rows) {
      const isFirst = row.parent === null && row.returnedOrder === null;
      if (isFirst && row.warehouse === warehouse) sums.add(inUnit(row.issuedQuantity, row));
    }
    return sums;
  }

  get inStore(): Sums {
    const sums = new Sums();
    for (const row of this.rows) sums.add(inUnit(row.quantity, row));
    return sums;
  }

  inStoreAt(warehouse: string): Sums {
    return new LotReceipts(this.rows.filter((row) => row.warehouse === warehouse)).inStore;
  }
}

function inUnit(thousandths: bigint, { unit }: ReceiptRow): Measure {
  return measured(ExactDecimal.of(formatQuantity(thousandths)), unit);
}
