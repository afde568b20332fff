import { expect } from "chai";
import { load } from "../support/chain.ts";
import {
  direct,
  earlyReentrantTrade,
  lent,
  never,
  reentrantTrade,
  type Call,
  type ReentrantTrade,
} from "../support/reentrant-currency.ts";
import { everyError } from "../support/refusals.ts";
import { ownAccount } from "../support/terms.ts";
import { act, ask } from "../support/test-contract.ts";

// A currency that calls back in the middle of each leg of each money act, as each party and about the same root or another:
// whatever it gets done, the books add up afterwards.

const owed = 65_000_00n;

interface Named {
  readonly name: string;
  readonly call: (scene: ReentrantTrade) => Call;
}
interface Outer extends Named {
  /** The contract that is under way while it pays. */
  readonly guard: "receivables" | "facilities";
  readonly legs: readonly string[];
  /** How often the root of `order` changes before it pays. */
  readonly revisions: bigint;
}

interface Inner {
  readonly name: string;
  readonly call: (scene: ReentrantTrade, revisions: bigint) => Call;
}

const call = (
  by: Call["by"],
  contract: Call["contract"],
  method: string,
  ...values: readonly unknown[]
): Call => ({ by, contract, method, values });

const sale = (scene: ReentrantTrade, order: bigint) =>
  call(
    "otherLender",
    "receivables",
    "assign",
    [order, 1n, scene.otherLender.address, 64_000_00n, owed, order, never],
    "0x",
  );

const outers: readonly Outer[] = [
  {
    name: "a payment",
    guard: "receivables",
    legs: ["lender's", "holder's"],
    revisions: 1n,
    call: (s) => call("buyer", "receivables", "pay", s.order, 1, owed, owed),
  },
  {
    name: "a collection",
    guard: "receivables",
    legs: ["lender's", "holder's"],
    revisions: 1n,
    call: (s) => call("buyer", "receivables", "collect", s.order, 1),
  },
  {
    name: "an acceptance that collects",
    guard: "receivables",
    legs: ["lender's", "holder's"],
    revisions: 0n,
    call: (s) => call("buyer", "deliveries", "accept", s.cash, 1, 0, 10_000_000n),
  },
  {
    name: "an assignment",
    guard: "receivables",
    legs: ["only"],
    revisions: 0n,
    call: (s) => sale(s, s.free),
  },
  {
    name: "a drawdown",
    guard: "facilities",
    legs: ["only"],
    revisions: 1n,
    call: (s) =>
      call("cooperative", "facilities", "drawDown", s.facility, s.order, 1_000_00n, 1n, ownAccount),
  },
  {
    name: "a repayment",
    guard: "facilities",
    legs: ["only"],
    revisions: 1n,
    call: (s) => call("cooperative", "facilities", "repay", s.order, 10_000_00n, 1n),
  },
  {
    name: "a repayment in full",
    guard: "facilities",
    legs: ["only"],
    revisions: 1n,
    call: (s) => call("cooperative", "facilities", "repay", s.order, 30_000_00n, 1n),
  },
];

/** What the currency does meanwhile. `revisions`: how often the root of `order` has changed by then. */
const inners: readonly Inner[] = [
  ...(["order", "other"] as const).flatMap((root) => {
    const of = root === "order" ? "of the same root" : "of another root";
    const revision = (revisions: bigint) => 1n + (root === "order" ? revisions : 0n);
    return [
      {
        name: `collecting ${of}`,
        call: (s: ReentrantTrade) => call("buyer", "receivables", "collect", s[root], 1),
      },
      {
        name: `paying ${of}`,
        call: (s: ReentrantTrade) => call("buyer", "receivables", "pay", s[root], 1, owed, owed),
      },
      {
        name: `repaying the loan ${of}`,
        call: (s: ReentrantTrade, r: bigint) =>
          call("cooperative", "facilities", "repay", s[root], 30_000_00n, revision(r)),
      },
      {
        name: `drawing more ${of}`,
        call: (s: ReentrantTrade, r: bigint) =>
          call(
            "cooperative",
            "facilities",
            "drawDown",
            s.facility,
            s[root],
            1_00n,
            revision(r),
            ownAccount,
          ),
      },
      {
        name: `deeming a delivery accepted ${of}`,
        call: (s: ReentrantTrade) => call("buyer", "deliveries", "deemAccepted", s[root], 2, 0),
      },
      {
        name: `accepting a delivery ${of}`,
        call: (s: ReentrantTrade) =>
          call("buyer", "deliveries", "accept", s[root], 3, 0, 1_000_000n),
      },
      {
        name: `recalling a delivery ${of}`,
        call: (s: ReentrantTrade) => call("cooperative", "deliveries", "recall", s[root], 3, 0),
      },
      {
        name: `buying a receivable ${of}`,
        call: (s: ReentrantTrade) => sale(s, s[root]),
      },
      {
        name: `contesting a receivable ${of}`,
        call: (s: ReentrantTrade) => call("buyer", "receivables", "contest", s[root], 1, 1_00n),
      },
    ];
  }),
  { name: "buying a receivable that is free", call: (s) => sale(s, s.free) },
  {
    name: "accepting a delivery that is paid on acceptance",
    call: (s) => call("buyer", "deliveries", "accept", s.cash, 3, 0, 1_000_000n),
  },
];

const later = { gasLimit: 15_000_000n };

