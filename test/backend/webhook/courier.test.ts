import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import type { Config } from "../../../backend/src/config/config.ts";
import { startBackend, type TestBackend } from "../../support/backend.ts";
import { Client } from "../../support/client.ts";
import { startLocalChain, type LocalChain } from "../../support/local-chain.ts";
import { idOf, startReceiver, verified, type Receiver } from "../../support/receiver.ts";
import { made } from "../../support/trade.ts";

interface Hook {
  readonly id: string;
  readonly secret: string;
  readonly enabled: boolean;
  readonly disabledBecause: string | null;
  readonly failures: number;
}

interface Delivery {
  readonly event: string;
  readonly state: string;
  readonly attempts: number;
  readonly status: number | null;
}

describe("Webhooks are delivered", function () {
  this.timeout(60_000);
  let chain: LocalChain;
  let started: TestBackend;
  let operator: Client;
  let party: Client;
  let id: string | undefined;
  let receiver: Receiver;
  let others: Receiver[];

  const settings: Partial<Config> = {
    webhookPrivateAddresses: true,
    webhookRetries: [100, 200],
    pollInterval: 50,
  };
  const start = async (changes: Partial<Config> = {}): Promise<void> => {
    started = await startBackend(chain, { ...settings, ...changes });
    await signIn();
    ({ id } = made(
      await operator.post<{ id: string }>("/api/v1/parties", { name: "ERP", roles: ["buyer"] }),
    ));
    party = await new Client(started.url).signedIn(id);
  };
  const signIn = async (): Promise<void> => {
    operator = await new Client(started.url).signedIn("operator");
    if (id !== undefined) party = await new Client(started.url).signedIn(id);
  };
  const restart = async (): Promise<void> => {
    started = await started.restart();
    await signIn();
  };
  const create = (to: Receiver, body: object = {}): Promise<Hook> =>
    party.post<Hook>("/api/v1/webhooks", { url: to.url, ...body }).then(made);
  const mint = async (amount: string): Promise<void> => {
    made(await operator.post("/api/v1/sandbox/money", { party: id, amount }));
  };
  const deliveries = async (hook: Hook, state?: string): Promise<Delivery[]> => {
    const filter = state === undefined ? "" : `?state=${state}`;
    const path = `/api/v1/webhooks/${hook.id}/deliveries${filter}`;
    return made(await party.get<{ items: Delivery[] }>(path)).items;
  };
  const until = async (what: () => boolean | Promise<boolean>): Promise<void> => {
    for (let left = 200; left > 0; left -= 1) {
      if (await what()) return;
      await sleep(25);
    }
    throw new Error("It did not come to that within 5 s.");
  };
  const amounts = (to: Receiver): unknown[] =>
    to.received.map(({ body }) => {
      const { data } = JSON.parse(body) as { data: { args: { value: string } } };
      return data.args.value;
    });

  beforeEach(async () => {
    id = undefined;
    chain = await startLocalChain();
    receiver = await startReceiver();
    others = [];
  });

  afterEach(async () => {
    for (const each of [receiver, ...others]) await each.close();
    await started.close();
    await chain.close();
  });

  it("in order, signed, each event once, from when they were asked for, and only those asked for", async () => {
    await start();
    await mint("1.00");
    const hook = await create(receiver, { events: ["Transfer"] });
    const approvals = await create(receiver, { events: ["Approval"] });
    for (const amount of ["2.00", "3.00", "4.00"]) await mint(amount);
    await receiver.has(3);
    await sleep(150);
    expect(amounts(receiver)).to.deep.equal(["200", "300", "400"]);
    const messages = receiver.received.map((each) => verified(each, hook.secret));
    expect(messages.map(({ type }) => type)).to.deep.equal(["Transfer", "Transfer", "Transfer"]);
    expect(new Set(receiver.received.map(idOf)).size).to.equal(3);
    const done = await deliveries(hook);
    expect(done.map(({ event, state }) => [event, state])).to.deep.equal(
      messages.map(({ data }) => [data.id, "Delivered"]),
    );
    expect(await deliveries(approvals)).to.deep.equal([]);
  });

  it("to one endpoint while another is dead, which then gets all of it in order", async () => {
    await start();
    const dead = await startReceiver();
    const hook = await create(dead);
    await create(receiver);
    await dead.close();
    for (const amount of ["1.00", "2.00", "3.00"]) await mint(amount);
    await receiver.has(3);
    await until(
      async () => made(await party.get<Hook>(`/api/v1/webhooks/${hook.id}`)).failures > 0,
    );
    expect((await deliveries(hook)).length, "what is behind waits").to.equal(1);
    const alive = await startReceiver();
    others.push(alive);
    const change = { url: alive.url, enabled: true };
    made(await party.put(`/api/v1/webhooks/${hook.id}`, change));
    await alive.has(3);
    expect(amounts(alive)).to.deep.equal(["100", "200", "300"]);
  });

  it("again where they failed, with the same id and a new time, without holding up the others", async () => {
    await start();
    const hook = await create(receiver);
    receiver.answer(({ body }) => ({ status: body.includes('"100"') ? 500 : 200 }));
    await mint("1.00");
    await receiver.has(1);
    await mint("2.00");
    await until(() => amounts(receiver).includes("200"));
    await receiver.has(4);
    const refused = receiver.received.filter(({ body }) => body.includes('"100"'));
    expect(refused).to.have.length(3);
    expect(new Set(refused.map(idOf)).size).to.equal(1);
    for (const each of refused) verified(each, hook.secret);
    expect(refused[1]!.at - refused[0]!.at).to.be.at.least(75);
    expect(refused[2]!.at - refused[1]!.at).to.be.at.least(155);
    await until(async () => (await deliveries(hook, "Dead")).length === 1);
    const [dead] = await deliveries(hook, "Dead");
    expect(dead).to.include({ state: "Dead", attempts: 3, status: 500 });
    receiver.answer(() => ({ status: 200 }));
    const place = `/api/v1/webhooks/${hook.id}/replay`;
    expect(made(await party.post(place, { dead: true }))).to.deep.equal({ events: 1 });
    await until(async () => (await deliveries(hook, "Dead")).length === 0);
    await receiver.has(5);
    expect(amounts(receiver).at(-1)).to.equal("100");
  });

  it("again when asked: one, or all since a time", async () => {
    await start();
    const hook = await create(receiver);
    for (const amount of ["1.00", "2.00", "3.00"]) await mint(amount);
    await receiver.has(3);
    await until(async () => (await deliveries(hook)).length === 3);
    const second = verified(receiver.received[1]!, hook.secret);
    const place = `/api/v1/webhooks/${hook.id}/replay`;
    made(await party.post(place, { event: second.data.id }));
    await receiver.has(4);
    await until(async () => (await deliveries(hook, "Due")).length === 0);
    made(await party.post(place, { since: "2020-01-01T00:00:00Z" }));
    await until(() => amounts(receiver).slice(4).includes("300"));
    expect(amounts(receiver).slice(3, 4)).to.deep.equal(["200"]);
    const types = receiver.received.slice(4).map((each) => verified(each, hook.secret).type);
    expect(types, "also what was before the webhook").to.deep.equal([
      "Approval",
      "Approval",
      "PartyAdmitted",
      "Transfer",
      "Transfer",
      "Transfer",
    ]);
  });

  it("no more to one that says it is gone, until it is enabled", async () => {
    await start();
    const hook = await create(receiver);
    receiver.answer(() => ({ status: 410 }));
    await mint("1.00");
    await receiver.has(1);
    const place = `/api/v1/webhooks/${hook.id}`;
    await until(async () => !made(await party.get<Hook>(place)).enabled);
    await mint("2.00");
    await sleep(300);
    expect(receiver.received).to.have.length(1);
    expect(made(await party.get<Hook>(place)).disabledBecause).to.match(/410/);
    receiver.answer(() => ({ status: 200 }));
    made(await party.put(place, { url: receiver.url, enabled: true }));
    await receiver.has(2);
    expect(amounts(receiver)).to.deep.equal(["100", "200"]);
  });

  it("from where they stood after a restart, none left out", async () => {
    await start();
    const hook = await create(receiver);
    await mint("1.00");
    await receiver.has(1);
    receiver.answer(() => ({ status: 503, headers: { "retry-after": "1" } }));
    await mint("2.00");
    await receiver.has(2);
    await mint("3.00");
    await restart();
    receiver.answer(() => ({ status: 200 }));
    await mint("4.00");
    await until(() => amounts(receiver).at(-1) === "400");
    expect(amounts(receiver)).to.deep.equal(["100", "200", "200", "300", "400"]);
    const [, first, again] = receiver.received;
    expect(again!.at - first!.at, "as long as it asked for").to.be.at.least(950);
    expect((await deliveries(hook)).every(({ state }) => state === "Delivered")).to.equal(true);
  });

  it("only when they are final", async () => {
    await start({ finalityBlocks: 3 });
    await create(receiver);
    await mint("1.00");
    for (let mined = 0; mined < 2; mined += 1) await chain.provider.send("evm_mine", []);
    await sleep(300);
    expect(receiver.received).to.have.length(0);
    await chain.provider.send("evm_mine", []);
    await receiver.has(1);
    expect(amounts(receiver)).to.deep.equal(["100"]);
  });
});
