import { expect } from "chai";
import { Interface, isError } from "ethers";
import { load } from "../support/chain.ts";
import { everyError } from "../support/refusals.ts";
import { busyTrade, type BusyTrade } from "../support/scenes.ts";
import type { Contracts } from "../../scripts/deploy/contracts.ts";
import type { Actor, Sheaf } from "../support/sheaf.ts";
import {
  facilityTerms,
  noOrder,
  orderTerms,
  ownAccount,
  receiptTerms,
  text,
} from "../support/terms.ts";

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
/** The last second that can be written. */
const latest = 2n ** 40n - 1n;
const freeKey = "0x00000000000000000000000000000000000000ff";
const refusals = new Set(["NotPermitted", "AccessManagedUnauthorized"]);

/** Functions of the standards that anyone may call about its own, or nobody at all, tested where they belong. */
const standards = new Set([
  "deposits.permit",
  "approve",
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
  "parties.proposeKey": { who: ["admin"], with: (s) => [s.buyer.address, freeKey] },
  "parties.vetoKey": { who: parties, with: () => [] },
  "parties.replaceKey": { who: everyone, with: (s) => [s.buyer.address] },
  "parties.retire": { who: ["admin"], with: () => [] },
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
  "orders.issueAccepted": {
    who: ["buyer", "otherBuyer"],
    with: (s) => [orderTerms(s, { line: 9n }), 1n, latest, "0x"],
  },
  "orders.revokeNonce": { who: parties, with: () => [1n] },
  "orders.accept": { who: ["cooperative"], with: (s) => [s.issued, s.issuedTermsHash] },
  "orders.cancel": { who: ["buyer", "cooperative"], with: (s) => [s.issued] },
  "orders.lapse": { who: ["buyer"], with: (s) => [s.order] },
  "orders.record": { who: [], with: (s) => [s.order, 0n] },
  "deliveries.despatch": {
    who: ["cooperative"],
    with: (s) => [s.order, 3n, 0n, 1_000n, latest],
  },
  "deliveries.despatchAndAccept": {
    who: ["buyer"],
    with: (s) => [s.order, 3n, s.receipt, 1_000n, 1n, latest, "0x"],
  },
  "deliveries.recall": { who: ["warehouse"], with: (s) => [s.order, 2n, s.receipt] },
  "deliveries.accept": { who: ["buyer"], with: (s) => [s.order, 2n, s.receipt, 1n] },
  "deliveries.deemAccepted": { who: everyone, with: (s) => [s.order, 2n, s.receipt] },
  "deliveries.revokeNonce": { who: parties, with: () => [1n] },
  "deliveries.recordReturn": { who: [], with: (s) => [s.order, 1n, s.free, 0n] },
  "receipts.setCapacity": { who: ["admin"], with: (s) => [s.warehouse.address, 1n] },
  "receipts.setAuthority": { who: [], with: (s) => [s.addresses.administration] },
  "receipts.issue": {
    who: ["warehouse", "otherWarehouse"],
    with: (s) => [receiptTerms(s, { ticket: text("T-9") }), noOrder],
  },
  "receipts.earmark": { who: ["cooperative"], with: (s) => [s.free, s.order, noOrder] },
  "receipts.endorse": {
    who: ["cooperative"],
    with: (s) => [s.free, s.otherCooperative.address],
  },
  "receipts.unearmark": { who: ["cooperative"], with: (s) => [s.receipt] },
  "receipts.consentToRelease": { who: ["lender"], with: (s) => [s.receipt] },
  "receipts.split": { who: ["cooperative"], with: (s) => [s.free, 1n, 1n] },
  "receipts.merge": { who: ["cooperative"], with: (s) => [s.free, s.alike] },
  "receipts.withdraw": { who: ["cooperative"], with: (s) => [s.free, 1n] },
  "receipts.shrink": { who: ["warehouse"], with: (s) => [s.receipt, 1n] },
  "receipts.despatch": {
    who: [],
    with: (s) => [s.receipt, s.order, 1n, 1n],
  },
  "receipts.recall": { who: [], with: (s) => [s.receipt, 1n, 1n] },
  "receipts.release": { who: [], with: (s) => [s.receipt, 1n] },
  "receivables.confirm": {
    who: [],
    with: (s) => [s.order, 9n, 1n, s.buyer.address, 1n, 1n, false],
  },
  "receivables.pay": { who: ["buyer"], with: (s) => [s.order, 1n, 1n, 65_000_00n] },
  "receivables.collect": { who: everyone, with: (s) => [s.order, 1n] },
  "receivables.contest": { who: ["buyer"], with: (s) => [s.order, 1n, 1n] },
  "receivables.rule": { who: ["arbiter"], with: (s) => [s.order, 1n, 1n, orderTerms(s)] },
  "receivables.assign": {
    who: ["otherLender"],
    with: (s) => [[s.order, 1n, s.otherLender.address, 1n, 65_000_00n, 1n, latest], "0x"],
  },
  "receivables.revokeNonce": { who: parties, with: () => [1n] },
  "receivables.permit": {
    who: everyone,
    with: (s) => [s.currency, s.buyer.address, 1n, latest, 27n, noOrder, noOrder],
  },
  "receivables.multicall": { who: everyone, with: () => [[]] },
  "liens.record": {
    who: [],
    with: (s) => [s.order, 1n, s.facility, s.lender.address],
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
  "facilities.setDepositary": {
    who: ["admin"],
    with: (s) => [s.facility, s.otherLender.address],
  },
  "facilities.drawDown": {
    who: ["cooperative"],
    with: (s) => [s.facility, s.order, 1n, 1n, ownAccount],
  },
  "facilities.repay": { who: everyone, with: (s) => [s.order, 1n, 1n] },
  "facilities.declareDefault": { who: ["lender"], with: (s) => [s.order] },
  "facilities.writeOff": { who: ["lender"], with: (s) => [s.order] },
  "facilities.permit": {
    who: everyone,
    with: (s) => [s.currency, s.buyer.address, 1n, latest, 27n, noOrder, noOrder],
  },
  "facilities.multicall": { who: everyone, with: () => [[]] },
  "facilities.setAuthority": { who: [], with: (s) => [s.addresses.administration] },
  "facilities.settle": { who: [], with: (s) => [s.order, 1n, 0n, 0n] },
  "facilities.divert": { who: [], with: (s) => [s.facility, s.order, s.lender.address, 1n] },
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
      functionsOf(contract, abi).map((method) => `${contract}.${method}`),
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

function functionsOf(contract: string, abi: Interface): string[] {
  const names: string[] = [];
  abi.forEachFunction((fragment) => {
    if (
      !fragment.constant &&
      !standards.has(fragment.name) &&
      !standards.has(`${contract}.${fragment.name}`)
    )
      names.push(fragment.name);
  });
  return names;
}

function hasData(error: unknown): error is { readonly data: string } {
  return typeof error === "object" && error !== null && "data" in error;
}