describe("A currency that calls back in the middle of a transfer", () => {
  for (const outer of outers)
    for (const [leg, which] of outer.legs.entries())
      describe(`in the ${which} leg of ${outer.name}`, () => {
        for (const inner of inners)
          it(`by ${inner.name} leaves books that add up`, () =>
            play(reentrantTrade, outer, leg, inner));
      });

  for (const outer of outers.filter(({ legs }) => legs.length === 2))
    describe(`in the holder's leg of ${outer.name}, and answers false`, () => {
      for (const inner of inners)
        it(`by ${inner.name} leaves books that add up`, () => play(denying, outer, 1, inner));
    });

  for (const outer of outers.filter(({ guard }) => guard === "facilities"))
    for (const inner of inners.filter(({ name }) => name.startsWith("contesting")))
      it(`while it may be contested, in ${outer.name} by ${inner.name}, does it`, () =>
        play(earlyReentrantTrade, outer, 0, inner));
});

/** The holder's leg fails, after the call. */
async function denying(): Promise<ReentrantTrade> {
  const scene = await reentrantTrade();
  await act(scene.token, "deny");
  return scene;
}

async function play(
  build: () => Promise<ReentrantTrade>,
  outer: Outer,
  leg: number,
  inner: Inner,
): Promise<void> {
  const scene = await load(build);
  const before = await cash(scene);
  const call = inner.call(scene, outer.revisions);
  const [key, words] = await direct(scene, call);
  await act(scene.token, "callBack", leg, key, words);
  await send(scene, outer.call(scene));
  expect(await ask<boolean>(scene.token, "called"), "it did call").to.equal(true);
  await expectRule(scene, outer, call, build === earlyReentrantTrade);
  await expectBooks(scene, before);
}

async function send(scene: ReentrantTrade, outer: Call): Promise<void> {
  const [key, words] = await direct(scene, outer);
  await scene.stranger.signer.sendTransaction({ to: key, data: words, ...later });
}

/** What is under way is not entered again; what is not follows its own rules, on books that are written already. */
async function expectRule(
  scene: ReentrantTrade,
  outer: Outer,
  { contract, method, values }: Call,
  early: boolean,
): Promise<void> {
  const bytes = await ask<string>(scene.token, "refusal");
  const refusal = bytes === "0x" ? "" : (everyError.interface.parseError(bytes)?.name ?? bytes);
  if (contract === outer.guard) {
    expect(refusal).to.equal("ReentrancyGuardReentrantCall");
    return;
  }
  const sold = method === "assign" ? ((values[0] as unknown[])[0] as bigint) : undefined;
  const encumbered = sold !== undefined && (await scene.contracts.liens.isEncumbered(sold));
  const wrong = method === "contest" && !early ? "ContestTooLate" : encumbered ? "Encumbered" : "";
  expect(refusal).to.equal(wrong);
}

interface Cash {
  readonly buyer: bigint;
  readonly lender: bigint;
  readonly all: bigint;
}

async function cash(scene: ReentrantTrade): Promise<Cash> {
  const { token, keys, lender } = scene;
  const balance = (account: string): Promise<bigint> => ask(token, "balanceOf", account);
  return {
    buyer: await balance(await keys.buyer.getAddress()),
    lender: await balance(lender.address),
    all: await ask<bigint>(token, "totalSupply"),
  };
}

async function expectBooks(scene: ReentrantTrade, before: Cash): Promise<void> {
  const { contracts, addresses, token, facility } = scene;
  for (const [name, address] of Object.entries(addresses))
    expect(await ask<bigint>(token, "balanceOf", address), name).to.equal(0n);

  let drawn = 0n;
  let repaid = 0n;
  let paid = 0n;
  for (const root of [scene.order, scene.other, scene.cash, scene.free]) {
    const order = await contracts.orders.orderById(root);
    let owing = 0n;
    let overdue = 0n;
    for (let number = 1; number <= Number(order.deliveries); number += 1) {
      const debt = await contracts.receivables.receivableOf(root, number);
      const uncontested = debt.outstanding - debt.contested;
      if (!debt.deemed && !debt.overdue && !debt.assigned) owing += uncontested;
      if (debt.overdue && !debt.assigned) overdue += 1n;
      paid += (await amountOf(scene, root, number)) - debt.outstanding;
    }
    expect([order.owed, order.overdueCount]).to.deep.equal([owing, overdue]);
    const loan = await contracts.liens.loanOf(root);
    expect(loan.facility !== 0n).to.equal(loan.principal !== 0n);
    drawn += loan.principal;
    repaid += await interestOf(scene, root);
  }
  expect((await contracts.facilities.facilityById(facility)).drawn).to.equal(drawn);
  const after = await cash(scene);
  expect(before.buyer - after.buyer, "what the buyer paid").to.equal(paid);
  // Lent and not yet back, less the interest that is.
  expect(after.lender - before.lender, "what the lender got").to.equal(3n * lent - drawn + repaid);
  expect(after.all).to.equal(before.all);
}

/** What was owed for a delivery at first. */
async function amountOf(
  { contracts }: ReentrantTrade,
  root: bigint,
  number: number,
): Promise<bigint> {
  const { receivables } = contracts;
  const id = await receivables.receivableId(root, number);
  const [told] = await receivables.queryFilter(receivables.filters.ReceivableConfirmed(id));
  return told?.args.amount ?? 0n;
}

/** Interest paid on a root so far. */
async function interestOf({ contracts }: ReentrantTrade, root: bigint): Promise<bigint> {
  const { facilities } = contracts;
  const told = [
    ...(await facilities.queryFilter(facilities.filters.Repaid(undefined, root))),
    ...(await facilities.queryFilter(facilities.filters.LoanSettled(undefined, root))),
  ];
  return told.reduce((sum, { args }) => sum + args.interest, 0n);
}
