import { expect } from "chai";
import { receivableIdOf } from "../../../backend/src/chain/claim-ids.ts";
import { acceptedOrder, orderBody } from "../../support/trade-acts.ts";
import { type Partner, type Problem, startTrade, type Trade } from "../../support/trade.ts";

interface Delivery {
  readonly number: number;
  readonly status: string;
  readonly accepted: string;
  readonly rejected: string;
  readonly receivable: string | null;
}

describe("Deliveries over HTTP", function () {
  this.timeout(60_000);
  let trade: Trade;

  before(async () => {
    trade = await startTrade();
  });

  after(() => trade.close());

  const arrivesBy = "2026-09-05T18:00:00+08:00";
  const despatch = (order: string, changes: object = {}, by: Partner = trade.cooperative) =>
    by.post<Delivery & Problem>(`/api/v1/orders/${order}/deliveries`, {
      number: 1,
      quantity: "400",
      arrivesBy,
      ...changes,
    });
  const act = (by: Partner, order: string, path: string, body?: object) =>
    by.post<Delivery & Problem>(`/api/v1/orders/${order}/deliveries/${path}`, body);
  const orderOf = async (id: string): Promise<Record<string, unknown>> => {
    const { body } = await trade.buyer.get<{ items: Record<string, unknown>[] }>(
      "/api/v1/orders?limit=200",
    );
    return body.items.find((order) => order["id"] === id)!;
  };

  it("are despatched from the field, and some of them is accepted", async () => {
    const order = await acceptedOrder(trade);
    const sent = await despatch(order);
    expect(sent.status).to.equal(201);
    expect(sent.body).to.include({
      order,
      number: 1,
      receipt: null,
      quantity: "400.000",
      arrivesBy,
      status: "Open",
      receivable: null,
      answeredAt: null,
      despatchedBy: trade.cooperative.id,
    });
    expect(await orderOf(order)).to.include({ pending: "400.000", accepted: "0.000" });
    const taken = await act(trade.buyer, order, "1/acceptance", { quantity: "399.5" });
    expect(taken.status).to.equal(200);
    expect(taken.body).to.include({
      status: "Accepted",
      accepted: "399.500",
      rejected: "0.500",
      deemed: false,
      receivable: receivableIdOf(order, 1),
    });
    expect(await orderOf(order)).to.include({
      pending: "0.000",
      accepted: "399.500",
      owed: "3116.10",
      status: "Accepted",
    });
  });

  it("fulfil the order when all is accepted", async () => {
    const order = await acceptedOrder(trade);
    for (const [number, quantity] of [
      [1, "400"],
      [2, "600"],
    ] as const) {
      await despatch(order, { number, quantity });
      await act(trade.buyer, order, `${number}/acceptance`, { quantity });
    }
    expect((await orderOf(order))["status"]).to.equal("Fulfilled");
    const { body } = await trade.buyer.get<Delivery[]>(`/api/v1/orders/${order}/deliveries`);
    expect(body.map(({ number }) => number)).to.deep.equal([1, 2]);
    const list = await trade.buyer.get<{ items: { id: string }[] }>(
      "/api/v1/orders?status=Fulfilled",
    );
    expect(list.body.items.map(({ id }) => id)).to.deep.equal([order]);
  });

  it("make no debt when none of them is accepted", async () => {
    const order = await acceptedOrder(trade);
    await despatch(order);
    const none = await act(trade.buyer, order, "1/acceptance", { quantity: "0" });
    expect(none.body).to.include({ accepted: "0.000", rejected: "400.000", receivable: null });
  });

  it("are recalled by the seller before the buyer answers", async () => {
    const order = await acceptedOrder(trade);
    await despatch(order);
    const recalled = await act(trade.cooperative, order, "1/recall");
    expect([recalled.status, recalled.body.status]).to.deep.equal([200, "Recalled"]);
    const late = await act(trade.buyer, order, "1/acceptance", { quantity: "1" });
    expect([late.status, late.body.code]).to.deep.equal([422, "NoOpenDelivery"]);
  });

  it("are refused before the order is accepted, and beyond what is open", async () => {
    const { body } = await trade.buyer.post<{ id: string }>("/api/v1/orders", orderBody(trade));
    const early = await despatch(body.id);
    expect([early.status, early.body.code]).to.deep.equal([422, "WrongOrder"]);
    const order = await acceptedOrder(trade);
    const refusals = [
      [{ quantity: "1000.001" }, "OverDelivery"],
      [{ quantity: "0" }, "ZeroAmount"],
      [{ arrivesBy: "2026-08-01T00:00:00Z" }, "ArrivalInThePast"],
      [{ number: 2 }, "StaleState"],
      [{ receipt: `0x${"1".repeat(64)}` }, "NotEarmarked"],
    ] as const;
    for (const [changes, code] of refusals) {
      expect((await despatch(order, changes)).body.code).to.equal(code);
    }
    expect((await trade.buyer.get(`/api/v1/orders/${order}/deliveries`)).body).to.deep.equal([]);
  });

  it("are not deemed accepted while the buyer may inspect, whoever asks", async () => {
    const order = await acceptedOrder(trade);
    await despatch(order);
    const early = await act(trade.otherBuyer, order, "1/deemed-acceptance");
    expect([early.status, early.body.code]).to.deep.equal([422, "InspectionOpen"]);
  });

  it("are nothing to others, and for the role that an act is for", async () => {
    const order = await acceptedOrder(trade);
    await despatch(order);
    expect((await despatch(order, { number: 2 }, trade.otherCooperative)).status).to.equal(404);
    expect((await despatch(order, { number: 2 }, trade.buyer)).status).to.equal(403);
    const foreign = await act(trade.otherBuyer, order, "1/acceptance", { quantity: "1" });
    expect(foreign.status).to.equal(404);
    expect((await act(trade.otherWarehouse, order, "1/recall")).status).to.equal(404);
    expect((await trade.otherBuyer.get(`/api/v1/orders/${order}/deliveries`)).status).to.equal(404);
    expect((await act(trade.buyer, order, "1/recall")).status).to.equal(403);
  });

  it("are refused bad input with every fault named", async () => {
    const order = await acceptedOrder(trade);
    const { status, body } = await despatch(order, {
      number: 0,
      quantity: "-4",
      arrivesBy: "tomorrow",
      receipt: "R-1",
      lorry: "A-1",
    });
    expect(status).to.equal(400);
    expect(body.errors!.map(({ pointer }) => pointer)).to.have.members([
      "/number",
      "/quantity",
      "/arrivesBy",
      "/receipt",
      "/lorry",
    ]);
    expect((await act(trade.buyer, order, "0/acceptance", { quantity: "1" })).status).to.equal(400);
    expect((await act(trade.buyer, order, "7/acceptance", { quantity: "1" })).body.code).to.equal(
      "NoOpenDelivery",
    );
    const huge = await act(trade.buyer, order, "1/acceptance", { quantity: String(2n ** 256n) });
    expect(huge.status).to.equal(400);
  });
});
