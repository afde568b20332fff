import { noOrder, receiptTerms, text } from "../terms.ts";
import { authorityRow } from "./party-rows.ts";
import { administered, only, originates, row, type Row } from "./row.ts";

export const receiptRows: readonly Row[] = [
  row("receipts.setCapacity", administered, (s) => [s.warehouse.address, 1n]),
  authorityRow("receipts"),
  row(
    "receipts.issue",
    only("warehouse", "otherWarehouse"),
    (s) => [receiptTerms(s, { ticket: text("T-9") }), noOrder],
    { standing: originates },
  ),
  row("receipts.earmark", only("cooperative"), (s) => [s.free, s.order, s.details]),
  row("receipts.unearmark", only("cooperative"), (s) => [s.spare]),
  row("receipts.consentToRelease", only("lender"), (s) => [s.spare]),
  row("receipts.split", only("cooperative"), (s) => [s.free, 1n, 1n]),
  row("receipts.merge", only("cooperative"), (s) => [s.free, s.alike]),
  row("receipts.endorse", only("cooperative"), (s) => [s.free, s.otherBuyer.address]),
  row("receipts.withdraw", only("cooperative"), (s) => [s.free, 1n]),
  row("receipts.shrink", only("warehouse"), (s) => [s.receipt, 1n]),
  row("receipts.despatch", only("deliveries"), (s) => [
    s.receipt,
    s.order,
    s.numbers.cooperative,
    1n,
  ]),
  row("receipts.recall", only("deliveries"), (s) => [s.receipt, s.numbers.warehouse, 1n]),
  row("receipts.release", only("deliveries"), (s) => [s.receipt, 1n]),
];
