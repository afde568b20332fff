import type { Contract } from "ethers";
import { onDay } from "./chain.ts";
import { deliver, makeOrder, openFacility, type OwedOrder } from "./scenes.ts";
import { admittedParties, openingCash } from "./sheaf.ts";
import { ownAccount, text } from "./terms.ts";
import { act, deployTestContract } from "./test-contract.ts";

/** An order financed and half delivered in a currency that plays no fair game; honest until told otherwise. */
export interface HostileTrade extends OwedOrder {
  readonly token: Contract;
}

export async function hostileTrade(): Promise<HostileTrade> {
  const sheaf = await admittedParties();
  const token = await deployHostileCurrency();
  const currency = await token.getAddress();
  await sheaf.admin.currencies.approveCurrency(currency);
  for (const { address } of [sheaf.buyer, sheaf.cooperative, sheaf.lender]) {
    await act(token, "mint", address, openingCash);
    for (const spender of [sheaf.addresses.receivables, sheaf.addresses.facilities])
      await act(token, "allow", address, spender, openingCash);
  }
  await onDay(0);
  const facility = await openFacility(sheaf, { number: text("F-BAD"), currency });
  const order = await makeOrder(sheaf, { number: text("PO-BAD"), currency });
  await sheaf.cooperative.facilities.drawDown(facility, order, 50_000_00n, 0n, ownAccount);
  await deliver(sheaf, order, 1n, 10_000_000n);
  const receivable = await sheaf.contracts.receivables.receivableId(order, 1);
  return { ...sheaf, currency, token, facility, order, receivable };
}

export function deployHostileCurrency(): Promise<Contract> {
  return deployTestContract("currencies/HostileCurrency.sol");
}
