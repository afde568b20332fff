import { DomainError } from "../chain/domain-error.ts";
import type { Fault } from "../http/bad-input.ts";
import {
  LineCounter,
  requireFewEnough,
  textOfFile,
  type OrderField,
  type OrderSource,
} from "./order-source.ts";
import { priceOfOne } from "./ubl-price.ts";
import {
  attributeOf,
  elementsAt,
  parseXml,
  placeOf,
  textAt,
  textsAt,
  type XmlElement,
} from "./ubl-xml.ts";

const namespace = "urn:oasis:names:specification:ubl:schema:xsd:Order-2";

/**
 * Reads a UBL 2.x `Order`: every `cac:OrderLine` is one order. Elements are found by their local names.
 *
 * | Term | Taken from the first of these that is there |
 * |---|---|
 * | number, line | `Order/ID`, `LineItem/ID` |
 * | buyer, seller | `BuyerCustomerParty/Party`, `SellerSupplierParty/Party`: see `namesOf` |
 * | itemCode | `LineItem/Item/`: `StandardItemIdentification/ID`, `SellersItemIdentification/ID`, `BuyersItemIdentification/ID` |
 * | quantity, unit | `LineItem/Quantity` and its `unitCode` |
 * | unitPrice | `LineItem/Price/PriceAmount` ÷ `BaseQuantity` (1 where there is none) |
 * | currency | `PriceAmount`'s `currencyID`, `Order/DocumentCurrencyCode` |
 * | deliverBy | `Delivery/RequestedDeliveryPeriod/EndDate`, `Delivery/LatestDeliveryDate`: the line item's, then the order's |
 * | paymentDays | `PaymentTerms/SettlementPeriod/DurationMeasure` in `DAY` |
 *
 * A document says neither who the arbiter is nor how long an inspection takes: the request does.
 * @throws DomainError for a document that is none: those of `textOfFile` and `parseXml`, `NotAnOrder`, `TooManyOrders`
 */
export function readUblOrder(file: Uint8Array | string): OrderSource[] {
  const { name, root, text } = parseXml(textOfFile(file));
  if (name !== "Order" || !declaresUbl(root)) {
    throw new DomainError("NotAnOrder", { root: name, expected: `Order of ${namespace}` });
  }
  const lines = elementsAt(root, "OrderLine");
  if (lines.length === 0) throw new DomainError("NotAnOrder", { reason: "It has no OrderLine." });
  requireFewEnough(lines.length);
  const counter = new LineCounter(text);
  return lines.map((line, index) => orderOf(root, line, index, counter));
}

function orderOf(
  order: XmlElement,
  line: XmlElement,
  index: number,
  counter: LineCounter,
): OrderSource {
  const [item = ""] = elementsAt(line, "LineItem");
  const [quantity] = elementsAt(item, "Quantity");
  const price = priceOfOne(item);
  const payment = paymentDaysOf(order);
  const fields: Partial<Record<OrderField, unknown>> = {
    number: textAt(order, "ID"),
    line: integerIn(textAt(item, "ID")),
    currency: price.currency ?? textAt(order, "DocumentCurrencyCode"),
    itemCode: itemCodeOf(item),
    unit: attributeOf(quantity, "unitCode"),
    quantity: textAt(item, "Quantity"),
    unitPrice: price.amount,
    deliverBy: deliverByOf(item) ?? deliverByOf(order),
    paymentDays: payment.days,
  };
  const place = placeOf(line);
  return {
    index,
    line: place === undefined ? undefined : counter.lineOf(place),
    fields: Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)),
    named: {
      buyer: namesOf(order, "BuyerCustomerParty"),
      seller: namesOf(order, "SellerSupplierParty"),
    },
    faults: [...price.faults, ...payment.faults],
  };
}

/** Any prefix may stand for the namespace; a document without namespaces is taken at its word. */
function declaresUbl(root: XmlElement): boolean {
  if (typeof root === "string") return false;
  const declared = Object.entries(root).filter(([name]) => /^@_xmlns(:|$)/.test(name));
  return declared.length === 0 || declared.some(([, value]) => value === namespace);
}

/** What a party may be known by: `EndpointID`, `PartyIdentification/ID`, `PartyName/Name`, `RegistrationName`. */
function namesOf(order: XmlElement, role: string): readonly string[] {
  return [
    ["EndpointID"],
    ["PartyIdentification", "ID"],
    ["PartyName", "Name"],
    ["PartyLegalEntity", "RegistrationName"],
  ].flatMap((path) => textsAt(order, role, "Party", ...path));
}

function itemCodeOf(item: XmlElement): string | undefined {
  return ["Standard", "Sellers", "Buyers"]
    .map((whose) => textAt(item, "Item", `${whose}ItemIdentification`, "ID"))
    .find((code) => code !== undefined);
}

/** A date of XML Schema may end in a zone; a delivery day is a civil day of the deployment. */
function deliverByOf(holder: XmlElement): string | undefined {
  const date =
    textAt(holder, "Delivery", "RequestedDeliveryPeriod", "EndDate") ??
    textAt(holder, "Delivery", "LatestDeliveryDate");
  return date?.replace(/(?<=^\d{4}-\d{2}-\d{2})(Z|[+-]\d{2}:\d{2})$/, "");
}

function paymentDaysOf(order: XmlElement): {
  readonly days?: unknown;
  readonly faults: readonly Fault[];
} {
  const [duration] = elementsAt(order, "PaymentTerms", "SettlementPeriod", "DurationMeasure");
  if (duration === undefined) return { faults: [] };
  const unit = attributeOf(duration, "unitCode") ?? "DAY";
  if (unit === "DAY") {
    const days = textAt(order, "PaymentTerms", "SettlementPeriod", "DurationMeasure");
    return { days: integerIn(days), faults: [] };
  }
  const detail = `The settlement period is in ${unit}; it has to be in DAY`;
  return { faults: [{ pointer: "/paymentDays", detail }] };
}

/** A whole number as a number; any other text as it is, for the fault to show. */
export function integerIn(text: string | undefined): unknown {
  return text !== undefined && /^-?\d{1,15}$/.test(text) ? Number(text) : text;
}
