import { expect } from "chai";
import { ZeroAddress } from "ethers";
import { at, load } from "../support/chain.ts";
import { freshAccount, replaceKey } from "../support/keys.ts";
import { expectRefusal } from "../support/refusals.ts";
import { financedReceivable, owed, type OwedOrder } from "../support/scenes.ts";
import { openingCash, type Actor } from "../support/sheaf.ts";
import { ownAccount } from "../support/terms.ts";

const delay = 86_400;

interface Replacement extends OwedOrder {
  /** Two accounts that are no parties. */
  readonly next: Actor;
  readonly afterNext: Actor;
}

/** A financed order of which 65,000.00 are owed. */
async function replacement(): Promise<Replacement> {
  const scene = await financedReceivable();
  return { ...scene, next: await freshAccount(scene, 0), afterNext: await freshAccount(scene, 1) };
}

describe("A party that has lost its key", () => {
  let scene: Replacement;

  beforeEach(async () => {
    scene = await load(replacement);
  });

  /** The second from which the proposed key may take its place. */
  async function propose(party: Actor, key: string): Promise<number> {
    await scene.admin.parties.proposeKey(party.address, key);
    return Number((await scene.contracts.parties.proposalFor(party.address)).from);
  }

  describe("is proposed another one by administration", () => {
    it("that takes no effect before the delay, nor by itself", async () => {
      const { admin, cooperative, next, contracts } = scene;
      const time = 1_800_000_000;
      await at(time);
      await expect(admin.parties.proposeKey(cooperative.address, next.address))
        .to.emit(contracts.parties, "KeyProposed")
        .withArgs(cooperative.address, next.address, time + delay);
      expect(await contracts.parties.keyDelay()).to.equal(delay);
      const proposal = await contracts.parties.proposalFor(cooperative.address);
      expect([...proposal]).to.deep.equal([next.address, BigInt(time + delay)]);
      expect(await contracts.parties.partyOf(next.address)).to.equal(ZeroAddress);
      expect(await contracts.parties.partyOf(cooperative.address)).to.equal(cooperative.address);
    });

    it("which is refused for no party: UnknownParty, before KeyTaken", async () => {
      const { admin, buyer, stranger } = scene;
      const call = admin.parties.proposeKey(stranger.address, buyer.address);
      await expectRefusal(call, "UnknownParty", stranger.address);
    });

    it("which is refused to anyone but administration, the party itself included", async () => {
      const { cooperative, buyer, stranger, next } = scene;
      for (const by of [cooperative, buyer, stranger])
        await expectRefusal(
          by.parties.proposeKey(cooperative.address, next.address),
          "AccessManagedUnauthorized",
          by.address,
        );
    });

    it("which is no one's, its own or another party's: KeyTaken", async () => {
      const { admin, cooperative, otherCooperative, buyer } = scene;
      for (const key of [
        ZeroAddress,
        cooperative.address,
        otherCooperative.address,
        buyer.address,
      ]) {
        const call = admin.parties.proposeKey(cooperative.address, key);
        await expectRefusal(call, "KeyTaken", key);
      }
    });

    it("which signs for another party in the place of that one's first: KeyTaken", async () => {
      const { admin, cooperative, buyer, next } = scene;
      await replaceKey(scene, buyer, next.address);
      const key = admin.parties.proposeKey(cooperative.address, next.address);
      await expectRefusal(key, "KeyTaken", next.address);
    });

    it("which is the id of a party that signs by another key: KeyTaken", async () => {
      const { admin, cooperative, buyer, next } = scene;
      await replaceKey(scene, buyer, next.address);
      for (const party of [cooperative, buyer]) {
        const key = admin.parties.proposeKey(party.address, buyer.address);
        await expectRefusal(key, "KeyTaken", buyer.address);
      }
    });

    it("in the place of an earlier proposal, with the whole delay again", async () => {
      const { cooperative, stranger, next, afterNext, contracts } = scene;
      const first = await propose(cooperative, next.address);
      await at(first - 10);
      const second = await propose(cooperative, afterNext.address);
      expect(second).to.equal(first - 10 + delay);
      await at(first);
      const early = stranger.parties.replaceKey(cooperative.address);
      await expectRefusal(early, "KeyTooEarly", second);
      await at(second);
      await stranger.parties.replaceKey(cooperative.address);
      expect(await contracts.parties.partyOf(afterNext.address)).to.equal(cooperative.address);
      expect(await contracts.parties.partyOf(next.address)).to.equal(ZeroAddress);
    });
  });

  describe("may refuse it by its present key", () => {
    it("up to the replacement itself, after the delay too", async () => {
      const { cooperative, stranger, next, contracts } = scene;
      const from = await propose(cooperative, next.address);
      await at(from + 1_000);
      await expect(cooperative.parties.vetoKey())
        .to.emit(contracts.parties, "KeyVetoed")
        .withArgs(cooperative.address, next.address);
      const replace = stranger.parties.replaceKey(cooperative.address);
      await expectRefusal(replace, "NoKeyProposed", cooperative.address);
      expect([...(await contracts.parties.proposalFor(cooperative.address))]).to.deep.equal([
        ZeroAddress,
        0n,
      ]);
    });

    it("though it is suspended, and originating is paused or has ended", async () => {
      const { admin, cooperative, next, contracts } = scene;
      await propose(cooperative, next.address);
      await admin.parties.setSuspended(cooperative.address, true);
      await admin.parties.setPaused(true);
      await admin.parties.retire();
      await expect(cooperative.parties.vetoKey()).to.emit(contracts.parties, "KeyVetoed");
    });

    it("once: NoKeyProposed", async () => {
      const { cooperative, next } = scene;
      await propose(cooperative, next.address);
      await cooperative.parties.vetoKey();
      await expectRefusal(cooperative.parties.vetoKey(), "NoKeyProposed", cooperative.address);
    });

    it("which nobody else may: not the proposed key, not administration, no other party", async () => {
      const { admin, buyer, cooperative, stranger, next } = scene;
      await propose(cooperative, next.address);
      for (const by of [next, admin, stranger])
        await expectRefusal(by.parties.vetoKey(), "NotPermitted", by.address);
      await expectRefusal(buyer.parties.vetoKey(), "NoKeyProposed", buyer.address);
    });

    it("by the key that it has by then, where one has taken its place before", async () => {
      const { cooperative, next, afterNext, contracts } = scene;
      await replaceKey(scene, cooperative, next.address);
      await propose(cooperative, afterNext.address);
      const old = cooperative.parties.vetoKey();
      await expectRefusal(old, "NotPermitted", cooperative.address);
      await expect(next.parties.vetoKey())
        .to.emit(contracts.parties, "KeyVetoed")
        .withArgs(cooperative.address, afterNext.address);
    });
  });

  describe("gets it", () => {
    it("from anyone, from the last second of the delay and not before: KeyTooEarly", async () => {
      const { cooperative, stranger, next, contracts } = scene;
      const from = await propose(cooperative, next.address);
      await at(from - 1);
      const early = stranger.parties.replaceKey(cooperative.address);
      await expectRefusal(early, "KeyTooEarly", from);
      await at(from);
      await expect(stranger.parties.replaceKey(cooperative.address))
        .to.emit(contracts.parties, "KeyReplaced")
        .withArgs(cooperative.address, cooperative.address, next.address);
      expect(await contracts.parties.partyOf(next.address)).to.equal(cooperative.address);
      expect(await contracts.parties.partyOf(cooperative.address)).to.equal(ZeroAddress);
    });

    it("once: NoKeyProposed", async () => {
      const { cooperative, stranger, next } = scene;
      await replaceKey(scene, cooperative, next.address);
      const again = stranger.parties.replaceKey(cooperative.address);
      await expectRefusal(again, "NoKeyProposed", cooperative.address);
    });

    it("unless it has become another party's meanwhile: KeyTaken", async () => {
      const { cooperative, buyer, stranger, next } = scene;
      await propose(buyer, next.address);
      const from = await propose(cooperative, next.address);
      await at(from);
      await stranger.parties.replaceKey(buyer.address);
      const second = stranger.parties.replaceKey(cooperative.address);
      await expectRefusal(second, "KeyTaken", next.address);
    });

    it("unless it was admitted as a party meanwhile: KeyTaken", async () => {
      const { admin, cooperative, stranger, next } = scene;
      const from = await propose(cooperative, next.address);
      await admin.parties.admit(next.address, 1n, "Mill");
      await at(from);
      const call = stranger.parties.replaceKey(cooperative.address);
      await expectRefusal(call, "KeyTaken", next.address);
    });

    it("a second time, and is still the same party", async () => {
      const { cooperative, next, afterNext, contracts, order } = scene;
      const before = await contracts.parties.partyById(cooperative.address);
      await replaceKey(scene, cooperative, next.address);
      await replaceKey(scene, cooperative, afterNext.address);
      const after = await contracts.parties.partyById(cooperative.address);
      expect([...after]).to.deep.equal([afterNext.address, ...[...before].slice(1)]);
      expect(await contracts.parties.partyOf(next.address)).to.equal(ZeroAddress);
      await expectRefusal(
        next.parties.setPayoutAccount(next.address),
        "NotPermitted",
        next.address,
      );
      expect(await contracts.orders.ownerOf(order)).to.equal(cooperative.address);
    });

    it("and the one that it replaced may later sign for another party, or be admitted", async () => {
      const { admin, cooperative, buyer, next, afterNext, contracts } = scene;
      await replaceKey(scene, cooperative, next.address);
      await replaceKey(scene, cooperative, afterNext.address);
      await replaceKey(scene, buyer, next.address);
      expect(await contracts.parties.partyOf(next.address)).to.equal(buyer.address);
      const admit = admin.parties.admit(next.address, 1n, "Mill");
      await expectRefusal(admit, "AlreadyAdmitted", next.address);
    });

    it("though it is suspended, and stays suspended", async () => {
      const { admin, cooperative, next, facility, order } = scene;
      await admin.parties.setSuspended(cooperative.address, true);
      await replaceKey(scene, cooperative, next.address);
      const draw = next.facilities.drawDown(facility, order, 1_00n, 1n, ownAccount);
      await expectRefusal(draw, "PartySuspended", cooperative.address);
      await next.deliveries.despatch(order, 2n, 0n, 1_000n, 2n ** 40n - 1n);
    });
  });

  it("is not admitted again under its id, nor is its new key: AlreadyAdmitted", async () => {
    const { admin, cooperative, next } = scene;
    await replaceKey(scene, cooperative, next.address);
    for (const { address } of [cooperative, next])
      await expectRefusal(admin.parties.admit(address, 1n, "x"), "AlreadyAdmitted", address);
  });

  it("keeps its claims, roles, number and payout account under its id", async () => {
    const { cooperative, stranger, next, contracts, order, receivable } = scene;
    const { orders, parties, receivables } = contracts;
    await cooperative.parties.setPayoutAccount(stranger.address);
    const before = await parties.partyById(cooperative.address);
    await replaceKey(scene, cooperative, next.address);
    const after = await parties.partyById(cooperative.address);
    expect([...after]).to.deep.equal([next.address, ...[...before].slice(1)]);
    expect(await orders.ownerOf(order)).to.equal(cooperative.address);
    expect(await receivables.ownerOf(receivable)).to.equal(cooperative.address);
    expect(await receivables.balanceOf(cooperative.address)).to.equal(1n);
    expect(await receivables.balanceOf(next.address)).to.equal(0n);
    expect(await parties.payoutAccountOf(cooperative.address)).to.equal(stranger.address);
  });

  it("keeps its loan, on which its new key draws and for which it is paid", async () => {
    const { cooperative, next, contracts, facility, order } = scene;
    await replaceKey(scene, cooperative, next.address);
    const before = await contracts.deposits.balanceOf(cooperative.address);
    await next.facilities.drawDown(facility, order, 1_000_00n, 1n, ownAccount);
    const loan = await contracts.liens.loanOf(order);
    expect([loan.principal, loan.facility]).to.deep.equal([51_000_00n, facility]);
    expect(await contracts.deposits.balanceOf(cooperative.address)).to.equal(before + 1_000_00n);
    expect(await contracts.deposits.balanceOf(next.address)).to.equal(0n);
  });

  describe("and approved a currency by it", () => {
    it("is not collected from by that approval: the new key's is its mandate", async () => {
      const { buyer, stranger, next, admin, addresses, contracts, order } = scene;
      await replaceKey(scene, buyer, next.address);
      await at(Number((await due()) * 86_400n));
      await stranger.receivables.collect(order, 1);
      let debt = await contracts.receivables.receivableOf(order, 1);
      expect([debt.outstanding, debt.overdue]).to.deep.equal([owed, true]);
      expect(await contracts.deposits.balanceOf(buyer.address)).to.equal(openingCash);
      await admin.deposits.mint(next.address, owed);
      await next.deposits.approve(addresses.receivables, owed);
      await stranger.receivables.collect(order, 1);
      debt = await contracts.receivables.receivableOf(order, 1);
      expect([debt.outstanding, debt.overdue]).to.deep.equal([0n, false]);
      expect(await contracts.deposits.balanceOf(buyer.address)).to.equal(openingCash);
    });

    it("does not fund a drawdown by that approval: the new key's is its mandate", async () => {
      const { admin, cooperative, lender, next, addresses, contracts, facility, order } = scene;
      await replaceKey(scene, lender, next.address);
      const funds = await contracts.deposits.balanceOf(lender.address);
      const draw = (): Promise<unknown> =>
        cooperative.facilities.drawDown(facility, order, 1_00n, 1n, ownAccount);
      await expectRefusal(draw(), "ERC20InsufficientAllowance", addresses.facilities, 0n, 1_00n);
      await admin.deposits.mint(next.address, 1_00n);
      await next.deposits.approve(addresses.facilities, 1_00n);
      await draw();
      expect(await contracts.deposits.balanceOf(lender.address)).to.equal(funds);
      expect(await contracts.deposits.balanceOf(next.address)).to.equal(0n);
    });

    async function due(): Promise<bigint> {
      return (await scene.contracts.receivables.receivableOf(scene.order, 1)).dueDay;
    }
  });
});
