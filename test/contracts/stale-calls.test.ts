import { expect } from "chai";
import type { ContractTransactionResponse } from "ethers";
import { assign, assignment } from "../support/assignment.ts";
import { day, ethers, load, onDay } from "../support/chain.ts";
import { expectRefusal } from "../support/refusals.ts";
import {
  acceptedOrder,
  busyTrade,
  deliver,
  despatch,
  detailsOf,
  drawn,
  financedOrder,
  financedReceivable,
  owed,
  owedOrder,
  storedOrder,
  type AcceptedOrder,
} from "../support/scenes.ts";
import { signAssignment } from "../support/signing.ts";
import {
  facilityTerms,
  noOrder,
  orderTerms,
  ownAccount,
  receiptTerms,
  text,
} from "../support/terms.ts";

interface Gas {
  readonly gasLimit?: bigint;
}

type Refusal = readonly [error: string, ...values: unknown[]];

/** A call that is sent twice: in one block, and once more after the state has gone round as far as it can. */
interface Twice<Scene extends AcceptedOrder> {
  readonly scene: () => Promise<Scene>;
  readonly day?: number;
  readonly send: (scene: Scene, gas: Gas) => Promise<ContractTransactionResponse>;
  /** Brings back, where the trade allows it, what the call was made for. */
  readonly round?: (scene: Scene) => Promise<unknown>;
  /** The rule that refuses it then, with its values. */
  readonly refusal: (scene: Scene) => Refusal | Promise<Refusal>;
}

const enough = { gasLimit: 2_000_000n };

/** Everything that the calls here can change. */
async function state({ contracts, facility, order, ...sheaf }: AcceptedOrder): Promise<string> {
  const parties = [sheaf.buyer, sheaf.cooperative, sheaf.lender, sheaf.otherLender];
  const tickets = ["T-1", "T-2", "T-3", "T-9"].map(text);
  const receipts = await Promise.all(
    tickets.map((ticket) => contracts.receipts.receiptId(sheaf.warehouse.address, ticket)),
  );
  const told = await Promise.all([
    ...parties.map(({ address }) => contracts.deposits.balanceOf(address)),
    contracts.orders.orderById(order),
    contracts.facilities.facilityById(facility),
    contracts.liens.loanOf(order),
    ...[1, 2, 3].map((number) => contracts.receivables.receivableOf(order, number)),
    ...receipts.map((receipt) => contracts.receipts.receiptById(receipt)),
    contracts.receipts.capacityOf(sheaf.warehouse.address),
  ]);
  return told.map(String).join("\n");
}

/** Two transactions that are waiting when the next block is made: which of them succeeded. */
async function inOneBlock(
  send: () => Promise<ContractTransactionResponse>,
): Promise<readonly (number | null | undefined)[]> {
  await ethers.provider.send("evm_setAutomine", [false]);
  try {
    const sent = [await send(), await send()];
    await ethers.provider.send("evm_mine", []);
    const receipts = sent.map(({ hash }) => ethers.provider.getTransactionReceipt(hash));
    return (await Promise.all(receipts)).map((receipt) => receipt?.status);
  } finally {
    await ethers.provider.send("evm_setAutomine", [true]);
  }
}

function sentTwice<Scene extends AcceptedOrder>(name: string, call: Twice<Scene>): void {
  const begin = async (): Promise<Scene> => {
    const scene = await load(call.scene);
    if (call.day !== undefined) await onDay(call.day);
    return scene;
  };

  describe(`${name} that is sent twice`, () => {
    it("takes effect once, in one block", async () => {
      const scene = await begin();
      await call.send(scene, enough);
      const once = await state(scene);
      const again = await begin();
      const succeeded = await inOneBlock(() => call.send(again, enough));
      expect(succeeded).to.deep.equal([1, 0]);
      expect(await state(again)).to.equal(once);
    });

    it("is refused though the state has gone round", async () => {
      const scene = await begin();
      await call.send(scene, enough);
      await call.round?.(scene);
      const before = await state(scene);
      const [rule, ...values] = await call.refusal(scene);
      await expectRefusal(call.send(scene, {}), rule, ...values);
      expect(await state(scene)).to.equal(before);
    });
  });
}

