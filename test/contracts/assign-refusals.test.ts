import { expect } from "chai";
import { assign, assignment } from "../support/assignment.ts";
import { at, day, load, onDay } from "../support/chain.ts";
import { expectRefusal } from "../support/refusals.ts";
import { makeOrder, owed, owedOrder, type OwedOrder } from "../support/scenes.ts";
import { roles, type Actor } from "../support/sheaf.ts";
import { signAssignment } from "../support/signing.ts";
import { orderTerms, ownAccount, text } from "../support/terms.ts";

describe("Assigning a receivable is refused", () => {
  let scene: OwedOrder;

  beforeEach(async () => {
    scene = await load(owedOrder);
  });

  afterEach("leaves claim and money where they were", async () => {
    const { contracts, addresses, receivable, otherLender } = scene;
    expect(await contracts.receivables.balanceOf(otherLender.address)).to.equal(0n);
    expect(await contracts.receivables.ownerOf(receivable)).not.to.equal(otherLender.address);
    expect(await contracts.deposits.balanceOf(addresses.receivables)).to.equal(0n);
  });

  async function addRole(party: Actor, role: bigint): Promise<void> {
    const { roles: held } = await scene.contracts.parties.partyById(party.address);
    await scene.admin.parties.setRoles(party.address, held | role);
  }

  for (const who of ["arbiter", "otherCooperative", "otherWarehouse", "stranger"] as const)
    it(`to a party without the lender role, as ${who}: NotPermitted`, async () => {
      const call = assign(scene, {}, scene.cooperative, scene[who]);
      await expectRefusal(call, "NotPermitted", scene[who].address);
    });

  it("when originating has ended: Retired", async () => {
    await scene.admin.parties.retire();
    await expectRefusal(assign(scene), "Retired");
  });

  it("while originating is paused: Paused", async () => {
    await scene.admin.parties.setPaused(true);
    await expectRefusal(assign(scene), "Paused");
  });

  it("to a suspended assignee: PartySuspended", async () => {
    const { admin, otherLender } = scene;
    await admin.parties.setSuspended(otherLender.address, true);
    await expectRefusal(assign(scene), "PartySuspended", otherLender.address);
  });

  it("of what does not exist: NoReceivable", async () => {
    const { contracts, order } = scene;
    const none = await contracts.receivables.receivableId(order, 2);
    await expectRefusal(assign(scene, { delivery: 2n }), "NoReceivable", none);
  });

  it("to its debtor, though that lends as well: NotPermitted", async () => {
    const { buyer, cooperative } = scene;
    await addRole(buyer, roles.lender);
    await expectRefusal(assign(scene, {}, cooperative, buyer), "NotPermitted", buyer.address);
  });

  it("to its holder, though that lends as well: NotPermitted", async () => {
    const { cooperative } = scene;
    await addRole(cooperative, roles.lender);
    const call = assign(scene, {}, cooperative, cooperative);
    await expectRefusal(call, "NotPermitted", cooperative.address);
  });

  it("to another lender than the statement names: NotPermitted", async () => {
    const { cooperative, lender, otherLender } = scene;
    const call = assign(scene, { assignee: lender.address }, cooperative, otherLender);
    await expectRefusal(call, "NotPermitted", otherLender.address);
  });

  it("to a lender that puts its own name into the statement: InvalidSignature", async () => {
    const { cooperative, lender, otherLender } = scene;
    const signed = assignment(scene, { assignee: lender.address });
    const signature = await signAssignment(scene, cooperative, signed);
    const call = otherLender.receivables.assign(assignment(scene), signature);
    await expectRefusal(call, "InvalidSignature", cooperative.address);
  });

  it("by a suspended holder: PartySuspended", async () => {
    const { admin, cooperative } = scene;
    await admin.parties.setSuspended(cooperative.address, true);
    await expectRefusal(assign(scene), "PartySuspended", cooperative.address);
  });

  it("when part of it was paid since: StaleState", async () => {
    const { buyer, order } = scene;
    await buyer.receivables.pay(order, 1, 1n, owed);
    await expectRefusal(assign(scene), "StaleState", owed, owed - 1n);
  });

  it("for nothing: ZeroAmount", async () => {
    await expectRefusal(assign(scene, { price: 0n }), "ZeroAmount");
  });

  it("when it is settled: ZeroAmount", async () => {
    const { buyer, order } = scene;
    await buyer.receivables.pay(order, 1, owed, owed);
    await expectRefusal(assign(scene, { outstanding: 0n }), "ZeroAmount");
  });

  it("while any of it is contested, to the last day of the ruling: Disputed", async () => {
    const { buyer, order, receivable } = scene;
    await buyer.receivables.contest(order, 1, 1n);
    await expectRefusal(assign(scene), "Disputed", receivable);
    await onDay(30);
    await expectRefusal(assign(scene), "Disputed", receivable);
  });

  it("while it is overdue, though most of it was collected: IsOverdue", async () => {
    const { buyer, stranger, addresses, order, receivable } = scene;
    await buyer.deposits.approve(addresses.receivables, owed - 1n);
    await onDay(30);
    await stranger.receivables.collect(order, 1);
    await expectRefusal(assign(scene, { outstanding: 1n, price: 1n }), "IsOverdue", receivable);
  });

  it("while its order carries a loan, of the assignee itself or another: Encumbered", async () => {
    const { cooperative, lender, facility, order } = scene;
    await cooperative.facilities.drawDown(facility, order, 1n, 0n, ownAccount);
    await expectRefusal(assign(scene), "Encumbered", order);
    await expectRefusal(assign(scene, {}, cooperative, lender), "Encumbered", order);
  });

  it("only as long as its order carries a loan: repaid, it may go", async () => {
    const { cooperative, contracts, facility, order, receivable, lender } = scene;
    await cooperative.facilities.drawDown(facility, order, 1n, 0n, ownAccount);
    await cooperative.facilities.repay(order, 1n, 1n);
    await assign(scene, {}, cooperative, lender);
    expect(await contracts.receivables.ownerOf(receivable)).to.equal(lender.address);
  });

  it("a second after the deadline: StatementExpired", async () => {
    const deadline = BigInt(day(3));
    await at(day(3) + 1);
    await expectRefusal(assign(scene, { deadline }), "StatementExpired", deadline);
  });

  it("not yet on the last second of the deadline", async () => {
    const { cooperative, lender, contracts, receivable } = scene;
    const terms = assignment(scene, { deadline: BigInt(day(3)), assignee: lender.address });
    const signature = await signAssignment(scene, cooperative, terms);
    await at(day(3));
    await lender.receivables.assign(terms, signature);
    expect(await contracts.receivables.ownerOf(receivable)).to.equal(lender.address);
  });

  it("when the holder has taken its word back: NonceUsed", async () => {
    const { cooperative } = scene;
    await cooperative.receivables.revokeNonce(1n);
    await expectRefusal(assign(scene), "NonceUsed", cooperative.address, 1n);
  });

  it("with a nonce that went with another receivable: NonceUsed", async () => {
    const { buyer, cooperative, lender } = scene;
    const other = await makeOrder(scene, { number: text("PO-2") });
    await cooperative.deliveries.despatch(other, 1, 0, 1_000_000n, BigInt(day(1)));
    await buyer.deliveries.accept(other, 1, 0, 1_000_000n);
    const sale = { order: other, outstanding: 6_500_00n, price: 6_400_00n };
    await assign(scene, sale, cooperative, lender);
    await expectRefusal(assign(scene), "NonceUsed", cooperative.address, 1n);
  });

  it("by the word of another party: InvalidSignature", async () => {
    const { cooperative, otherCooperative } = scene;
    const call = assign(scene, {}, otherCooperative);
    await expectRefusal(call, "InvalidSignature", cooperative.address);
  });

  it("by a key that was replaced: InvalidSignature", async () => {
    const { admin, cooperative, stranger } = scene;
    await admin.parties.proposeKey(cooperative.address, stranger.address);
    await onDay(2);
    await stranger.parties.replaceKey(cooperative.address);
    await expectRefusal(assign(scene), "InvalidSignature", cooperative.address);
  });

  it("by words for another contract: InvalidSignature", async () => {
    const { cooperative, otherLender, addresses } = scene;
    const terms = assignment(scene);
    const elsewhere = { ...scene, addresses: { ...addresses, receivables: addresses.orders } };
    const signature = await signAssignment(elsewhere, cooperative, terms);
    const call = otherLender.receivables.assign(terms, signature);
    await expectRefusal(call, "InvalidSignature", cooperative.address);
  });

  for (const [what, change] of [
    ["price", { price: 1n }],
    ["nonce", { nonce: 2n }],
    ["deadline", { deadline: BigInt(day(301)) }],
  ] as const)
    it(`with another ${what} than was signed: InvalidSignature`, async () => {
      const { cooperative, otherLender } = scene;
      const signature = await signAssignment(scene, cooperative, assignment(scene));
      const call = otherLender.receivables.assign(assignment(scene, change), signature);
      await expectRefusal(call, "InvalidSignature", cooperative.address);
    });

  it("by its former holder, with the words that sold it: InvalidSignature", async () => {
    const { cooperative, lender } = scene;
    const terms = assignment(scene, { assignee: lender.address });
    const signature = await signAssignment(scene, cooperative, terms);
    await lender.receivables.assign(terms, signature);
    await expectRefusal(assign(scene, { nonce: 2n }), "InvalidSignature", lender.address);
  });

  it("when the assignee's money does not reach, by the currency: nothing is assigned", async () => {
    const { otherLender, addresses } = scene;
    await otherLender.deposits.approve(addresses.receivables, 1n);
    await expect(assign(scene)).to.be.revertedWithCustomError(
      scene.contracts.deposits,
      "ERC20InsufficientAllowance",
    );
  });

  it("for the first reason in the order of checks", async () => {
    const { admin, buyer, cooperative, otherLender, facility, order, receivable } = scene;
    await cooperative.facilities.drawDown(facility, order, 1n, 0n, ownAccount);
    await buyer.receivables.contest(order, 1, 1n);
    await admin.parties.setSuspended(cooperative.address, true);
    const broken = { outstanding: 1n, price: 0n, deadline: 1n };
    await expectRefusal(assign(scene, broken), "PartySuspended", cooperative.address);
    await admin.parties.setSuspended(cooperative.address, false);
    await expectRefusal(assign(scene, broken), "StaleState", 1n, owed);
    await expectRefusal(assign(scene, { ...broken, outstanding: owed }), "ZeroAmount");
    const late = { deadline: 1n };
    await expectRefusal(assign(scene, late), "Disputed", receivable);
    await scene.arbiter.receivables.rule(order, 1, 0n, orderTerms(scene));
    await expectRefusal(assign(scene, late), "Encumbered", order);
    await cooperative.facilities.repay(order, 1n, 1n);
    await cooperative.receivables.revokeNonce(1n);
    await expectRefusal(assign(scene, late, otherLender), "StatementExpired", 1n);
    await expectRefusal(assign(scene, {}, otherLender), "NonceUsed", cooperative.address, 1n);
  });
});
