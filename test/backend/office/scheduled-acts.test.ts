import { expect } from "chai";
import { Wallet } from "ethers";
import type { Client } from "../../support/client.ts";
import { officeDelay, startOffices, type Offices } from "../../support/offices.ts";
import { refusal } from "../../support/trade.ts";

interface Waiting {
  readonly id: string;
  readonly state: string;
  readonly notBefore: string | null;
}

interface Listed {
  readonly items: readonly {
    readonly id: string;
    readonly standing: string;
    readonly command: string | null;
    readonly says: { readonly en: string; readonly zh: string };
    readonly from: string;
  }[];
}

const newKey = (): string => Wallet.createRandom().address;
const week = 7 * 86_400;

describe("An act of administration whose office has a delay", function () {
  this.timeout(90_000);
  let offices: Offices;

  before(async () => {
    offices = await startOffices();
  });

  after(() => offices.close());

  const admission = (key = newKey()) => ({ name: "Mill", roles: ["buyer"], key });
  const admit = async (
    body = admission(),
    headers: Record<string, string> = {},
    by: Client = offices.operator,
  ): Promise<Waiting> => {
    const answer = await by.post<Waiting>("/api/v1/parties", body, headers);
    expect(answer.status, JSON.stringify(answer.body)).to.equal(202);
    return answer.body;
  };
  const stateOf = async (id: string): Promise<unknown> => (await offices.command(id))["state"];
  const isAdmitted = async (key: string): Promise<boolean> =>
    (await offices.operator.get(`/api/v1/parties/${key}`)).status === 200;

  it("is scheduled at once and answered with when it will be done", async () => {
    const body = admission();
    const { id, state, notBefore } = await admit(body);
    const head = await offices.chain.provider.getBlock("latest");
    expect(state).to.equal("Scheduled");
    expect(Date.parse(notBefore!) / 1000).to.equal(head!.timestamp + officeDelay);
    expect(await offices.command(id)).to.include({ method: "admit", transaction: null });
    const { body: listed } = await offices.guardian.get<Listed>(
      "/api/v1/scheduled-acts?state=open",
    );
    const [act] = listed.items.filter(({ command }) => command === id);
    expect(act).to.include({ standing: "Waiting", from: notBefore });
    expect(act!.says.en).to.equal(`Admit “Mill” as buyer; it signs with ${body.key}.`);
    expect(act!.says.zh).to.include("准入“Mill”为买方");
  });

  it("is done by itself when its time has come, and not a moment before", async () => {
    const body = admission();
    const { id } = await admit(body);
    await offices.pass(officeDelay - 30);
    await offices.settle();
    expect(await stateOf(id)).to.equal("Scheduled");
    await offices.pass(31);
    await offices.reaches(id, "Final");
    expect(await isAdmitted(body.key)).to.equal(true);
  });

  it("is done once, however often it is asked for, and the answer then is what came of it", async () => {
    const body = admission();
    const headers = { "idempotency-key": "admit-once" };
    const answers = await Promise.all(Array.from({ length: 20 }, () => admit(body, headers)));
    expect(new Set(answers.map(({ id }) => id)).size).to.equal(1);
    await offices.pass(officeDelay + 1);
    await offices.reaches(answers[0]!.id, "Final");
    const after = await offices.operator.post("/api/v1/parties", body, headers);
    expect([after.status, after.body["id"]]).to.deep.equal([201, body.key]);
    const again = await offices.operator.post("/api/v1/parties", body, headers);
    expect(again.headers.get("idempotency-replayed")).to.equal("true");
    const other = await offices.operator.post("/api/v1/parties", admission(), headers);
    expect(refusal(other)).to.equal("422 IdempotencyKeyReused");
  });

  it("fails in AccessManager's word where the guardian has cancelled it", async () => {
    const body = admission();
    const headers = { "idempotency-key": "cancelled" };
    const { id } = await admit(body, headers);
    const { body: listed } = await offices.guardian.get<Listed>(
      "/api/v1/scheduled-acts?state=open",
    );
    const act = listed.items.find(({ command }) => command === id)!;
    const asked = await offices.guardian.post<{ prepared: unknown }>(
      `/api/v1/scheduled-acts/${act.id}/cancellation`,
    );
    // The guardian's key is no business of the backend's: its wallet is to sign.
    expect(asked.status).to.equal(202);
    const { target, data } = await offices
      .past("guardian")
      .parties.admit.populateTransaction(body.key, 1n, "Mill")
      .then(({ to, data }) => ({ target: to, data: data }));
    const { administration } = offices.past("guardian");
    await (
      await administration.cancel(offices.wallets.operator.address, target, data, { gasPrice: 0 })
    ).wait();
    await offices.reaches(id, "Failed");
    expect(await offices.command(id)).to.deep.include({
      state: "Failed",
      error: { code: "AccessManagerNotScheduled", values: { operationId: act.id } },
    });
    const again = await offices.operator.post("/api/v1/parties", body, headers);
    expect(refusal(again)).to.equal("409 AccessManagerNotScheduled");
    await offices.pass(officeDelay + 1);
    await offices.settle();
    expect(await isAdmitted(body.key)).to.equal(false);
  });

  it("is refused at once where it would be refused at its time", async () => {
    const body = admission();
    const { id } = await admit(body);
    await offices.pass(officeDelay + 1);
    await offices.reaches(id, "Final");
    expect(refusal(await offices.operator.post("/api/v1/parties", body))).to.equal(
      "409 AlreadyAdmitted",
    );
  });

  it("cannot be scheduled twice at a time", async () => {
    const body = admission();
    const first = await admit(body);
    const second = await offices.operator.post("/api/v1/parties", body);
    expect(refusal(second)).to.equal("409 AccessManagerAlreadyScheduled");
    expect(await stateOf(first.id)).to.equal("Scheduled");
    const { body: failed } = await offices.operator.get<{
      items: { method: string; error: { code: string } }[];
    }>("/api/v1/commands?state=Failed&limit=200");
    const refused = failed.items.filter(
      ({ error }) => error.code === "AccessManagerAlreadyScheduled",
    );
    expect(refused.map(({ method }) => method)).to.have.members(["schedule", "admit"]);
  });

  it("fails where nobody was there for the week in which it could have been done", async () => {
    const { id } = await admit();
    await offices.restart({ pollInterval: 60_000 });
    await offices.pass(officeDelay + week + 1);
    await offices.reaches(id, "Failed");
    expect(await offices.command(id)).to.have.nested.property("error.code", "AccessManagerExpired");
  });

  it("survives a restart while it waits", async () => {
    const body = admission();
    const { id } = await admit(body);
    await offices.restart();
    await offices.pass(officeDelay + 1);
    await offices.reaches(id, "Final");
    expect(await isAdmitted(body.key)).to.equal(true);
  });

  it("that was scheduled past the backend is shown, with no command", async () => {
    const { parties, administration } = offices.past("operator");
    const key = newKey();
    const { to, data } = await parties.setRoles.populateTransaction(key, 8n);
    await (await administration.schedule(to, data, 0n, { gasPrice: 0 })).wait();
    await offices.settle();
    const { body } = await offices.supervisor.get<Listed>(
      "/api/v1/scheduled-acts?state=open&sort=newest&limit=1",
    );
    expect(body.items[0]).to.include({ command: null, standing: "Waiting" });
    expect(body.items[0]!.says.en).to.include(`Make ${key} lender`);
  });

  it("is no act of the supervisor, who suspends and pauses at once", async () => {
    const body = admission();
    const { id } = await admit(body);
    await offices.pass(officeDelay + 1);
    await offices.reaches(id, "Final");
    const path = `/api/v1/parties/${body.key}/suspension`;
    const suspend = { suspended: true };
    expect(refusal(await offices.operator.post(path, suspend))).to.equal("403 WrongRole");
    const { status, body: party } = await offices.supervisor.post(path, suspend);
    expect([status, party["suspended"]]).to.deep.equal([200, true]);
    const paused = await offices.supervisor.post("/api/v1/origination/pause", { paused: true });
    expect([paused.status, paused.body]).to.deep.equal([200, { paused: true, retired: false }]);
    expect(refusal(await offices.supervisor.post("/api/v1/parties", admission()))).to.equal(
      "403 WrongRole",
    );
  });
});