describe("A call", () => {
  sentTwice("a drawdown", {
    scene: acceptedOrder,
    send: (s, gas) =>
      s.cooperative.facilities.drawDown(s.facility, s.order, drawn, 0n, ownAccount, gas),
    round: ({ cooperative, order }) => cooperative.facilities.repay(order, drawn, 1n),
    refusal: () => ["StaleState", 0n, 2n],
  });

  sentTwice("a second drawdown of the same amount", {
    scene: financedOrder,
    send: (s, gas) =>
      s.cooperative.facilities.drawDown(s.facility, s.order, 10_000_00n, 1n, ownAccount, gas),
    round: ({ cooperative, order }) => cooperative.facilities.repay(order, 10_000_00n, 2n),
    refusal: () => ["StaleState", 1n, 3n],
  });

  sentTwice("a repayment", {
    scene: financedOrder,
    send: (s, gas) => s.cooperative.facilities.repay(s.order, 10_000_00n, 1n, gas),
    round: (s) =>
      s.cooperative.facilities.drawDown(s.facility, s.order, 10_000_00n, 2n, ownAccount),
    refusal: () => ["StaleState", 1n, 3n],
  });

  sentTwice("a repayment in full", {
    scene: financedOrder,
    send: (s, gas) => s.cooperative.facilities.repay(s.order, 60_000_00n, 1n, gas),
    round: (s) => s.cooperative.facilities.drawDown(s.facility, s.order, drawn, 2n, ownAccount),
    refusal: () => ["StaleState", 1n, 3n],
  });

  sentTwice("a part payment", {
    scene: owedOrder,
    send: (s, gas) => s.buyer.receivables.pay(s.order, 1, 10_000_00n, owed, gas),
    round: (s) => assign(s, { outstanding: 55_000_00n, price: 1n }),
    refusal: () => ["StaleState", owed, 55_000_00n],
  });

  sentTwice("a payment in full", {
    scene: financedReceivable,
    send: (s, gas) => s.buyer.receivables.pay(s.order, 1, owed, owed, gas),
    round: (s) => deliver(s, s.order, 2n, 10_000_000n),
    refusal: () => ["StaleState", owed, 0n],
  });

  sentTwice("a collection", {
    scene: owedOrder,
    day: 30,
    send: (s, gas) => s.stranger.receivables.collect(s.order, 1, gas),
    refusal: ({ receivable }) => ["NothingToCollect", receivable],
  });

  sentTwice("a sale of a receivable", {
    scene: owedOrder,
    send: async (s, gas) => {
      const terms = assignment(s);
      const signature = await signAssignment(s, s.cooperative, terms);
      return s.otherLender.receivables.assign(terms, signature, gas);
    },
    // On to the other lender, who does not sell it back by what the cooperative once signed.
    round: (s) => assign(s, {}, s.otherLender, s.lender),
    refusal: ({ lender }) => ["InvalidSignature", lender.address],
  });

  sentTwice("a contest", {
    scene: owedOrder,
    send: (s, gas) => s.buyer.receivables.contest(s.order, 1, 1_00n, gas),
    round: (s) => s.arbiter.receivables.rule(s.order, 1, 0n, orderTerms(s)),
    refusal: ({ receivable }) => ["AlreadyContested", receivable],
  });

  sentTwice("a ruling", {
    scene: busyTrade,
    send: (s, gas) => s.arbiter.receivables.rule(s.order, 1, 1_00n, orderTerms(s), gas),
    refusal: ({ receivable }) => ["NotContested", receivable],
  });

  sentTwice("a default", {
    scene: financedOrder,
    day: 96,
    send: (s, gas) => s.lender.facilities.declareDefault(s.order, gas),
    refusal: ({ order }) => ["AlreadyDefaulted", order],
  });

  sentTwice("an order", {
    scene: acceptedOrder,
    send: (s, gas) => s.buyer.orders.issue(orderTerms(s, { line: 2n }), gas),
    round: async ({ cooperative, contracts, buyer }) => {
      const order = await contracts.orders.orderId(buyer.address, text("PO-2026-1"), 2n);
      await cooperative.orders.accept(order, await contracts.orders.termsHashById(order));
      for (const { orders } of [cooperative, buyer]) await orders.cancel(order);
    },
    refusal: async ({ contracts, buyer }) => [
      "AlreadyExists",
      await contracts.orders.orderId(buyer.address, text("PO-2026-1"), 2n),
    ],
  });

  sentTwice("an acceptance of an order", {
    scene: busyTrade,
    send: (s, gas) => s.cooperative.orders.accept(s.issued, s.issuedTermsHash, gas),
    refusal: ({ issued }) => ["WrongOrder", issued],
  });

  sentTwice("a facility", {
    scene: acceptedOrder,
    send: (s, gas) => s.lender.facilities.open(facilityTerms(s, { number: text("F-9") }), gas),
    refusal: async ({ contracts, lender }) => [
      "AlreadyExists",
      await contracts.facilities.facilityId(lender.address, text("F-9")),
    ],
  });

  sentTwice("a weighing", {
    scene: acceptedOrder,
    send: (s, gas) =>
      s.warehouse.receipts.issue(receiptTerms(s, { ticket: text("T-9") }), noOrder, gas),
    round: async ({ cooperative, warehouse, contracts }) => {
      const receipt = await contracts.receipts.receiptId(warehouse.address, text("T-9"));
      await cooperative.receipts.withdraw(receipt, 8_000_000n);
    },
    refusal: async ({ contracts, warehouse }) => [
      "AlreadyExists",
      await contracts.receipts.receiptId(warehouse.address, text("T-9")),
    ],
  });

  sentTwice("a despatch from the field", {
    scene: acceptedOrder,
    send: (s, gas) =>
      s.cooperative.deliveries.despatch(s.order, 1, 0, 1_000_000n, BigInt(day(1)), gas),
    round: (s) => s.cooperative.deliveries.recall(s.order, 1, 0),
    refusal: () => ["StaleState", 1n, 2n],
  });

  sentTwice("a despatch from a receipt", {
    scene: storedOrder,
    send: (s, gas) =>
      s.cooperative.deliveries.despatch(s.order, 1, s.receipt, 1_000_000n, BigInt(day(1)), gas),
    round: (s) => s.warehouse.deliveries.recall(s.order, 1, s.receipt),
    refusal: () => ["StaleState", 1n, 2n],
  });

  sentTwice("an acceptance of goods", {
    scene: busyTrade,
    send: (s, gas) => s.buyer.deliveries.accept(s.order, 2, s.receipt, 1_000_000n, gas),
    round: (s) => despatch(s, s.order, 3n, 1_000_000n, s.receipt),
    refusal: ({ order }) => ["NoOpenDelivery", order, 2n],
  });

  sentTwice("a recall", {
    scene: busyTrade,
    send: (s, gas) => s.warehouse.deliveries.recall(s.order, 2, s.receipt, gas),
    round: (s) => despatch(s, s.order, 3n, 1_000_000n, s.receipt),
    refusal: ({ order }) => ["NoOpenDelivery", order, 2n],
  });

  sentTwice("a record of the buyer's silence", {
    scene: busyTrade,
    day: 10,
    send: (s, gas) => s.stranger.deliveries.deemAccepted(s.order, 2, s.receipt, gas),
    refusal: ({ order }) => ["NoOpenDelivery", order, 2n],
  });

  sentTwice("an earmark", {
    scene: busyTrade,
    send: async (s, gas) =>
      s.cooperative.receipts.earmark(s.free, s.order, await detailsOf(s, s.order), gas),
    refusal: ({ free }) => ["AlreadyEarmarked", free],
  });

  sentTwice("a split", {
    scene: busyTrade,
    send: (s, gas) => s.cooperative.receipts.split(s.free, 1_000_000n, 1n, gas),
    round: async ({ cooperative, contracts, free }) =>
      cooperative.receipts.merge(await contracts.receipts.childId(free, 1n), free),
    refusal: async ({ contracts, free }) => [
      "AlreadyExists",
      await contracts.receipts.childId(free, 1n),
    ],
  });

  sentTwice("an endorsement", {
    scene: busyTrade,
    send: (s, gas) => s.cooperative.receipts.endorse(s.free, s.otherLender.address, gas),
    refusal: ({ cooperative }) => ["NotPermitted", cooperative.address],
  });

  it("that is sent twice in one multicall takes no effect at all", async () => {
    const { buyer, cooperative, contracts, order } = await load(financedReceivable);
    const { receivables, facilities } = contracts;
    const pay = receivables.interface.encodeFunctionData("pay", [order, 1, 1_00n, owed]);
    const paid = buyer.receivables.multicall([pay, pay]);
    await expectRefusal(paid, "StaleState", owed, owed - 1_00n);
    const repay = facilities.interface.encodeFunctionData("repay", [order, 1_00n, 1n]);
    const repaid = cooperative.facilities.multicall([repay, repay]);
    await expectRefusal(repaid, "StaleState", 1n, 2n);
    expect((await receivables.receivableOf(order, 1)).outstanding).to.equal(owed);
    expect((await contracts.liens.loanOf(order)).principal).to.equal(drawn);
  });
});
