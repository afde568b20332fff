import type { Contract, Interface } from "ethers";
import { day, onDay } from "./chain.ts";
import { deliver, despatch, makeOrder, openFacility } from "./scenes.ts";
import { admittedParties, openingCash, type Sheaf } from "./sheaf.ts";
import { ownAccount, text } from "./terms.ts";
import { act, deployTestContract } from "./test-contract.ts";

type Party = "buyer" | "cooperative" | "otherLender";

/** What one party calls. */
export interface Call {
  readonly by: Party;
  readonly contract: "orders" | "deliveries" | "receivables" | "facilities";
  readonly method: string;
  readonly values: readonly unknown[];
}

/**
 * Orders in a currency that calls back, on day 30, when each has 65,000.00 due of its first delivery, 2,000.000 kg
 * delivered to a silent buyer and 1,000.000 kg on the way; buyer, cooperative and another lender sign by contracts that
 * the currency can act through.
 */
export interface ReentrantTrade extends Sheaf {
  readonly token: Contract;
  readonly facility: bigint;
  /** 20,000.00 lent on each; the first two are paid in 30 days, the third on acceptance. */
  readonly order: bigint;
  readonly other: bigint;
  readonly cash: bigint;
  /** Nothing lent. */
  readonly free: bigint;
  readonly keys: Readonly<Record<Party, Contract>>;
}

export const lent = 20_000_00n;

export async function reentrantTrade(): Promise<ReentrantTrade> {
  const scene = await earlyReentrantTrade();
  await onDay(30);
  return scene;
}

/** On day 2, when the buyer may still contest. */
export async function earlyReentrantTrade(): Promise<ReentrantTrade> {
  const sheaf = await admittedParties();
  const { admin, cooperative, lender, addresses, stranger } = sheaf;
  const token = await deployTestContract("currencies/ReentrantCurrency.sol");
  const currency = await token.getAddress();
  await admin.currencies.approveCurrency(currency);
  const provide = async (account: string): Promise<void> => {
    await act(token, "mint", account, openingCash);
    for (const spender of [addresses.receivables, addresses.facilities])
      await act(token, "allow", account, spender, openingCash);
  };
  await provide(lender.address);
  await onDay(0);
  const facility = await openFacility(sheaf, { number: text("F-RE"), currency });
  const orders: bigint[] = [];
  for (const line of [1n, 2n, 3n, 4n]) {
    const paymentDays = line === 3n ? 0n : 30n;
    const terms = { number: text("PO-RE"), line, currency, paymentDays };
    const order = await makeOrder(sheaf, terms);
    if (line !== 4n) await cooperative.facilities.drawDown(facility, order, lent, 0n, ownAccount);
    if (line !== 3n) await deliver(sheaf, order, 1n, 10_000_000n);
    else await despatch(sheaf, order, 1n, 10_000_000n);
    for (const [number, quantity] of [
      [2n, 2_000_000n],
      [3n, 1_000_000n],
    ] as const)
      await despatch(sheaf, order, number, quantity);
    orders.push(order);
  }
  const keys = {
    buyer: await deployTestContract("currencies/PartyAccount.sol"),
    cooperative: await deployTestContract("currencies/PartyAccount.sol"),
    otherLender: await deployTestContract("currencies/PartyAccount.sol"),
  };
  for (const [party, key] of Object.entries(keys))
    await admin.parties.proposeKey(sheaf[party as Party].address, await key.getAddress());
  await onDay(2);
  for (const [party, key] of Object.entries(keys)) {
    await stranger.parties.replaceKey(sheaf[party as Party].address);
    await provide(await key.getAddress());
  }
  const [order, other, cash, free] = orders;
  return {
    ...sheaf,
    currency,
    token,
    facility,
    order: order!,
    other: other!,
    cash: cash!,
    free: free!,
    keys,
  };
}

/** The call as the party's key makes it: where to send it, and the words. */
export async function direct(
  { contracts, addresses, keys }: ReentrantTrade,
  { by, contract, method, values }: Call,
): Promise<readonly [key: string, words: string]> {
  const abi: Interface = contracts[contract].interface;
  const words = abi.encodeFunctionData(method, values);
  const key = keys[by];
  return [
    await key.getAddress(),
    key.interface.encodeFunctionData("act", [addresses[contract], words]),
  ];
}

export const never = BigInt(day(300));
