import { expect } from "chai";
import { ZeroAddress } from "ethers";
import { load } from "../support/chain.ts";
import { freshAccount, replaceKey } from "../support/keys.ts";
import { expectRefusal } from "../support/refusals.ts";
import { contractCallers, partyCallers, type Row } from "../support/role-table/row.ts";
import { stages, type Stage } from "../support/role-table/stage.ts";
import { encode, table } from "../support/role-table/table.ts";

/** Every act of administration, on whichever contract. */
const administrative = table.filter(
  ({ outcomes }) =>
    outcomes.admin === "allowed" && outcomes.stranger !== "allowed" && outcomes.buyer !== "allowed",
);

describe("The account where a party is paid", () => {
  let stage: Stage;

  beforeEach(async () => {
    stage = await load(stages.trade);
  });

  async function accounts(): Promise<string[]> {
    const { contracts } = stage;
    return Promise.all(
      partyCallers.map((party) => contracts.parties.payoutAccountOf(stage[party].address)),
    );
  }

  for (const row of administrative)
    it(`is not touched by ${row.call}`, async () => {
      const before = await accounts();
      const { admin } = stage;
      const { to, data } = encode(stage, row, admin.address);
      await (await admin.signer.sendTransaction({ to, data })).wait();
      expect(await accounts()).to.deep.equal(before);
    });

  it("is set by one function alone, and that has no room for another party's name", () => {
    const naming = contractCallers.flatMap((contract) => {
      const found: string[] = [];
      stage.contracts[contract].interface.forEachFunction((fragment) => {
        const changes = /payout/i.test(fragment.format("full")) && !fragment.constant;
        if (changes) found.push(`${contract}.${fragment.format("sighash")}`);
      });
      return found;
    });
    expect(naming).to.deep.equal(["parties.setPayoutAccount(address)"]);
  });

  it("is not administration's to set, nor through the contract of administration", async () => {
    const { admin, addresses, contracts } = stage;
    const own = admin.parties.setPayoutAccount(admin.address);
    await expectRefusal(own, "NotPermitted", admin.address);
    const data = contracts.parties.interface.encodeFunctionData("setPayoutAccount", [
      admin.address,
    ]);
    const through = admin.administration.execute(addresses.parties, data);
    await expectRefusal(through, "NotPermitted", addresses.administration);
  });

  it("is not changed by the replacement of the party's key, and then is the new key's to set", async () => {
    const { cooperative, contracts } = stage;
    const next = await freshAccount(stage, 3);
    await replaceKey(stage, cooperative, next.address);
    const account = (): Promise<string> => contracts.parties.payoutAccountOf(cooperative.address);
    expect(await account()).to.equal(cooperative.address);
    const old = cooperative.parties.setPayoutAccount(cooperative.address);
    await expectRefusal(old, "NotPermitted", cooperative.address);
    await next.parties.setPayoutAccount(next.address);
    expect(await account()).to.equal(next.address);
  });

  it("is nobody's where there is no party", async () => {
    const { contracts, nobody } = stage;
    expect(await contracts.parties.payoutAccountOf(nobody.address)).to.equal(ZeroAddress);
  });

  it("is tried by every act of administration that there is", () => {
    const restricted: readonly Row["call"][] = [
      "parties.admit",
      "parties.setRoles",
      "parties.setSuspended",
      "parties.proposeKey",
      "parties.setPaused",
      "parties.retire",
      "currencies.approveCurrency",
      "deposits.mint",
      "receipts.setCapacity",
      "facilities.setDepositary",
    ];
    expect(administrative.map(({ call }) => call)).to.include.members([...restricted]);
  });
});
