import { expect } from "chai";
import { Wallet } from "ethers";
import { clientOf } from "../../support/sign-in.ts";
import { officeDelay, startOffices, type Offices } from "../../support/offices.ts";
import { made } from "../../support/trade.ts";
import { signedAsLaidOut, type Prepared } from "../../support/wallet-signing.ts";

interface Waiting {
  readonly id: string;
  readonly state: string;
  readonly notBefore: string | null;
  readonly method: string;
  readonly prepared: Prepared | null;
}

const newKey = (): string => Wallet.createRandom().address;
const admission = (key = newKey()) => ({ name: "Mill", roles: ["buyer"], key });

describe("An act that waits out its office's delay", function () {
  this.timeout(120_000);
  let offices: Offices;

  afterEach(() => offices.close());

  const admit = async (key: string): Promise<Waiting> => {
    const { status, body } = await offices.operator.post<Waiting>(
      "/api/v1/parties",
      admission(key),
    );
    expect(status, JSON.stringify(body)).to.equal(202);
    return body;
  };
  const present = async (id: string): Promise<Waiting> =>
    (await offices.command(id)) as unknown as Waiting;
  const isAdmitted = async (key: string): Promise<boolean> =>
    (await offices.operator.get(`/api/v1/parties/${key}`)).status === 200;
  const schedulings = async (): Promise<number> => {
    const { administration } = offices.past("operator");
    return (await administration.queryFilter(administration.filters.OperationScheduled())).length;
  };

  it("is not sent before the block that has scheduled it stays", async () => {
    offices = await startOffices({ finalityBlocks: 3 });
    const key = newKey();
    const { id } = await admit(key);
    await offices.pass(officeDelay + 1);
    await offices.settle();
    expect((await present(id)).state).to.equal("Scheduled");
    await offices.chain.mine(2);
    await offices.settle();
    await offices.chain.mine(4);
    await offices.reaches(id, "Final");
    expect(await isAdmitted(key)).to.equal(true);
  });

  it("goes by the block that scheduled it in the end, when the first one is reorganised away", async () => {
    offices = await startOffices({ finalityBlocks: 3 });
    const snapshot = await offices.chain.send("evm_snapshot");
    const key = newKey();
    const { id, notBefore } = await admit(key);
    await offices.chain.send("evm_revert", snapshot);
    await offices.chain.send("evm_increaseTime", 500);
    await offices.chain.mine(2);
    await offices.settle();
    await offices.settle();
    const later = await present(id);
    expect(later.state).to.equal("Scheduled");
    expect(Date.parse(later.notBefore!)).to.be.greaterThan(Date.parse(notBefore!) + 400_000);
    await offices.chain.mine(3);
    await offices.pass(officeDelay - 400);
    await offices.settle();
    expect((await present(id)).state).to.equal("Scheduled");
    await offices.pass(500);
    await offices.settle();
    await offices.chain.mine(4);
    await offices.reaches(id, "Final");
    expect(await isAdmitted(key)).to.equal(true);
    expect(await schedulings()).to.equal(1);
  });

  it("is laid out for a wallet twice: to be scheduled, and to be done", async () => {
    offices = await startOffices({ signWithin: 1 });
    const operator = new Wallet(Wallet.createRandom().privateKey);
    const { wallets } = offices;
    // The backend is told the operator's account alone.
    await offices.restart({
      administrationKey: undefined,
      administrationAccount: wallets.operator.address,
      dataDir: `${offices.started.config.dataDir}-wallet`,
      signWithin: 900,
    });
    expect(operator.address).not.to.equal(wallets.operator.address);
    const key = newKey();
    const { id } = await admit(key);
    const sign = async (command: string): Promise<void> => {
      const { prepared } = await present(command);
      const raw = signedAsLaidOut(wallets.operator, prepared!);
      made(await offices.operator.post(`/api/v1/commands/${command}/transaction`, { raw }));
    };
    const { body } = await offices.operator.get<{ items: Waiting[] }>(
      "/api/v1/commands?state=Queued",
    );
    expect(body.items.map(({ method }) => method)).to.deep.equal(["schedule"]);
    await sign(body.items[0]!.id);
    await offices.settle();
    expect((await present(id)).state).to.equal("Scheduled");
    await offices.pass(officeDelay + 1);
    await offices.reaches(id, "Queued");
    await sign(id);
    await offices.reaches(id, "Final");
    expect(await isAdmitted(key)).to.equal(true);
  });

  it("is scheduled only when a second person has approved it, where there is a limit", async () => {
    offices = await startOffices();
    const maker = new Wallet(Wallet.createRandom().privateKey);
    const approver = new Wallet(Wallet.createRandom().privateKey);
    const people = "/api/v1/organisation/people";
    for (const [{ address }, rank] of [
      [maker, "maker"],
      [approver, "approver"],
    ] as const) {
      made(await offices.operator.put(`${people}/${address}`, { rank, name: rank }));
    }
    const items = [{ kind: "admission" }];
    made(await offices.operator.put("/api/v1/organisation/limits", { items }));
    const { url } = offices.started;
    const key = newKey();
    const asked = await (
      await clientOf(url, maker)
    ).post<Waiting>("/api/v1/parties", admission(key));
    expect([asked.status, asked.body.state]).to.deep.equal([202, "Proposed"]);
    expect(await schedulings()).to.equal(0);
    const second = await clientOf(url, approver);
    const { status } = await second.post(`/api/v1/commands/${asked.body.id}/approval`);
    expect(status).to.equal(200);
    await offices.reaches(asked.body.id, "Scheduled");
    // Its time counts from the block that has scheduled it.
    while ((await present(asked.body.id)).notBefore === null) await offices.settle();
    await offices.pass(officeDelay + 1);
    await offices.reaches(asked.body.id, "Final");
    expect(await isAdmitted(key)).to.equal(true);
  });
});
