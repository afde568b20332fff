import { facilityTerms, orderTerms, ownAccount, text } from "../terms.ts";
import { authorityRow } from "./party-rows.ts";
import {
  administered,
  anyone,
  contractCallers,
  each,
  only,
  originates,
  row,
  those,
  type Row,
} from "./row.ts";
import { deadline, permitted, type Stage } from "./stage.ts";

function permit({ permit: { v, r, s } }: Stage): readonly unknown[] {
  return [permitted, deadline, v, r, s];
}

export const receivableRows: readonly Row[] = [
  row("receivables.confirm", only("deliveries"), (s) => [
    s.order,
    9n,
    s.numbers.cooperative,
    s.buyer.address,
    1n,
    1n,
    false,
  ]),
  row("receivables.pay", only("buyer"), (s) => [s.order, 1n, 1n, 65_000_00n]),
  row("receivables.collect", anyone, (s) => [s.order, 1n], { in: "late" }),
  row("receivables.contest", only("buyer"), (s) => [s.sold, 2n, 1n]),
  row("receivables.rule", only("arbiter"), (s) => [s.order, 1n, 1n, orderTerms(s)]),
  row("receivables.assign", only("lender"), (s) => [s.assignment.terms, s.assignment.signature], {
    standing: originates,
  }),
  row("receivables.permit", anyone, (s) => [s.currency, s.buyer.address, ...permit(s)]),
  row("receivables.multicall", anyone, () => [[]]),
];

/** Contracts hold no money. */
const withMoney = each("allowed", those(contractCallers, "PayerFundsUnavailable"));

export const facilityRows: readonly Row[] = [
  row(
    "facilities.open",
    only("lender", "otherLender"),
    (s) => [facilityTerms(s, { number: text("F-9") })],
    { standing: originates },
  ),
  row("facilities.lowerLimit", only("lender"), (s) => [s.facility, 1n]),
  row("facilities.suspend", only("lender"), (s) => [s.facility]),
  row("facilities.resume", only("lender"), (s) => [s.suspendedFacility]),
  row("facilities.close", only("lender"), (s) => [s.facility]),
  row("facilities.setPayee", only("lender"), (s) => [s.facility, s.nobody.address]),
  row("facilities.setDepositary", administered, (s) => [s.facility, s.otherLender.address]),
  row(
    "facilities.drawDown",
    only("cooperative"),
    (s) => [s.facility, s.order, 1n, 1n, ownAccount],
    { standing: originates },
  ),
  row("facilities.repay", withMoney, (s) => [s.order, 1n, 1n]),
  row("facilities.declareDefault", only("lender"), (s) => [s.order], { in: "late" }),
  row("facilities.writeOff", only("lender"), (s) => [s.order], { in: "defaulted" }),
  row("facilities.settle", only("receivables"), (s) => [
    s.order,
    1n,
    s.packed.agreed,
    s.packed.counters,
  ]),
  row("facilities.divert", only("receivables"), (s) => [s.facility, s.order, s.lender.address, 1n]),
  row("facilities.bringMaturityForward", only("orders"), (s) => [s.order, 1n]),
  authorityRow("facilities"),
  row("facilities.permit", anyone, (s) => [s.currency, s.buyer.address, ...permit(s)]),
  row("facilities.multicall", anyone, () => [[]]),
  row("deposits.permit", anyone, (s) => [s.buyer.address, s.addresses.receivables, ...permit(s)]),
];
