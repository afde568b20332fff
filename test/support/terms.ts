import { encodeBytes32String, hexlify, toUtf8Bytes, ZeroAddress, ZeroHash } from "ethers";
import { civilDay, day } from "./chain.ts";
import type { Sheaf } from "./sheaf.ts";
import type { FacilityTermsStruct } from "../../typechain-types/facility/IFacilities.ts";
import type { OrderTermsStruct } from "../../typechain-types/order/IPurchaseOrders.ts";
import type { ReceiptTermsStruct } from "../../typechain-types/warehouse/IWarehouseReceipts.ts";

export const text = encodeBytes32String;
export const kilogram = hexlify(toUtf8Bytes("KGM"));
/** As the payee of a drawdown: the borrower's own payout account. */
export const ownAccount = ZeroAddress;
/** As the details of an order, at a weighing that is no return. */
export const noOrder = ZeroHash;

/** 20,000.000 kg at 6.5000: 130,000.00. */
const orderQuantity = 20_000_000n;
export const orderValue = 130_000_00n;

export function orderTerms(
  sheaf: Sheaf,
  changes: Partial<OrderTermsStruct> = {},
): OrderTermsStruct {
  return {
    number: text("PO-2026-1"),
    line: 1n,
    seller: sheaf.cooperative.address,
    arbiter: sheaf.arbiter.address,
    currency: sheaf.currency,
    item: text("RICE"),
    unit: kilogram,
    quantity: orderQuantity,
    unitPrice: 650_00n,
    deliverBy: BigInt(day(60)),
    paymentDays: 30n,
    inspectionDays: 3n,
    termsRoot: text("order terms"),
    ...changes,
  };
}

export function receiptTerms(
  sheaf: Sheaf,
  changes: Partial<ReceiptTermsStruct> = {},
): ReceiptTermsStruct {
  return {
    ticket: text("T-1"),
    depositor: sheaf.cooperative.address,
    item: text("RICE"),
    unit: kilogram,
    lot: text("LOT-1"),
    quantity: 8_000_000n,
    lossAllowanceBps: 100n,
    termsRoot: text("receipt terms"),
    order: 0n,
    delivery: 0n,
    ...changes,
  };
}

/** 60 % on the order, 70 % in store, 85 % of what is owed; 4.52 % a year on 360 days for 90 days. */
export function facilityTerms(
  sheaf: Sheaf,
  changes: Partial<FacilityTermsStruct> = {},
): FacilityTermsStruct {
  return {
    number: text("F-1"),
    borrower: sheaf.cooperative.address,
    buyer: sheaf.buyer.address,
    currency: sheaf.currency,
    limit: 500_000_00n,
    orderAdvanceBps: 6000n,
    storedAdvanceBps: 7000n,
    acceptedAdvanceBps: 8500n,
    rateBps: 452n,
    penaltyRateBps: 678n,
    dayBasis: 360n,
    tenorDays: 90n,
    graceDays: 5n,
    sweepBps: 0n,
    expiresDay: civilDay(360),
    payee: sheaf.lender.address,
    depositary: ZeroAddress,
    approvedPayees: [],
    ...changes,
  };
}
