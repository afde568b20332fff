import { deadline, nonce, type Stage } from "./role-table/stage.ts";
import { facilityTerms, noOrder, orderTerms, ownAccount, receiptTerms, text } from "./terms.ts";

type Act = (stage: Stage) => Promise<unknown>;

/** Every act that makes a new claim, agreement or debt, as its rightful party does it on the stage. */
export const originatingActs: Readonly<Record<string, Act>> = {
  "issuing an order": (s) => s.buyer.orders.issue(orderTerms(s, { line: 9n })),
  "issuing many orders": (s) => s.buyer.orders.issueMany([orderTerms(s, { line: 9n })]),
  "issuing an order with its acceptance": ({ buyer, accepted }) =>
    buyer.orders.issueAccepted(accepted.terms, nonce, deadline, accepted.signature),
  "accepting an order": (s) => s.cooperative.orders.accept(s.issued, s.issuedTermsHash),
  "issuing a receipt": (s) =>
    s.warehouse.receipts.issue(receiptTerms(s, { ticket: text("T-9") }), noOrder),
  "opening a facility": (s) => s.lender.facilities.open(facilityTerms(s, { number: text("F-9") })),
  "drawing down": (s) =>
    s.cooperative.facilities.drawDown(s.facility, s.order, 1_00n, 1n, ownAccount),
  "buying a receivable": ({ lender, assignment }) =>
    lender.receivables.assign(assignment.terms, assignment.signature),
};
