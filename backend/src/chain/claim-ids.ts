import {
  ParamType,
  dataSlice,
  encodeBytes32String,
  isHexString,
  keccak256,
  toBeHex,
  toBigInt,
  type BigNumberish,
} from "ethers";
import type { OrderTermsStruct } from "../../../typechain-types/order/PurchaseOrders.ts";
import { interfaces } from "./contracts.ts";
import type { ContractName } from "./deployment.ts";

/** An order's terms as the contracts take them. */
export type OrderTerms = OrderTermsStruct;

const kinds = {
  order: encodeBytes32String("sheaf.purchase-order"),
  receipt: encodeBytes32String("sheaf.warehouse-receipt"),
  receivable: encodeBytes32String("sheaf.receivable"),
} as const;

// A claim's id is a pure function of what it is: twins of the contracts' functions of the same names.

/** @param number 32 bytes */
export function orderIdOf(buyer: string, number: string, line: number): string {
  const params = inputsOf("PurchaseOrders", "orderId");
  return hashed([kind, ...params], [kinds.order, buyer, number, line]);
}

const termsHashParams = [ParamType.from("bytes16"), ParamType.from("bytes32")];

/** The hash of all terms, which the seller accepts: of the kind of goods, and of the details. */
export function termsHashOf(buyer: string, terms: OrderTerms): string {
  const goods = hashed(inputsOf("PurchaseOrders", "goodsOf"), [terms.item, terms.unit]);
  return hashed(termsHashParams, [dataSlice(goods, 0, 16), detailsHashOf(buyer, terms)]);
}

/** With goods it makes the hash of the terms: what proves that goods are of an order's kind. */
export function detailsHashOf(buyer: string, terms: OrderTerms): string {
  return hashed(inputsOf("PurchaseOrders", "hashDetails"), [buyer, terms]);
}

/** @param ticket 32 bytes */
export function receiptIdOf(warehouse: string, ticket: string): string {
  const params = inputsOf("WarehouseReceipts", "receiptId");
  return hashed([kind, ...params], [kinds.receipt, warehouse, ticket]);
}

/** The id of what is split off a receipt. */
export function childIdOf(parent: string, serial: number): string {
  const params = inputsOf("WarehouseReceipts", "childId");
  return hashed([kind, ...params], [kinds.receipt, toBigInt(parent), serial]);
}

export function receivableIdOf(order: string, delivery: number): string {
  const params = inputsOf("Receivables", "receivableId");
  return hashed([kind, ...params], [kinds.receivable, toBigInt(order), delivery]);
}

const kind = ParamType.from("bytes32");

function inputsOf(contract: ContractName, method: string): readonly ParamType[] {
  const fragment = interfaces[contract].getFunction(method);
  if (fragment === null) throw new Error(`${contract} has no function ${method}.`);
  return fragment.inputs;
}

function hashed(params: readonly ParamType[], values: readonly unknown[]): string {
  const words = params.map((param, index) => wordsOf(param, values[index])).join("");
  return keccak256(Buffer.from(words, "hex"));
}

/** The words of a value of a static type, as `abi.encode` has them: the hash of an order's terms is made for each order. */
function wordsOf(param: ParamType, value: unknown): string {
  if (param.components !== null) {
    const values = value as Readonly<Record<string, unknown>>;
    return param.components.map((member) => wordsOf(member, values[member.name])).join("");
  }
  const [, kind, size] = /^(uint|bytes|address)(\d*)$/.exec(param.type) ?? [];
  switch (kind) {
    case "uint":
      return toBeHex(value as BigNumberish, 32).slice(2);
    case "address":
      return String(value).slice(2).toLowerCase().padStart(64, "0");
    case "bytes":
      if (!isHexString(value, Number(size)))
        throw new Error(`${param.name} has not ${size} bytes.`);
      return value.slice(2).padEnd(64, "0");
    default:
      throw new Error(`${param.type} is of no static type that ids are made of.`);
  }
}
