import { getAddress, type Contract } from "ethers";
import { onDay } from "./chain.ts";
import { deliver, makeOrder, openFacility, type OwedOrder } from "./scenes.ts";
import { admittedParties, openingCash, type Actor } from "./sheaf.ts";
import { ownAccount, text } from "./terms.ts";
import { act, ask, deployTestContract } from "./test-contract.ts";

/** How a transfer that touches a frozen account ends. */
export const refusals = { reverts: 0n, answersFalse: 1n, burnsAllGas: 2n } as const;

/** Where the depositary is paid. */
export const vault = getAddress(`0x${"de".repeat(20)}`);

/** An order half delivered, 65,000.00 owed for it, in a currency whose issuer freezes accounts. */
export interface FreezingTrade extends OwedOrder {
  readonly token: Contract;
  /** The party that takes the lender's money when the lender cannot; paid at `vault`. */
  readonly depositary: Actor;
}

/** 50,000.00 lent; the facility has a depositary. */
export function freezingTrade(): Promise<FreezingTrade> {
  return build(true, true);
}

/** 50,000.00 lent; no depositary. */
export function freezingTradeWithoutDepositary(): Promise<FreezingTrade> {
  return build(true, false);
}

/** Nothing lent. */
export function freezingTradeWithoutLoan(): Promise<FreezingTrade> {
  return build(false, false);
}

async function build(lent: boolean, deposited: boolean): Promise<FreezingTrade> {
  const sheaf = await admittedParties();
  const token = await deployTestContract("currencies/FreezingCurrency.sol");
  const currency = await token.getAddress();
  await sheaf.admin.currencies.approveCurrency(currency);
  for (const { address } of [sheaf.buyer, sheaf.cooperative, sheaf.lender, sheaf.otherLender]) {
    await act(token, "mint", address, openingCash);
    for (const spender of [sheaf.addresses.receivables, sheaf.addresses.facilities])
      await act(token, "allow", address, spender, openingCash);
  }
  const depositary = sheaf.otherWarehouse;
  await depositary.parties.setPayoutAccount(vault);
  await onDay(0);
  const terms = { number: text("F-FRZ"), currency };
  const facility = await openFacility(
    sheaf,
    deposited ? { ...terms, depositary: depositary.address } : terms,
  );
  const order = await makeOrder(sheaf, { number: text("PO-FRZ"), currency });
  if (lent)
    await sheaf.cooperative.facilities.drawDown(facility, order, 50_000_00n, 0n, ownAccount);
  await deliver(sheaf, order, 1n, 10_000_000n);
  const receivable = await sheaf.contracts.receivables.receivableId(order, 1);
  return { ...sheaf, currency, token, depositary, facility, order, receivable };
}

export function freeze({ token }: FreezingTrade, account: string): Promise<void> {
  return act(token, "freeze", account, true);
}

export function thaw({ token }: FreezingTrade, account: string): Promise<void> {
  return act(token, "freeze", account, false);
}

/** What an act brings each account, in minor units. */
export async function gainsOf(
  { token }: FreezingTrade,
  accounts: readonly string[],
  doIt: () => Promise<unknown>,
): Promise<bigint[]> {
  const read = (): Promise<bigint[]> =>
    Promise.all(accounts.map((account) => ask<bigint>(token, "balanceOf", account)));
  const before = await read();
  await doIt();
  const after = await read();
  return after.map((balance, index) => balance - before[index]!);
}
