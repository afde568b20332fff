import { expect } from "chai";
import { Interface, isError } from "ethers";
import { load } from "../support/chain.ts";
import { everyError } from "../support/refusals.ts";
import { busyTrade, type BusyTrade } from "../support/scenes.ts";
import type { Contracts } from "../../scripts/deploy/contracts.ts";
import type { Actor, Sheaf } from "../support/sheaf.ts";
import { facilityTerms, orderTerms, receiptTerms, text } from "../support/terms.ts";

type Who = Exclude<
  { [Key in keyof Sheaf]: Sheaf[Key] extends Actor ? Key : never }[keyof Sheaf],
  undefined
>;
interface Rule {
  readonly who: readonly Who[];
  readonly with: (scene: BusyTrade) => readonly unknown[];
}

const everyone: readonly Who[] = [
  "admin",
  "buyer",
  "cooperative",
  "warehouse",
  "lender",
  "arbiter",
  "otherBuyer",
  "otherCooperative",
  "otherWarehouse",
  "otherLender",
  "otherArbiter",
  "stranger",
];
const parties = everyone.filter((who) => who !== "admin" && who !== "stranger");
const refusals = new Set(["NotPermitted", "AccessManagedUnauthorized"]);

/** Functions of the standards that anyone may call about its own, or nobody at all, tested where they belong. */
const standards = new Set([
  "approve",
  "permit",
  "safeTransferFrom",
  "setApprovalForAll",
  "transfer",
  "transferFrom",
]);

/** Who may call what, with arguments that this one may use. */
const rules: Readonly<Record<string, Rule>> = {
  "parties.admit": { who: ["admin"], with: (s) => [s.stranger.address, 1n, "x"] },
  "parties.setRoles": { who: ["admin"], with: (s) => [s.buyer.address, 1n] },
  "parties.setSuspended": { who: ["admin"], with: (s) => [s.buyer.address, true] },
  "parties.setPaused": { who: ["admin"], with: () => [true] },
  "parties.setPayoutAccount": { who: parties, with: (s) => [s.stranger.address] },
  "parties.setAuthority": { who: [], with: (s) => [s.addresses.administration] },
  "currencies.approveCurrency": { who: ["admin"], with: (s) => [s.currency] },
  "currencies.setAuthority": { who: [], with: (s) => [s.addresses.administration] },
  "deposits.mint": { who: ["admin"], with: (s) => [s.buyer.address, 1n] },
  "deposits.setAuthority": { who: [], with: (s) => [s.addresses.administration] },
  "orders.issue": {
    who: ["buyer", "otherBuyer"],
    with: (s) => [orderTerms(s, { line: 9n })],
  },
  "orders.issueMany": {
    who: ["buyer", "otherBuyer"],
    with: (s) => [[orderTerms(s, { line: 9n })]],
  },
  "orders.accept": { who: ["cooperative"], with: (s) => [s.issued, s.issuedTermsHash] },
  "orders.cancel": { who: ["buyer", "cooperative"], with: (s) => [s.issued] },
  "orders.lapse": { who: ["buyer"], with: (s) => [s.order] },
  "orders.recordDespatch": { who: [], with: (s) => [s.order, 1n, 0n] },
  "orders.recordRecall": { who: [], with: (s) => [s.order, 1n, 0n] },
  "orders.recordAcceptance": { who: [], with: (s) => [s.order, 1n, 1n, 1n] },
  "orders.recordStored": { who: [], with: (s) => [s.order, 1n, 0n] },
  "orders.recordOwed": { who: [], with: (s) => [s.order, 1n, 0n] },
  "deliveries.despatch": {
    who: ["cooperative"],
    with: (s) => [s.order, 3n, 0n, 1_000n, 2n ** 40n - 1n],
  },
  "deliveries.recall": { who: ["warehouse"], with: (s) => [s.order, 2n] },
  "deliveries.accept": { who: ["buyer"], with: (s) => [s.order, 2n, 1n] },
  "deliveries.deemAccepted": { who: everyone, with: (s) => [s.order, 2n] },
  "deliveries.recordReturn": { who: [], with: (s) => [s.order, 1n, s.free, 0n] },
  "receipts.setCapacity": { who: ["admin"], with: (s) => [s.warehouse.address, 1n] },
  "receipts.setAuthority": { who: [], with: (s) => [s.addresses.administration] },
  "receipts.issue": {
    who: ["warehouse", "otherWarehouse"],
    with: (s) => [receiptTerms(s, { ticket: text("T-9") })],
  },
  "receipts.earmark": { who: ["cooperative"], with: (s) => [s.free, s.order] },
  "receipts.unearmark": { who: ["cooperative"], with: (s) => [s.receipt] },
  "receipts.consentToRelease": { who: ["lender"], with: (s) => [s.receipt] },
  "receipts.split": { who: ["cooperative"], with: (s) => [s.free, 1n, 1n] },
  "receipts.merge": { who: ["cooperative"], with: (s) => [s.free, s.alike] },
  "receipts.withdraw": { who: ["cooperative"], with: (s) => [s.free, 1n] },
  "receipts.shrink": { who: ["warehouse"], with: (s) => [s.receipt, 1n] },
  "receipts.despatch": {
    who: [],
    with: (s) => [s.receipt, s.order, s.cooperative.address, 1n],
  },
  "receipts.recall": { who: [], with: (s) => [s.receipt, s.warehouse.address, 1n] },
  "receipts.release": { who: [], with: (s) => [s.receipt, 1n] },
  "receivables.confirm": {
    who: [],
    with: (s) => [s.order, 9n, s.cooperative.address, s.buyer.address, 1n, 1n, 1n, false],
  },
  "receivables.pay": { who: ["buyer"], with: (s) => [s.receivable, 1n, 65_000_00n] },
  "receivables.collect": { who: everyone, with: (s) => [s.receivable] },
  "receivables.contest": { who: ["buyer"], with: (s) => [s.receivable, 1n] },
  "receivables.rule": { who: ["arbiter"], with: (s) => [s.receivable, 1n, orderTerms(s)] },
  "liens.record": {
    who: [],
    with: (s) => [s.order, [1n, 0n, 0n, 0n, 0n, 0n, 0n, s.facility], s.lender.address],
  },
  "facilities.open": {
    who: ["lender", "otherLender"],
    with: (s) => [facilityTerms(s, { number: text("F-9") })],
  },
  "facilities.lowerLimit": { who: ["lender"], with: (s) => [s.facility, 1n] },
  "facilities.suspend": { who: ["lender"], with: (s) => [s.facility] },
  "facilities.resume": { who: ["lender"], with: (s) => [s.facility] },
  "facilities.close": { who: ["lender"], with: (s) => [s.facility] },
  "facilities.setPayee": { who: ["lender"], with: (s) => [s.facility, s.stranger.address] },
  "facilities.drawDown": { who: ["cooperative"], with: (s) => [s.facility, s.order, 1n, 1n] },
  "facilities.repay": { who: everyone, with: (s) => [s.order, 1n, 1n] },
  "facilities.declareDefault": { who: ["lender"], with: (s) => [s.order] },
  "facilities.settle": { who: [], with: (s) => [s.order, 1n] },
  "facilities.bringMaturityForward": { who: [], with: (s) => [s.order, 1n] },
};

