import { expect } from "chai";
import { AbiCoder, encodeBytes32String, keccak256, ZeroAddress } from "ethers";
import { load } from "../support/chain.ts";
import { expectRefusal } from "../support/refusals.ts";
import { acceptedOrder, drawn, type AcceptedOrder } from "../support/scenes.ts";
import { roles, type Sheaf } from "../support/sheaf.ts";
import { ownAccount, facilityTerms, text } from "../support/terms.ts";
import type { FacilityTermsStruct } from "../../typechain-types/facility/IFacilities.ts";

const another = { number: text("F-2") };

describe("Opening a facility", () => {
  let scene: AcceptedOrder;

  beforeEach(async () => {
    scene = await load(acceptedOrder);
  });

  it("puts it on record under an id that is known beforehand", async () => {
    const { lender, cooperative, contracts } = scene;
    const terms = facilityTerms(scene, another);
    const id = BigInt(
      keccak256(
        AbiCoder.defaultAbiCoder().encode(
          ["bytes32", "address", "bytes32"],
          [encodeBytes32String("sheaf.facility"), lender.address, terms.number],
        ),
      ),
    );
    await expect(lender.facilities.open(terms))
      .to.emit(contracts.facilities, "FacilityOpened")
      .withArgs(id, lender.address, cooperative.address, Object.values(terms));
    expect(await contracts.facilities.facilityId(lender.address, terms.number)).to.equal(id);
    const facility = await contracts.facilities.facilityById(id);
    expect([facility.status, facility.limit, facility.drawn]).to.deep.equal([1n, terms.limit, 0n]);
    expect([facility.lender, facility.borrower, facility.buyer, facility.payee]).to.deep.equal([
      lender.address,
      cooperative.address,
      scene.buyer.address,
      lender.address,
    ]);
  });

  it("is refused a second time, whatever the terms: AlreadyExists", async () => {
    const { lender, facility } = scene;
    const call = lender.facilities.open(facilityTerms(scene, { dayBasis: 364n }));
    await expectRefusal(call, "AlreadyExists", facility);
  });

  it("is refused to a suspended lender: PartySuspended", async () => {
    const { admin, lender } = scene;
    await admin.parties.setSuspended(lender.address, true);
    const call = lender.facilities.open(facilityTerms(scene, another));
    await expectRefusal(call, "PartySuspended", lender.address);
  });

  it("is refused while originating is paused: Paused", async () => {
    await scene.admin.parties.setPaused(true);
    const call = scene.lender.facilities.open(facilityTerms(scene, another));
    await expectRefusal(call, "Paused");
  });

  it("is refused to a lender that would lend to itself: InvalidFacilityTerm", async () => {
    const { admin, lender } = scene;
    await admin.parties.setRoles(lender.address, roles.lender | roles.cooperative);
    const terms = facilityTerms(scene, { ...another, borrower: lender.address });
    const call = lender.facilities.open(terms);
    await expectRefusal(call, "InvalidFacilityTerm", text("borrower"));
  });

  it("is refused for a buyer that would buy from itself: InvalidFacilityTerm", async () => {
    const { admin, cooperative, lender } = scene;
    await admin.parties.setRoles(cooperative.address, roles.cooperative | roles.buyer);
    const terms = facilityTerms(scene, { ...another, buyer: cooperative.address });
    await expectRefusal(lender.facilities.open(terms), "InvalidFacilityTerm", text("buyer"));
  });

  describe("is refused for a term that cannot be agreed: InvalidFacilityTerm", () => {
    const cases: readonly (readonly [
      why: string,
      field: string,
      terms: (sheaf: Sheaf) => Partial<FacilityTermsStruct>,
    ])[] = [
      ["no number", "number", () => ({ number: text("") })],
      ["a borrower of another role", "borrower", ({ buyer: b }) => ({ borrower: b.address })],
      ["a borrower that is no party", "borrower", ({ stranger: s }) => ({ borrower: s.address })],
      ["a buyer of another role", "buyer", ({ warehouse: w }) => ({ buyer: w.address })],
      ["a currency not approved", "currency", ({ stranger: s }) => ({ currency: s.address })],
      ["a limit that a loan could not hold", "limit", () => ({ limit: 2n ** 56n })],
      ["more than all on the order", "orderAdvanceBps", () => ({ orderAdvanceBps: 10_001n })],
      ["more than all in store", "storedAdvanceBps", () => ({ storedAdvanceBps: 10_001n })],
      ["more than all owed", "acceptedAdvanceBps", () => ({ acceptedAdvanceBps: 10_001n })],
      ["a rate beyond its cap", "rateBps", () => ({ rateBps: 10_001n, penaltyRateBps: 10_001n })],
      ["a penalty below the rate", "penaltyRateBps", () => ({ penaltyRateBps: 451n })],
      ["a penalty beyond its cap", "penaltyRateBps", () => ({ penaltyRateBps: 10_001n })],
      ["another day basis", "dayBasis", () => ({ dayBasis: 364n })],
      ["no tenor", "tenorDays", () => ({ tenorDays: 0n })],
      ["a tenor beyond a year", "tenorDays", () => ({ tenorDays: 366n })],
      ["a grace beyond a year", "graceDays", () => ({ graceDays: 366n })],
      ["a sweep beyond everything", "sweepBps", () => ({ sweepBps: 10_001n })],
      ["no payee", "payee", () => ({ payee: ZeroAddress })],
      ["no approved payee", "approvedPayees", () => ({ approvedPayees: [ZeroAddress] })],
      [
        "our own approved payee",
        "approvedPayees",
        (s) => ({ approvedPayees: [s.addresses.liens] }),
      ],
      [
        "17 payees",
        "approvedPayees",
        (s) => ({ approvedPayees: Array.from({ length: 17 }, () => s.buyer.address) }),
      ],
      ["the lender as depositary", "depositary", ({ lender: l }) => ({ depositary: l.address })],
      ["a strange depositary", "depositary", ({ stranger: s }) => ({ depositary: s.address })],
    ];
    for (const [why, field, changes] of cases)
      it(why, async () => {
        const terms = facilityTerms(scene, { ...another, ...changes(scene) });
        const call = scene.lender.facilities.open(terms);
        await expectRefusal(call, "InvalidFacilityTerm", text(field));
      });
  });

  it("takes the edges of every term", async () => {
    const { lender, otherLender } = scene;
    const most = {
      limit: 2n ** 56n - 1n,
      orderAdvanceBps: 10_000n,
      storedAdvanceBps: 10_000n,
      acceptedAdvanceBps: 10_000n,
      rateBps: 10_000n,
      penaltyRateBps: 10_000n,
      tenorDays: 365n,
      graceDays: 365n,
      sweepBps: 10_000n,
      dayBasis: 365n,
      depositary: otherLender.address,
    };
    await lender.facilities.open(facilityTerms(scene, { ...another, ...most }));
    const least = { rateBps: 0n, penaltyRateBps: 0n, tenorDays: 1n, graceDays: 0n };
    await lender.facilities.open(facilityTerms(scene, { number: text("F-3"), ...least }));
  });
});

