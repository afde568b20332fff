import { Signature } from "ethers";
import { day, readOnDay } from "../chain.ts";
import { freshAccount } from "../keys.ts";
import {
  busyTrade,
  deliver,
  despatch,
  detailsOf,
  makeOrder,
  openFacility,
  store,
  type BusyTrade,
} from "../scenes.ts";
import { openingCash, type Actor } from "../sheaf.ts";
import { signPermit } from "../permits.ts";
import { signStatement } from "../signing.ts";
import { orderTerms, text } from "../terms.ts";
import { DepositCurrency__factory } from "../../../typechain-types/index.ts";
import type { OrderTermsStruct } from "../../../typechain-types/order/IPurchaseOrders.ts";
import type { AssignmentStruct } from "../../../typechain-types/receivable/IReceivables.ts";

/** A busy trade in which every act has something to act on, and everyone has money. */
export interface Stage extends BusyTrade {
  /** What has to be named with the order to earmark goods for it. */
  readonly details: string;
  /** Earmarked for the order, and still in store. */
  readonly spare: bigint;
  /** An order without a loan, of which two deliveries are owed. */
  readonly sold: bigint;
  readonly suspendedFacility: bigint;
  /** A currency that is not approved. */
  readonly newCurrency: string;
  /** No party and no office. */
  readonly nobody: Actor;
  /** An office that acts after a delay; it has scheduled this call. */
  readonly clerk: Actor;
  readonly scheduled: readonly [target: string, data: string];
  readonly accepted: { readonly terms: OrderTermsStruct; readonly signature: string };
  readonly release: string;
  readonly assignment: { readonly terms: AssignmentStruct; readonly signature: string };
  /** The buyer's permit for `Receivables`, over 1.00. */
  readonly permit: Signature;
  readonly numbers: { readonly cooperative: bigint; readonly warehouse: bigint };
  readonly packed: {
    readonly agreed: bigint;
    readonly counters: bigint;
    readonly loan: bigint;
  };
}

export const nonce = 7n;
export const deadline = BigInt(day(50));
export const permitted = 1_00n;

/** The first day: delivery 1 is accepted and contested, 2 is open from the receipt, 3 from the field. */
async function trade(): Promise<Stage> {
  const busy = await busyTrade();
  const { admin, stranger, arbiter, lender, buyer, cooperative, contracts, addresses } = busy;
  const { order, receipt } = busy;
  for (const { address, deposits } of [admin, stranger]) {
    await admin.deposits.mint(address, openingCash);
    await deposits.approve(addresses.facilities, openingCash);
  }
  await despatch(busy, order, 3n, 500_000n);
  const spare = await store(busy, order, { ticket: text("T-4"), quantity: 1_000_000n });
  const sold = await makeOrder(busy, { number: text("PO-SOLD") });
  await deliver(busy, sold, 1n, 1_000_000n);
  await deliver(busy, sold, 2n, 1_000_000n);
  const suspendedFacility = await openFacility(busy, { number: text("F-2") });
  await lender.facilities.suspend(suspendedFacility);
  const [nobody, next, clerk] = await Promise.all([0, 1, 2].map((i) => freshAccount(busy, i)));
  await admin.parties.proposeKey(arbiter.address, next!.address);
  await admin.administration.grantRole(4n, clerk!.address, 86_400n);
  const data = contracts.parties.interface.encodeFunctionData("setPaused", [true]);
  await clerk!.administration.schedule(addresses.parties, data, 0n);
  const currency = await new DepositCurrency__factory(admin.signer).deploy(
    "Deposit EUR",
    "EUR",
    addresses.administration,
  );

  const terms = orderTerms(busy, { line: 3n });
  const termsHash = await contracts.orders.hashTerms(buyer.address, terms);
  const assignment = {
    order: sold,
    delivery: 1n,
    assignee: lender.address,
    price: 6_400_00n,
    outstanding: 6_500_00n,
    nonce,
    deadline,
  };
  const { signer } = cooperative;
  const [agreed, counters] = await contracts.orders.packedOrder(order);
  return {
    ...busy,
    details: await detailsOf(busy, order),
    spare,
    sold,
    suspendedFacility,
    newCurrency: await currency.getAddress(),
    nobody: nobody!,
    clerk: clerk!,
    scheduled: [addresses.parties, data],
    accepted: {
      terms,
      signature: await signStatement(busy, "Acceptance", { termsHash, nonce, deadline }, signer),
    },
    release: await signStatement(
      busy,
      "Release",
      { order, number: 4n, receipt, quantity: 1_000n, nonce, deadline },
      signer,
    ),
    assignment: {
      terms: assignment,
      signature: await signStatement(busy, "Assignment", assignment, signer),
    },
    permit: await signPermit(busy, buyer, "receivables", permitted, deadline),
    numbers: {
      cooperative: await contracts.parties.numberOf(cooperative.address),
      warehouse: await contracts.parties.numberOf(busy.warehouse.address),
    },
    packed: { agreed, counters, loan: await contracts.liens.packedLoan(order) },
  };
}

/** 100 days on: the goods are late, the debt is due, the loan is past maturity and grace. */
async function late(): Promise<Stage> {
  const stage = await trade();
  await readOnDay(100);
  return stage;
}

async function defaulted(): Promise<Stage> {
  const stage = await late();
  await stage.lender.facilities.declareDefault(stage.order);
  return stage;
}

export const stages = { trade, late, defaulted } as const;
