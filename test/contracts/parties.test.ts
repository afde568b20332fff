import { expect } from "chai";
import { ZeroAddress } from "ethers";
import { administrativeRoles } from "../../scripts/deploy/administration.ts";
import { load } from "../support/chain.ts";
import { expectRefusal } from "../support/refusals.ts";
import { admittedParties, roles, type Sheaf } from "../support/sheaf.ts";

describe("Parties", () => {
  let sheaf: Sheaf;

  beforeEach(async () => {
    sheaf = await load(admittedParties);
  });

  it("are admitted under their key's address, which signs for them and is paid", async () => {
    const { admin, stranger, contracts } = sheaf;
    await expect(admin.parties.admit(stranger.address, roles.buyer | roles.lender, "Mill"))
      .to.emit(contracts.parties, "PartyAdmitted")
      .withArgs(stranger.address, 11n, 9n, "Mill");
    const party = await contracts.parties.partyById(stranger.address);
    expect([...party]).to.deep.equal([stranger.address, 11n, 9n, false, stranger.address]);
    expect(await contracts.parties.partyOf(stranger.address)).to.equal(stranger.address);
  });

  it("are no party before they are admitted, and neither is no one", async () => {
    const { stranger, contracts } = sheaf;
    for (const address of [stranger.address, ZeroAddress]) {
      expect(await contracts.parties.partyOf(address)).to.equal(ZeroAddress);
      expect((await contracts.parties.partyById(address)).key).to.equal(ZeroAddress);
    }
  });

  it("are not admitted twice: AlreadyAdmitted, before UnknownRoles", async () => {
    const { admin, buyer } = sheaf;
    const call = admin.parties.admit(buyer.address, 0n, "again");
    await expectRefusal(call, "AlreadyAdmitted", buyer.address);
  });

  it("are not admitted without an address, or as a contract of ours: CannotBePaid", async () => {
    const { admin, contracts } = sheaf;
    for (const account of [ZeroAddress, await contracts.liens.getAddress()])
      await expectRefusal(admin.parties.admit(account, 1n, "nobody"), "CannotBePaid", account);
  });

  for (const unknown of [0n, 32n, 65_535n])
    it(`have no roles ${unknown.toString(2)}: UnknownRoles`, async () => {
      const { admin, buyer, stranger } = sheaf;
      const admit = admin.parties.admit(stranger.address, unknown, "Mill");
      await expectRefusal(admit, "UnknownRoles", unknown);
      const change = admin.parties.setRoles(buyer.address, unknown);
      await expectRefusal(change, "UnknownRoles", unknown);
    });

  it("can be given other roles, and then originate by those alone", async () => {
    const { admin, buyer, contracts } = sheaf;
    await expect(admin.parties.setRoles(buyer.address, roles.lender))
      .to.emit(contracts.parties, "PartyRolesChanged")
      .withArgs(buyer.address, roles.lender);
    const asked = contracts.parties.requireOriginator(buyer.address, roles.buyer);
    await expectRefusal(asked, "NotPermitted", buyer.address);
    expect([
      ...(await contracts.parties.requireOriginator(buyer.address, roles.lender)),
    ]).to.deep.equal([1n, buyer.address]);
  });

  it("can be suspended, and the suspension lifted", async () => {
    const { admin, buyer, contracts } = sheaf;
    await expect(admin.parties.setSuspended(buyer.address, true))
      .to.emit(contracts.parties, "PartyStandingChanged")
      .withArgs(buyer.address, true);
    const asked = contracts.parties.requireOriginator(buyer.address, roles.buyer);
    await expectRefusal(asked, "PartySuspended", buyer.address);
    await admin.parties.setSuspended(buyer.address, false);
    expect([
      ...(await contracts.parties.requireOriginator(buyer.address, roles.buyer)),
    ]).to.deep.equal([1n, buyer.address]);
  });

  it("that were never admitted are neither changed nor suspended: UnknownParty", async () => {
    const { admin, stranger } = sheaf;
    const roleChange = admin.parties.setRoles(stranger.address, 1n);
    await expectRefusal(roleChange, "UnknownParty", stranger.address);
    const suspension = admin.parties.setSuspended(stranger.address, true);
    await expectRefusal(suspension, "UnknownParty", stranger.address);
  });

  it("name their payout account themselves", async () => {
    const { cooperative, stranger, contracts } = sheaf;
    await expect(cooperative.parties.setPayoutAccount(stranger.address))
      .to.emit(contracts.parties, "PayoutAccountChanged")
      .withArgs(cooperative.address, stranger.address);
    const party = await contracts.parties.partyById(cooperative.address);
    expect([party.key, party.payoutAccount]).to.deep.equal([cooperative.address, stranger.address]);
  });

  it("cannot be paid where money would be lost, nobody's account included: CannotBePaid", async () => {
    const { cooperative, contracts } = sheaf;
    const ours = await Promise.all(
      Object.values(contracts).map((contract) => contract.getAddress()),
    );
    for (const account of [ZeroAddress, ...ours])
      await expectRefusal(cooperative.parties.setPayoutAccount(account), "CannotBePaid", account);
  });

  it("alone have a payout account: NotPermitted", async () => {
    const { admin, stranger } = sheaf;
    for (const other of [admin, stranger])
      await expectRefusal(
        other.parties.setPayoutAccount(other.address),
        "NotPermitted",
        other.address,
      );
  });

  it("are paused and set free again by administration", async () => {
    const { admin, contracts, buyer } = sheaf;
    await expect(admin.parties.setPaused(true))
      .to.emit(contracts.parties, "OriginationPaused")
      .withArgs(true);
    expect(await contracts.parties.paused()).to.equal(true);
    const asked = contracts.parties.requireOriginator(buyer.address, roles.buyer);
    await expectRefusal(asked, "Paused");
    await admin.parties.setPaused(false);
    expect(await contracts.parties.paused()).to.equal(false);
  });
});

describe("Administration", () => {
  let sheaf: Sheaf;

  beforeEach(async () => {
    sheaf = await load(admittedParties);
  });

  it("is refused to every party and to strangers: AccessManagedUnauthorized", async () => {
    for (const who of [
      "buyer",
      "cooperative",
      "warehouse",
      "lender",
      "arbiter",
      "stranger",
    ] as const) {
      const { address, parties, receipts, currencies, deposits } = sheaf[who];
      for (const call of [
        parties.admit(address, 1n, "x"),
        parties.setRoles(address, 31n),
        parties.setSuspended(sheaf.buyer.address, true),
        parties.setPaused(true),
        receipts.setCapacity(address, 1n),
        currencies.approveCurrency(address),
        deposits.mint(address, 1n),
      ])
        await expectRefusal(call, "AccessManagedUnauthorized", address);
    }
  });

  it("that was given a delay cannot act at once", async () => {
    const { admin, buyer, stranger } = sheaf;
    const { admission } = administrativeRoles;
    await admin.administration.grantRole(admission, stranger.address, 86_400n);
    const call = stranger.parties.setRoles(buyer.address, roles.lender);
    await expect(call).to.be.revertedWithCustomError(
      sheaf.contracts.administration,
      "AccessManagerNotScheduled",
    );
  });
});
