import { loanStatuses } from "../../../backend/src/lien/loan-status.ts";
import { receivableStatuses } from "../../../backend/src/receivable/receivable-status.ts";
import { readDateText, readMoneyText, readQuantityText } from "../../reading/amount-place.ts";
import type { Fields, Place } from "../../reading/json-place.ts";
import { checkDeclared, type DeclaredNames, readDeclared } from "./declared-names.ts";
import {
  type Expectation,
  type LoanState,
  type OrderState,
  partyNames,
  type ReceiptState,
  type ReceivableState,
} from "../story.ts";

const orderStatuses = ["Accepted", "Fulfilled", "Cancelled", "Lapsed"] as const;

export function readExpectation(place: Place, names: DeclaredNames): Expectation {
  const fields = place.object(["cash", "facilities", "receipts", "orders"], ["error"]);
  const { facilities, orders } = names;
  return {
    error: fields.has("error") ? fields.get("error").text() : null,
    state: {
      cash: readRecord(fields.get("cash"), readMoneyText, (name, amount) => {
        if (!partyNames.some((party) => party === name)) amount.fault("unknown party");
      }),
      facilities: readRecord(fields.get("facilities"), readDrawn, (name, facility) => {
        checkDeclared(name, facility, "facility", facilities);
      }),
      receipts: readRecord(fields.get("receipts"), (receipt) => readReceipt(receipt, names)),
      orders: readRecord(
        fields.get("orders"),
        (order) => readOrderState(order, names),
        (name, order) => {
          checkDeclared(name, order, "order", orders);
        },
      ),
    },
  };
}

function readDrawn(place: Place): { drawn: string } {
  return { drawn: readMoneyText(place.object(["drawn"]).get("drawn")) };
}

function readReceipt(place: Place, names: DeclaredNames): ReceiptState {
  const fields = place.object(["quantity"], ["order"]);
  const quantity = readQuantityText(fields.get("quantity"));
  if (!fields.has("order")) return { quantity };
  return { quantity, order: readDeclared(fields.get("order"), "order", names.orders) };
}

function readOrderState(place: Place, names: DeclaredNames): OrderState {
  const counters = ["stored", "pending", "accepted"];
  const rest = ["status", "loan", "borrowingBase", "availability", "receivables"];
  const fields = place.object([...counters, ...rest]);
  const byFacility = (name: string) =>
    readRecord(fields.get(name), readMoneyText, (facility, amount) => {
      checkDeclared(facility, amount, "facility", names.facilities);
    });
  return {
    status: fields.get("status").oneOf(orderStatuses) ?? "",
    stored: readQuantityText(fields.get("stored")),
    pending: readQuantityText(fields.get("pending")),
    accepted: readQuantityText(fields.get("accepted")),
    loan: readLoan(fields.get("loan"), names),
    borrowingBase: byFacility("borrowingBase"),
    availability: byFacility("availability"),
    receivables: readRecord(fields.get("receivables"), readReceivable, (number, receivable) => {
      if (!/^[1-9]\d{0,4}$/.test(number)) receivable.fault("expected the number of a delivery");
    }),
  };
}

function readLoan(place: Place, names: DeclaredNames): LoanState {
  const isNone = place.field("status").value === "None";
  const terms = isNone ? [] : ["facility", "maturityDate"];
  const fields = place.object(["status", "principal", "interestDue", ...terms]);
  const debt = readDebt(fields);
  if (isNone) return debt;
  return {
    ...debt,
    facility: readDeclared(fields.get("facility"), "facility", names.facilities),
    maturityDate: readDateText(fields.get("maturityDate")),
  };
}

function readDebt(fields: Fields): LoanState {
  return {
    status: fields.get("status").oneOf(loanStatuses) ?? "",
    principal: readMoneyText(fields.get("principal")),
    interestDue: readMoneyText(fields.get("interestDue")),
  };
}

function readReceivable(place: Place): ReceivableState {
  const fields = place.object(["outstanding", "contested", "dueDate", "status"]);
  return {
    outstanding: readMoneyText(fields.get("outstanding")),
    contested: readMoneyText(fields.get("contested")),
    dueDate: readDateText(fields.get("dueDate")),
    status: fields.get("status").oneOf(receivableStatuses) ?? "",
  };
}

function readRecord<Value>(
  place: Place,
  read: (place: Place) => Value,
  checkKey?: (name: string, place: Place) => void,
): Record<string, Value> {
  return Object.fromEntries(
    place.entries().map(([name, value]) => {
      checkKey?.(name, value);
      return [name, read(value)];
    }),
  );
}