describe("Every function is for the party that is named for it, and refused to all others", () => {
  let scene: BusyTrade;

  beforeEach(async () => {
    scene = await load(busyTrade);
  });

  /** The name of the rule that refuses the call; empty for none. */
  async function refusalOf(who: Who, name: string, values: readonly unknown[]): Promise<string> {
    const [contract, method] = name.split(".") as [keyof Contracts, string];
    try {
      await scene[who][contract].getFunction(method).staticCall(...values);
      return "";
    } catch (error) {
      if (!isError(error, "CALL_EXCEPTION") && !hasData(error)) throw error;
      return everyError.interface.parseError(String(error.data))?.name ?? "";
    }
  }

  it("is said here for all functions of all contracts that change anything", () => {
    const { administration: _, ...contracts } = scene.contracts;
    const names = Object.entries(contracts).flatMap(([contract, { interface: abi }]) =>
      functionsOf(abi).map((method) => `${contract}.${method}`),
    );
    expect(Object.keys(rules).sort()).to.deep.equal([...new Set(names)].sort());
  });

  for (const [name, { who: named, with: values }] of Object.entries(rules))
    it(`${name} is for ${named.length === 0 ? "no one outside" : [...named].join(", ")}`, async () => {
      for (const who of everyone) {
        const refusal = await refusalOf(who, name, values(scene));
        expect(refusals.has(refusal), `${who}: ${refusal}`).to.equal(!named.includes(who));
      }
    });
});

function functionsOf(abi: Interface): string[] {
  const names: string[] = [];
  abi.forEachFunction((fragment) => {
    if (!fragment.constant && !standards.has(fragment.name)) names.push(fragment.name);
  });
  return names;
}

function hasData(error: unknown): error is { readonly data: string } {
  return typeof error === "object" && error !== null && "data" in error;
}
