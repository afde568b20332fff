import { readInstant, readMoney, readName, readQuantity } from "../../reading/amount-place.ts";
import { type DeclaredNames, readDeclared } from "./declared-names.ts";
import type { Fields, Place } from "../../reading/json-place.ts";
import { readExpectation } from "./read-expectation.ts";
import { type Act, partyNames, type Step } from "../story.ts";

const mostDeliveries = 0xffff;

/** The fields of each act beside `at`, `by`, `do` and `expect`. */
const actFields: Record<Act["do"], readonly string[]> = {
  drawDown: ["facility", "order", "amount"],
  suspendFacility: ["facility"],
  repay: ["order", "amount"],
  declareDefault: ["order"],
  lapse: ["order"],
  issueReceipt: ["receipt", "quantity"],
  earmark: ["receipt", "order"],
  unearmark: ["receipt"],
  split: ["receipt", "into", "quantity"],
  merge: ["receipt", "into"],
  withdraw: ["receipt", "quantity"],
  shrink: ["receipt", "quantity"],
  despatch: ["order", "delivery", "quantity", "arriveBy"],
  accept: ["order", "delivery", "quantity"],
  recall: ["order", "delivery"],
  deemAccepted: ["order", "delivery"],
  collect: ["order", "delivery"],
  pay: ["order", "delivery", "amount"],
  contest: ["order", "delivery", "amount"],
  rule: ["order", "delivery", "upheld"],
};
const acts = Object.keys(actFields) as Act["do"][];

/** A step; null, with the fault noted, if it does nothing that is known. */
export function readStep(place: Place, names: DeclaredNames): Step | null {
  const kind = place.field("do").oneOf(acts);
  if (kind === null) return null;
  const fields = place.object(
    ["at", "by", "do", "expect", ...actFields[kind], ...returned(place, kind)],
    kind === "despatch" ? ["receipt"] : [],
  );
  return {
    at: readInstant(fields.get("at")),
    by: fields.get("by").oneOf(partyNames) ?? "anyone",
    act: readAct(kind, fields, names),
    expect: readExpectation(fields.get("expect"), names),
  };
}

/** Goods that came back name their order and their delivery, or neither. */
function returned(place: Place, kind: Act["do"]): readonly string[] {
  const pair = ["order", "delivery"];
  const isReturn = pair.some((name) => place.field(name).value !== undefined);
  return kind === "issueReceipt" && isReturn ? pair : [];
}

function readAct(kind: Act["do"], fields: Fields, names: DeclaredNames): Act {
  const order = () => readDeclared(fields.get("order"), "order", names.orders);
  const facility = () => readDeclared(fields.get("facility"), "facility", names.facilities);
  const delivery = () => fields.get("delivery").integer(1, mostDeliveries);
  const ofDelivery = () => ({ order: order(), delivery: delivery() });
  const receipt = () => readName(fields.get("receipt"));
  const into = () => readName(fields.get("into"));
  const amount = () => readMoney(fields.get("amount"));
  const quantity = () => readQuantity(fields.get("quantity"));
  switch (kind) {
    case "drawDown":
      return { do: kind, facility: facility(), order: order(), amount: amount() };
    case "suspendFacility":
      return { do: kind, facility: facility() };
    case "repay":
      return { do: kind, order: order(), amount: amount() };
    case "declareDefault":
    case "lapse":
      return { do: kind, order: order() };
    case "issueReceipt": {
      const from = fields.has("order") ? ofDelivery() : null;
      return { do: kind, receipt: receipt(), quantity: quantity(), returned: from };
    }
    case "earmark":
      return { do: kind, receipt: receipt(), order: order() };
    case "unearmark":
      return { do: kind, receipt: receipt() };
    case "split":
      return { do: kind, receipt: receipt(), into: into(), quantity: quantity() };
    case "merge":
      return { do: kind, receipt: receipt(), into: into() };
    case "withdraw":
    case "shrink":
      return { do: kind, receipt: receipt(), quantity: quantity() };
    case "despatch": {
      const from = fields.has("receipt") ? receipt() : null;
      const arriveBy = readInstant(fields.get("arriveBy"));
      return { do: kind, ...ofDelivery(), receipt: from, quantity: quantity(), arriveBy };
    }
    case "accept":
      return { do: kind, ...ofDelivery(), quantity: quantity() };
    case "recall":
    case "deemAccepted":
    case "collect":
      return { do: kind, ...ofDelivery() };
    case "pay":
    case "contest":
      return { do: kind, ...ofDelivery(), amount: amount() };
    case "rule":
      return { do: kind, ...ofDelivery(), upheld: readMoney(fields.get("upheld")) };
  }
}