describe("A facility, once open,", () => {
  let scene: AcceptedOrder;

  beforeEach(async () => {
    scene = await load(acceptedOrder);
  });

  it("can have its limit lowered, also below what is drawn", async () => {
    const { lender, cooperative, contracts, facility, order } = scene;
    await cooperative.facilities.drawDown(facility, order, drawn, 0n, ownAccount);
    await expect(lender.facilities.lowerLimit(facility, 1n))
      .to.emit(contracts.facilities, "LimitLowered")
      .withArgs(facility, 1n);
    const record = await contracts.facilities.facilityById(facility);
    expect([record.limit, record.drawn]).to.deep.equal([1n, drawn]);
    expect(await contracts.quotes.available(facility, order)).to.equal(0n);
  });

  it("cannot have its limit left as it is, or raised: LimitNotLower", async () => {
    const { lender, facility } = scene;
    for (const limit of [500_000_00n, 500_000_01n])
      await expectRefusal(
        lender.facilities.lowerLimit(facility, limit),
        "LimitNotLower",
        limit,
        500_000_00n,
      );
  });

  it("can be suspended once, and resumed once: FacilitySuspended, FacilityNotSuspended", async () => {
    const { lender, contracts, facility } = scene;
    const status = async (): Promise<bigint> =>
      (await contracts.facilities.facilityById(facility)).status;
    await expectRefusal(lender.facilities.resume(facility), "FacilityNotSuspended", facility);
    await lender.facilities.suspend(facility);
    expect(await status()).to.equal(2n);
    await expectRefusal(lender.facilities.suspend(facility), "FacilitySuspended", facility);
    await lender.facilities.resume(facility);
    expect(await status()).to.equal(1n);
  });

  it("can be closed for good: FacilityClosed", async () => {
    const { lender, facility } = scene;
    await lender.facilities.suspend(facility);
    await lender.facilities.close(facility);
    const { facilities } = lender;
    for (const act of [facilities.suspend, facilities.resume, facilities.close])
      await expectRefusal(act(facility), "FacilityClosed", facility);
  });

  it("pays another account if the lender says so, and never none: InvalidFacilityTerm", async () => {
    const { lender, otherLender, contracts, facility } = scene;
    await expect(lender.facilities.setPayee(facility, otherLender.address))
      .to.emit(contracts.facilities, "PayeeChanged")
      .withArgs(facility, otherLender.address);
    for (const account of [ZeroAddress, await contracts.receivables.getAddress()]) {
      const call = lender.facilities.setPayee(facility, account);
      await expectRefusal(call, "InvalidFacilityTerm", text("payee"));
    }
  });

  it("obeys its own lender alone: NotPermitted, and UnknownFacility for none", async () => {
    const { otherLender, lender, facility } = scene;
    await expectRefusal(
      otherLender.facilities.suspend(facility),
      "NotPermitted",
      otherLender.address,
    );
    await expectRefusal(lender.facilities.suspend(7n), "UnknownFacility", 7n);
  });
});
