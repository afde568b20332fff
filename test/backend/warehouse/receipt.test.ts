import { expect } from "chai";
import { Chain } from "../../../backend/src/chain/chain.ts";
import { childIdOf } from "../../../backend/src/chain/claim-ids.ts";
import { acceptedOrder } from "../../support/trade-acts.ts";
import { type Partner, type Problem, startTrade, type Trade } from "../../support/trade.ts";

interface Receipt {
  readonly id: string;
  readonly ticket: string;
  readonly quantity: string;
  readonly order: string | null;
}
interface Page {
  readonly items: readonly Receipt[];
}

describe("Receipts over HTTP", function () {
  this.timeout(60_000);
  let trade: Trade;
  let tickets = 0;

  before(async () => {
    trade = await startTrade();
  });

  after(() => trade.close());

  const ticket = (changes: object = {}): Record<string, unknown> => {
    tickets += 1;
    return {
      ticket: `WT-${tickets}`,
      depositor: trade.cooperative.id,
      itemCode: "RICE-5",
      unit: "KGM",
      lot: "2026-A",
      quantity: "100",
      lossAllowanceBps: 50,
      ...changes,
    };
  };
  const issue = (changes: object = {}, by: Partner = trade.warehouse) =>
    by.post<Receipt & Problem>("/api/v1/receipts", ticket(changes));
  const stored = async (changes: object = {}): Promise<string> => (await issue(changes)).body.id;
  const act = <Body = Receipt & Problem>(by: Partner, id: string, what: string, body?: object) =>
    by.post<Body>(`/api/v1/receipts/${id}/${what}`, body);
  const orderStands = async (id: string): Promise<Record<string, unknown>> => {
    const { body } = await trade.buyer.get<{ items: Record<string, unknown>[] }>(
      "/api/v1/orders?limit=200",
    );
    return body.items.find((order) => order["id"] === id)!;
  };
  const used = async (): Promise<unknown> =>
    (await trade.warehouse.get(`/api/v1/parties/${trade.warehouse.id}/capacity`)).body["used"];

  it("are issued for one weighing to its depositor, and take up capacity", async () => {
    const before = await used();
    const { status, body } = await issue({ ticket: "wt–1 ａ" });
    expect(status).to.equal(201);
    expect(body).to.include({
      ticket: "WT–1 A",
      warehouse: trade.warehouse.id,
      warehouseName: "Dry store",
      depositor: trade.cooperative.id,
      holder: trade.cooperative.id,
      holderName: "Green Valley",
      quantity: "100.000",
      weighed: "100.000",
      lost: "0.000",
      order: null,
      parent: null,
    });
    expect([before, await used()]).to.deep.equal(["0.000", "100.000"]);
  });

  it("are one receipt however often the ticket comes, and no other for the same ticket", async () => {
    const same = ticket();
    const first = await trade.warehouse.post<Receipt>("/api/v1/receipts", same);
    await act(trade.cooperative, first.body.id, "split", { quantity: "40", serial: 1 });
    const again = await trade.warehouse.post<Receipt>("/api/v1/receipts", same);
    expect([again.status, again.body.id, again.body.quantity]).to.deep.equal([
      200,
      first.body.id,
      "60.000",
    ]);
    const other = { ...same, lot: "2026-B" };
    const refused = await trade.warehouse.post<Problem>("/api/v1/receipts", other);
    expect([refused.status, refused.body.code]).to.deep.equal([409, "AlreadyExists"]);
    expect(refused.body.values).to.deep.include({ existing: again.body, asked: other });
  });

  it("are earmarked for an order, despatched under it, and recalled by the warehouse", async () => {
    const order = await acceptedOrder(trade);
    const id = await stored();
    const earmarked = await act(trade.cooperative, id, "earmark", { order });
    expect([earmarked.status, earmarked.body.order]).to.deep.equal([200, order]);
    expect(await orderStands(order)).to.include({ stored: "100.000" });
    const path = `/api/v1/orders/${order}/deliveries`;
    const sent = await trade.cooperative.post(path, {
      number: 1,
      receipt: id,
      quantity: "30",
      arrivesBy: "2026-09-05T18:00:00+08:00",
    });
    expect([sent.status, sent.body["receipt"]]).to.deep.equal([201, id]);
    expect(await orderStands(order)).to.include({ stored: "70.000", pending: "30.000" });
    expect((await act(trade.cooperative, id, "unearmark")).body.code).to.equal("InTransit");
    expect((await trade.cooperative.post(`${path}/1/recall`)).body["code"]).to.equal(
      "NotPermitted",
    );
    const recalled = await trade.warehouse.post(`${path}/1/recall`);
    expect([recalled.status, recalled.body["status"]]).to.deep.equal([200, "Recalled"]);
    expect((await trade.cooperative.get(`/api/v1/receipts/${id}`)).body).to.include({
      quantity: "100.000",
      openDeliveries: 0,
    });
    const free = await act(trade.cooperative, id, "unearmark");
    expect(free.body.order).to.equal(null);
  });

  it("come back on a new ticket when the buyer does not take the goods", async () => {
    const order = await acceptedOrder(trade);
    const id = await stored();
    await act(trade.cooperative, id, "earmark", { order });
    const path = `/api/v1/orders/${order}/deliveries`;
    const arrivesBy = "2026-09-05T18:00:00+08:00";
    await trade.cooperative.post(path, { number: 1, receipt: id, quantity: "30", arrivesBy });
    await trade.buyer.post(`${path}/1/acceptance`, { quantity: "10" });
    const returned = { order, delivery: 1 };
    const much = await issue({ ...returned, quantity: "20.001" });
    expect([much.status, much.body.code]).to.deep.equal([422, "InsufficientQuantity"]);
    const back = await issue({ ...returned, quantity: "19" });
    expect(back.body).to.include({ order, returnedOrder: order, returnedDelivery: 1 });
    const { body } = await trade.buyer.get<Record<string, unknown>[]>(path);
    expect(body[0]).to.include({ accepted: "10.000", rejected: "20.000", returned: "19.000" });
    expect(await orderStands(order)).to.include({ stored: "89.000" });
  });

  it("are split and merged, with goods, weighing and losses divided and added up", async () => {
    const id = await stored();
    await act(trade.warehouse, id, "shrinkage", { quantity: "1" });
    const split = await act<{ parent: Receipt; child: Receipt } & Problem>(
      trade.cooperative,
      id,
      "split",
      { quantity: "33", serial: 7 },
    );
    expect(split.status).to.equal(201);
    expect(split.body.parent).to.include({ id, quantity: "66.000" });
    expect(split.body.child).to.include({
      id: childIdOf(id, 7),
      quantity: "33.000",
      parent: id,
      serial: 7,
    });
    const chain = trade.started.backend.app.get(Chain);
    const child = await chain.view("WarehouseReceipts", "childId", [id, 7]);
    expect(child).to.equal(BigInt(split.body.child.id));
    const again = await act(trade.cooperative, id, "split", { quantity: "1", serial: 7 });
    expect([again.status, again.body.code]).to.deep.equal([409, "AlreadyExists"]);
    const merged = await act(trade.cooperative, split.body.child.id, "merge", { into: id });
    expect(merged.status).to.equal(200);
    expect(merged.body).to.include({ id, quantity: "99.000", weighed: "100.000", lost: "1.000" });
    const emptied = await trade.cooperative.get(`/api/v1/receipts/${split.body.child.id}`);
    expect(emptied.body).to.include({ quantity: "0.000", mergedInto: id });
  });

  it("lose goods by withdrawal and by shrinkage; beyond the allowance the warehouse is liable", async () => {
    const id = await stored();
    const before = await used();
    const withdrawn = await act(trade.cooperative, id, "withdrawal", { quantity: "10" });
    expect(withdrawn.body.quantity).to.equal("90.000");
    const shrunk = await act(trade.warehouse, id, "shrinkage", { quantity: "2" });
    expect(shrunk.body).to.include({ quantity: "88.000", lost: "2.000", liability: "1.500" });
    expect(Number(before) - Number(await used())).to.equal(12);
    const row = await trade.cooperative.get(`/api/v1/receipts/${id}`);
    expect(row.body).to.deep.equal(shrunk.body);
  });

  it("are refused by the rules of the trade, by name", async () => {
    const order = await acceptedOrder(trade);
    const [id, other] = [await stored(), await stored()];
    const empty = await stored({ quantity: "1" });
    await act(trade.cooperative, empty, "withdrawal", { quantity: "1" });
    await act(trade.cooperative, other, "earmark", { order });
    const wrongGoods = await stored({ itemCode: "BEANS" });
    const refusals: readonly [string, string, object, string][] = [
      [other, "earmark", { order }, "AlreadyEarmarked"],
      [wrongGoods, "earmark", { order }, "WrongOrder"],
      [empty, "earmark", { order }, "InsufficientQuantity"],
      [id, "unearmark", {}, "NotEarmarked"],
      [id, "split", { quantity: "100", serial: 1 }, "InsufficientQuantity"],
      [id, "split", { quantity: "0", serial: 1 }, "ZeroAmount"],
      [id, "merge", { into: id }, "SameReceipt"],
      [id, "merge", { into: other }, "RootsDiffer"],
      [id, "merge", { into: wrongGoods }, "ReceiptsDiffer"],
      [id, "withdrawal", { quantity: "0" }, "ZeroAmount"],
      [id, "withdrawal", { quantity: "101" }, "InsufficientQuantity"],
    ];
    for (const [receipt, what, body, code] of refusals) {
      const answer = await act(trade.cooperative, receipt, what, body);
      expect([what, answer.status, answer.body.code]).to.deep.equal([what, 422, code]);
    }
    const full = await issue({ quantity: "100000.001" });
    expect([full.status, full.body.code]).to.deep.equal([422, "CapacityExceeded"]);
    expect((await issue({ quantity: "0" })).body.code).to.equal("ZeroAmount");
  });

  it("are nothing to other parties, and for the role that an act is for", async () => {
    const id = await stored();
    const quantity = "1";
    for (const by of [trade.otherCooperative, trade.otherWarehouse, trade.buyer]) {
      expect((await by.get(`/api/v1/receipts/${id}`)).status).to.equal(404);
      expect((await act(by, id, "withdrawal", { quantity })).status).to.equal(404);
    }
    expect((await issue({}, trade.cooperative)).body.code).to.equal("WrongRole");
    const loss = await act(trade.cooperative, id, "shrinkage", { quantity });
    expect(loss.body.code).to.equal("WrongRole");
    const consent = await act(trade.cooperative, id, "release-consent");
    expect(consent.body.code).to.equal("WrongRole");
    const taken = await act(trade.warehouse, id, "withdrawal", { quantity });
    expect([taken.status, taken.body.code]).to.deep.equal([403, "NotPermitted"]);
  });

  it("are seen by the buyer of the order that they are for, and listed with it", async () => {
    const order = await acceptedOrder(trade);
    const id = await stored();
    await act(trade.cooperative, id, "earmark", { order });
    const ids = async (by: Partner, query: string): Promise<string[]> =>
      (await by.get<Page>(`/api/v1/receipts?limit=200&${query}`)).body.items.map((each) => each.id);
    expect((await trade.buyer.get(`/api/v1/receipts/${id}`)).status).to.equal(200);
    expect(await ids(trade.buyer, `order=${order}`)).to.deep.equal([id]);
    expect(await ids(trade.buyer, "")).to.deep.equal([]);
    expect(await ids(trade.cooperative, `holder=${trade.cooperative.id}`)).to.contain(id);
    expect(await ids(trade.warehouse, `warehouse=${trade.warehouse.id}`)).to.contain(id);
    expect(await ids(trade.otherWarehouse, "")).to.deep.equal([]);
    const foreign = await trade.otherBuyer.get(`/api/v1/receipts?order=${order}`);
    expect(foreign.status).to.equal(404);
    const orders = await trade.warehouse.get<Page>("/api/v1/orders?limit=200");
    expect(orders.body.items.map((each) => each.id)).to.contain(order);
  });

  it("are refused bad input with every fault named", async () => {
    const { status, body } = await issue({
      ticket: "  ",
      depositor: "me",
      itemCode: "96385075",
      unit: "kg",
      lot: "ü".repeat(17),
      quantity: String(2n ** 256n),
      lossAllowanceBps: 10_001,
      order: "PO-1",
      moisture: "12",
    });
    expect([status, body.code]).to.deep.equal([400, "BadInput"]);
    expect(body.errors!.map(({ pointer }) => pointer)).to.have.members([
      "/ticket",
      "/depositor",
      "/itemCode",
      "/unit",
      "/lot",
      "/quantity",
      "/lossAllowanceBps",
      "/order",
      "/moisture",
    ]);
    const half = await issue({ delivery: 1 });
    expect(half.body.errors).to.deep.equal([
      { pointer: "/order", detail: "is required with `delivery`" },
    ]);
    const unknown = await issue({ depositor: trade.chain.deployment.contracts.Parties });
    expect(unknown.body.errors![0]!.pointer).to.equal("/depositor");
  });

  it("have a capacity that the operator sets and the warehouse sees", async () => {
    const path = `/api/v1/parties/${trade.otherWarehouse.id}/capacity`;
    const set = await trade.operator.put(path, { capacity: "12.5" });
    expect(set.body).to.include({ capacity: "12.500", used: "0.000" });
    expect((await trade.otherWarehouse.get(path)).body).to.deep.equal(set.body);
    expect((await trade.warehouse.get(path)).status).to.equal(404);
    const none = `/api/v1/parties/${trade.buyer.id}/capacity`;
    expect((await trade.operator.put(none, { capacity: "1" })).status).to.equal(404);
    expect((await trade.operator.put(path, { capacity: "-1" })).status).to.equal(400);
  });
});
