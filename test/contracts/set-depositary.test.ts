import { expect } from "chai";
import { load } from "../support/chain.ts";
import { expectRefusal } from "../support/refusals.ts";
import { acceptedOrder, openFacility, type AcceptedOrder } from "../support/scenes.ts";
import { facilityTerms, ownAccount, text } from "../support/terms.ts";

describe("Replacing the depositary of a facility", () => {
  let scene: AcceptedOrder;

  beforeEach(async () => {
    scene = await load(acceptedOrder);
  });

  it("is administration's, and told", async () => {
    const { admin, otherLender, contracts, facility } = scene;
    await expect(admin.facilities.setDepositary(facility, otherLender.address))
      .to.emit(contracts.facilities, "DepositaryChanged")
      .withArgs(facility, otherLender.address);
    const { depositary } = await contracts.facilities.facilityById(facility);
    expect(depositary).to.equal(otherLender.address);
  });

  it("changes nothing else of the facility, drawn or not", async () => {
    const { admin, cooperative, otherLender, contracts, facility, order } = scene;
    await cooperative.facilities.drawDown(facility, order, 1_00n, 0n, ownAccount);
    const before = await contracts.facilities.facilityById(facility);
    await admin.facilities.setDepositary(facility, otherLender.address);
    const after = await contracts.facilities.facilityById(facility);
    expect([...after]).to.deep.equal([...before].with(-1, otherLender.address));
  });

  it("replaces the one that the lender agreed on", async () => {
    const { admin, otherLender, otherWarehouse, contracts } = scene;
    const facility = await openFacility(scene, {
      number: text("F-2"),
      depositary: otherWarehouse.address,
    });
    const agreed = async (): Promise<string> =>
      (await contracts.facilities.facilityById(facility)).depositary;
    expect(await agreed()).to.equal(otherWarehouse.address);
    await admin.facilities.setDepositary(facility, otherLender.address);
    expect(await agreed()).to.equal(otherLender.address);
  });

  it("is refused to everybody else, the lender too: AccessManagedUnauthorized", async () => {
    const { lender, cooperative, buyer, otherLender, stranger, facility } = scene;
    for (const { facilities, address } of [lender, cooperative, buyer, otherLender, stranger]) {
      const call = facilities.setDepositary(facility, otherLender.address);
      await expectRefusal(call, "AccessManagedUnauthorized", address);
    }
  });

  it("is refused for no facility: UnknownFacility", async () => {
    const { admin, otherLender } = scene;
    const call = admin.facilities.setDepositary(7n, otherLender.address);
    await expectRefusal(call, "UnknownFacility", 7n);
  });

  it("is refused by nobody, by no party and by the lender itself: InvalidFacilityTerm", async () => {
    const { admin, lender, stranger, facility } = scene;
    for (const depositary of [ownAccount, stranger.address, lender.address]) {
      const call = admin.facilities.setDepositary(facility, depositary);
      await expectRefusal(call, "InvalidFacilityTerm", text("depositary"));
    }
  });

  it("cannot be opened with the lender or no party for one: InvalidFacilityTerm", async () => {
    const { lender, stranger } = scene;
    for (const depositary of [stranger.address, lender.address]) {
      const terms = facilityTerms(scene, { number: text("F-3"), depositary });
      await expectRefusal(lender.facilities.open(terms), "InvalidFacilityTerm", text("depositary"));
    }
  });
});
