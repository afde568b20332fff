import { expect } from "chai";
import { dataSlice, id, Signature, type Interface } from "ethers";
import { at, day, load } from "../support/chain.ts";
import { hostileTrade, type HostileTrade } from "../support/hostile-currency.ts";
import { signPermit } from "../support/permits.ts";
import { expectRefusal } from "../support/refusals.ts";
import { addressOf, allowed, callers, isParty } from "../support/role-table/row.ts";
import { stages, type Stage } from "../support/role-table/stage.ts";
import { attempt, encode, table } from "../support/role-table/table.ts";
import { openingCash, type Actor } from "../support/sheaf.ts";
import { ownAccount } from "../support/terms.ts";
import { act, ask } from "../support/test-contract.ts";

type Spender = "receivables" | "facilities";

const deadline = BigInt(day(50));

describe("A permit of the currency", () => {
  let stage: Stage;

  beforeEach(async () => {
    stage = await load(stages.trade);
  });

  /** The owner takes its approval back: from here on only a permit lets its money go. */
  async function withoutApproval(owner: Actor, spender: Spender): Promise<void> {
    await owner.deposits.approve(stage.addresses[spender], 0n);
  }

  async function permit(
    owner: Actor,
    spender: Spender,
    amount: bigint,
    until = deadline,
  ): Promise<string> {
    const signature = await signPermit(stage, owner, spender, amount, until);
    return permitCall(owner, spender, amount, signature, until);
  }

  function permitCall(
    { address }: Actor,
    spender: Spender,
    amount: bigint,
    { v, r, s }: Signature,
    until = deadline,
  ): string {
    const values = [stage.currency, address, amount, until, v, r, s];
    return code(spender, "permit", values);
  }

  function code(contract: Spender, method: string, values: readonly unknown[]): string {
    const abi: Interface = stage.contracts[contract].interface;
    return abi.encodeFunctionData(method, [...values]);
  }

  const cash = ({ address }: Actor): Promise<bigint> => stage.contracts.deposits.balanceOf(address);
  const outstanding = async (order: bigint, delivery: number): Promise<bigint> =>
    (await stage.contracts.receivables.receivableOf(order, delivery)).outstanding;

  describe("together with the act that needs it", () => {
    it("lets the buyer pay", async () => {
      const { buyer, sold } = stage;
      await withoutApproval(buyer, "receivables");
      const pay = code("receivables", "pay", [sold, 1n, 6_500_00n, 6_500_00n]);
      await buyer.receivables.multicall([await permit(buyer, "receivables", 6_500_00n), pay]);
      expect(await outstanding(sold, 1)).to.equal(0n);
      expect(await cash(buyer)).to.equal(openingCash - 6_500_00n);
    });

    it("is used up by the act: nothing of it is left as a mandate", async () => {
      const { buyer, contracts, addresses, sold } = stage;
      await withoutApproval(buyer, "receivables");
      const pay = code("receivables", "pay", [sold, 1n, 6_500_00n, 6_500_00n]);
      await buyer.receivables.multicall([await permit(buyer, "receivables", 6_500_00n), pay]);
      const left = await contracts.deposits.allowance(buyer.address, addresses.receivables);
      expect(left).to.equal(0n);
    });

    it("lets the borrower repay", async () => {
      const { cooperative, contracts, order } = stage;
      await withoutApproval(cooperative, "facilities");
      const repay = code("facilities", "repay", [order, 10_000_00n, 1n]);
      const permission = await permit(cooperative, "facilities", 10_000_00n);
      await cooperative.facilities.multicall([permission, repay]);
      expect((await contracts.liens.loanOf(order)).principal).to.equal(40_000_00n);
    });

    it("of the lender, handed in by the borrower, funds its drawdown", async () => {
      const { cooperative, lender, contracts, facility, order } = stage;
      await withoutApproval(lender, "facilities");
      const draw = code("facilities", "drawDown", [facility, order, 1_000_00n, 1n, ownAccount]);
      const permission = await permit(lender, "facilities", 1_000_00n);
      await cooperative.facilities.multicall([permission, draw]);
      expect((await contracts.liens.loanOf(order)).principal).to.equal(51_000_00n);
    });

    it("lets the assignee buy", async () => {
      const { lender, contracts, sold, assignment } = stage;
      await withoutApproval(lender, "receivables");
      const buy = code("receivables", "assign", [assignment.terms, assignment.signature]);
      await lender.receivables.multicall([await permit(lender, "receivables", 6_400_00n), buy]);
      const receivable = await contracts.receivables.receivableId(sold, 1);
      expect(await contracts.receivables.ownerOf(receivable)).to.equal(lender.address);
    });

    it("of the buyer, handed in by anyone, is a mandate to collect", async () => {
      const { buyer, stranger, order } = (stage = await load(stages.late));
      await withoutApproval(buyer, "receivables");
      const until = BigInt(day(200));
      const collect = code("receivables", "collect", [order, 1n]);
      const permission = await permit(buyer, "receivables", 65_000_00n, until);
      await stranger.receivables.multicall([permission, collect]);
      expect(await outstanding(order, 1)).to.equal(0n);
    });
  });

  describe("that somebody has handed in already", () => {
    it("to the currency itself does not block the act", async () => {
      const { buyer, stranger, addresses, sold } = stage;
      await withoutApproval(buyer, "receivables");
      const signature = await signPermit(stage, buyer, "receivables", 6_500_00n, deadline);
      const { v, r, s } = signature;
      const { receivables } = addresses;
      await stranger.deposits.permit(buyer.address, receivables, 6_500_00n, deadline, v, r, s);
      const pay = code("receivables", "pay", [sold, 1n, 6_500_00n, 6_500_00n]);
      const permission = permitCall(buyer, "receivables", 6_500_00n, signature);
      await buyer.receivables.multicall([permission, pay]);
      expect(await outstanding(sold, 1)).to.equal(0n);
    });

    it("here does not block the act", async () => {
      const { cooperative, stranger, contracts, order } = stage;
      await withoutApproval(cooperative, "facilities");
      const permission = await permit(cooperative, "facilities", 1_000_00n);
      await stranger.facilities.multicall([permission]);
      const repay = code("facilities", "repay", [order, 1_000_00n, 1n]);
      await cooperative.facilities.multicall([permission, repay]);
      expect((await contracts.liens.loanOf(order)).principal).to.equal(49_000_00n);
    });
  });

  describe("that the currency refuses changes nothing, and the act says what is missing:", () => {
    async function expectNoFunds(permission: string): Promise<void> {
      const { buyer, sold } = stage;
      await withoutApproval(buyer, "receivables");
      const pay = code("receivables", "pay", [sold, 1n, 6_500_00n, 6_500_00n]);
      const call = buyer.receivables.multicall([permission, pay]);
      await expectRefusal(call, "PayerFundsUnavailable", buyer.address, 6_500_00n);
    }

    it("one that has expired", async () => {
      const { buyer } = stage;
      const permission = await permit(buyer, "receivables", 6_500_00n, BigInt(day(1)));
      await at(day(1) + 1);
      await expectNoFunds(permission);
    });

    it("one that somebody else signed", async () => {
      const { buyer, otherBuyer } = stage;
      const { address } = buyer;
      const forger = { address, signer: otherBuyer.signer };
      const signature = await signPermit(stage, forger, "receivables", 6_500_00n, deadline);
      await expectNoFunds(permitCall(buyer, "receivables", 6_500_00n, signature));
    });

    it("one for the other contract", async () => {
      const { buyer } = stage;
      const signature = await signPermit(stage, buyer, "facilities", 6_500_00n, deadline);
      await expectNoFunds(permitCall(buyer, "receivables", 6_500_00n, signature));
    });

    it("one over less than is paid", async () => {
      await expectNoFunds(await permit(stage.buyer, "receivables", 6_499_99n));
    });

    it("one of another owner, whose money it would be", async () => {
      await expectNoFunds(await permit(stage.lender, "receivables", 6_500_00n));
    });
  });

  for (const contract of ["receivables", "facilities"] as const)
    it(`is handed by ${contract} to no currency that is not approved: NotApproved`, async () => {
      const { stranger, buyer, newCurrency, addresses } = stage;
      const { v, r, s } = stage.permit;
      for (const token of [newCurrency, addresses.orders, stranger.address]) {
        const call = stranger[contract].permit(token, buyer.address, 1n, deadline, v, r, s);
        await expectRefusal(call, "NotApproved", token);
      }
    });
});

