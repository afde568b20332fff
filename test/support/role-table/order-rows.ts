import { orderTerms } from "../terms.ts";
import { anyone, each, only, originates, row, type Row } from "./row.ts";
import { deadline, nonce } from "./stage.ts";

const farAway = 2n ** 40n - 1n;
const nobodys = each("NotTransferable");

/** Claims move by the acts of the trade alone. */
export const claimRows: readonly Row[] = (["orders", "receipts", "receivables"] as const).flatMap(
  (contract) => [
    row(`${contract}.approve`, nobodys, (s) => [s.nobody.address, s[claims[contract]]]),
    row(`${contract}.setApprovalForAll`, nobodys, (s) => [s.nobody.address, true]),
    ...[
      "transferFrom",
      "safeTransferFrom(address,address,uint256)",
      "safeTransferFrom(address,address,uint256,bytes)",
    ].map((name) =>
      row(`${contract}.${name}`, nobodys, (s) => [
        s.cooperative.address,
        s.nobody.address,
        s[claims[contract]],
        ...(name.endsWith("bytes)") ? ["0x"] : []),
      ]),
    ),
  ],
);

const claims = { orders: "order", receipts: "free", receivables: "receivable" } as const;

export const orderRows: readonly Row[] = [
  row("orders.issue", only("buyer", "otherBuyer"), (s) => [orderTerms(s, { line: 9n })], {
    standing: originates,
  }),
  row("orders.issueMany", only("buyer", "otherBuyer"), (s) => [[orderTerms(s, { line: 9n })]], {
    standing: originates,
  }),
  row(
    "orders.issueAccepted",
    { ...only("buyer"), otherBuyer: "InvalidSignature" },
    (s) => [s.accepted.terms, nonce, deadline, s.accepted.signature],
    { standing: originates },
  ),
  row("orders.accept", only("cooperative"), (s) => [s.issued, s.issuedTermsHash], {
    standing: originates,
  }),
  row("orders.cancel", only("buyer", "cooperative"), (s) => [s.issued], {
    about: "before acceptance",
  }),
  row("orders.cancel", only("buyer", "cooperative"), (s) => [s.sold], {
    about: "after acceptance",
  }),
  row("orders.lapse", only("buyer"), (s) => [s.order], { in: "late" }),
  row("orders.record", only("deliveries", "receipts", "receivables"), (s) => [
    s.order,
    s.packed.counters,
  ]),
];

export const deliveryRows: readonly Row[] = [
  row("deliveries.despatch", only("cooperative"), (s) => [s.order, 4n, 0n, 1_000n, farAway], {
    about: "from the field",
  }),
  row(
    "deliveries.despatch",
    only("cooperative"),
    (s) => [s.order, 4n, s.receipt, 1_000n, farAway],
    { about: "from a receipt" },
  ),
  row("deliveries.despatchAndAccept", only("buyer"), (s) => [
    s.order,
    4n,
    s.receipt,
    1_000n,
    nonce,
    deadline,
    s.release,
  ]),
  row("deliveries.recall", only("warehouse"), (s) => [s.order, 2n, s.receipt], {
    about: "of a despatch from a receipt",
  }),
  row("deliveries.recall", only("cooperative"), (s) => [s.order, 3n, 0n], {
    about: "of a despatch from the field",
  }),
  row("deliveries.accept", only("buyer"), (s) => [s.order, 2n, s.receipt, 1n]),
  row("deliveries.deemAccepted", anyone, (s) => [s.order, 3n, 0n], { in: "late" }),
  row("deliveries.recordReturn", only("receipts"), (s) => [s.order, 1n, s.free, 0n]),
];
