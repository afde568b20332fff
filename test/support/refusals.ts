import { expect } from "chai";
import { Contract, Interface, ZeroAddress, type Fragment, type InterfaceAbi } from "ethers";
import {
  Administration__factory,
  Currencies__factory,
  Deliveries__factory,
  DepositCurrency__factory,
  Facilities__factory,
  Parties__factory,
  PurchaseOrders__factory,
  Receivables__factory,
  WarehouseReceipts__factory,
} from "../../typechain-types/index.ts";

const abis: readonly InterfaceAbi[] = [
  Administration__factory.abi,
  Currencies__factory.abi,
  Deliveries__factory.abi,
  DepositCurrency__factory.abi,
  Facilities__factory.abi,
  Parties__factory.abi,
  PurchaseOrders__factory.abi,
  Receivables__factory.abi,
  WarehouseReceipts__factory.abi,
];
const errors = new Map<string, Fragment>();
for (const abi of abis)
  Interface.from(abi).forEachError((error) => errors.set(error.selector, error));

/** Every error of the house: a rule may be broken in another contract than the one that was called. */
export const everyError = new Contract(ZeroAddress, [...errors.values()]);

/** Expects the call to be refused by the rule `error`, with exactly these values. */
export async function expectRefusal(
  call: Promise<unknown>,
  error: string,
  ...values: unknown[]
): Promise<void> {
  await expect(call)
    .to.be.revertedWithCustomError(everyError, error)
    .withArgs(...values);
}