describe("Several calls in one", () => {
  it("are done all or not at all", async () => {
    const stage = await load(stages.trade);
    const { cooperative, contracts, order } = stage;
    const repay = (revision: bigint): string =>
      contracts.facilities.interface.encodeFunctionData("repay", [order, 1_00n, revision]);
    const call = cooperative.facilities.multicall([repay(1n), repay(1n)]);
    await expectRefusal(call, "StaleState", 1n, 2n);
    expect((await contracts.liens.loanOf(order)).revision).to.equal(1n);
    await cooperative.facilities.multicall([repay(1n), repay(2n)]);
    expect((await contracts.liens.loanOf(order)).principal).to.equal(49_998_00n);
  });

  for (const row of table.filter(({ call }) => /^(facilities|receivables)\./.test(call)))
    it(`let nobody do by ${row.call} what it may not, nested or not`, async () => {
      const stage = await load(stages[row.in]);
      const contract = row.call.split(".")[0] as Spender;
      const wrap = (calls: string[]): string =>
        stage.contracts[contract].interface.encodeFunctionData("multicall", [calls]);
      for (const caller of callers.filter((who) => row.outcomes[who] !== allowed)) {
        const from = addressOf(stage, caller);
        const { to, data } = encode(stage, row, from);
        const expected = row.outcomes[caller];
        expect(await attempt(from, to, wrap([data])), caller).to.equal(expected);
        expect(await attempt(from, to, wrap([wrap([]), wrap([data])])), caller).to.equal(expected);
      }
      for (const caller of callers.filter((who) => isParty(who) && row.outcomes[who] === allowed)) {
        const from = addressOf(stage, caller);
        const { to, data } = encode(stage, row, from);
        expect(await attempt(from, to, wrap([data])), caller).to.equal(allowed);
      }
    });

  describe("in a currency that calls back in the middle of a transfer", () => {
    let scene: HostileTrade;

    beforeEach(async () => {
      scene = await load(hostileTrade);
    });

    async function refusal(): Promise<string> {
      return dataSlice(await ask<string>(scene.token, "refusal"), 0, 4);
    }

    it("do not get around the guard against it: not from outside", async () => {
      const { cooperative, contracts, addresses, token, order } = scene;
      const { interface: abi } = contracts.facilities;
      const repay = abi.encodeFunctionData("repay", [order, 1n, 2n]);
      const again = abi.encodeFunctionData("multicall", [[repay]]);
      await act(token, "callBack", addresses.facilities, again);
      await cooperative.facilities.repay(order, 10_000_00n, 1n);
      expect(await refusal()).to.equal(id("ReentrancyGuardReentrantCall()").slice(0, 10));
      expect((await contracts.liens.loanOf(order)).principal).to.equal(40_000_00n);
    });

    it("do not get around the guard against it: not from within either", async () => {
      const { buyer, contracts, addresses, token, order } = scene;
      const { interface: abi } = contracts.receivables;
      const pay = (outstanding: bigint): string =>
        abi.encodeFunctionData("pay", [order, 1, 1_000_00n, outstanding]);
      const again = abi.encodeFunctionData("multicall", [[pay(64_000_00n)]]);
      await act(token, "callBack", addresses.receivables, again);
      await buyer.receivables.multicall([pay(65_000_00n), pay(64_000_00n)]);
      expect(await refusal()).to.equal(id("ReentrancyGuardReentrantCall()").slice(0, 10));
      const { outstanding } = await contracts.receivables.receivableOf(order, 1);
      expect(outstanding).to.equal(63_000_00n);
    });

    it("go on without a permit where the currency knows none but has the approval", async () => {
      const { cooperative, contracts, currency, order } = scene;
      const { interface: abi } = contracts.facilities;
      const zero = `0x${"00".repeat(32)}`;
      const permit = abi.encodeFunctionData("permit", [
        currency,
        cooperative.address,
        1n,
        deadline,
        27n,
        zero,
        zero,
      ]);
      const repay = abi.encodeFunctionData("repay", [order, 10_000_00n, 1n]);
      await cooperative.facilities.multicall([permit, repay]);
      expect((await contracts.liens.loanOf(order)).principal).to.equal(40_000_00n);
    });
  });
});
