import { expect } from "chai";
import { delivered, drawDown, openFacility, storyOrder } from "../../support/trade-acts.ts";
import { made, type Partner, refusal, startTrade, type Trade } from "../../support/trade.ts";

const nowhere = `0x${"7".repeat(64)}`;

interface Act {
  readonly kind: string;
  readonly title: string;
  readonly by: { readonly id: string; readonly name: string } | null;
  readonly details: Readonly<Record<string, unknown>>;
}

interface Lineage {
  readonly claim: string;
  readonly root: string | null;
  readonly order: Readonly<Record<string, unknown>> | null;
  readonly receipts: readonly { readonly id: string }[];
  readonly receivables: readonly object[];
  readonly loan: object | null;
  readonly lien: object;
  readonly events: readonly Act[];
}

describe("Provenance over HTTP", function () {
  this.timeout(120_000);
  let trade: Trade;
  let order: string;
  let receivable: string;
  const receipts: Record<"whole" | "ours" | "others", string> = { whole: "", ours: "", others: "" };

  const lineage = async (claim: string, by: Partner = trade.cooperative): Promise<Lineage> =>
    made(await by.get<Lineage>(`/api/v1/provenance/claims/${claim}`));
  const kinds = ({ events }: Lineage): string[] => events.map(({ kind }) => kind);
  const split = async (receipt: string, quantity: string, serial: number): Promise<string> => {
    const path = `/api/v1/receipts/${receipt}/split`;
    const { child } = made(
      await trade.cooperative.post<{ child: { id: string } }>(path, { quantity, serial }),
    );
    return child.id;
  };
  const earmark = async (receipt: string, claim: string): Promise<void> => {
    made(await trade.cooperative.post(`/api/v1/receipts/${receipt}/earmark`, { order: claim }));
  };

  before(async () => {
    trade = await startTrade();
    await trade.at("2026-09-01T09:00:00");
    const facility = await openFacility(trade);
    order = await storyOrder(trade, "PO-1");
    const other = await storyOrder(trade, "PO-2");
    const ticket = {
      ticket: "WT-1",
      depositor: trade.cooperative.id,
      itemCode: "RICE",
      unit: "KGM",
      lot: "L1",
      quantity: "500.000",
      lossAllowanceBps: 0,
    };
    receipts.whole = String(made(await trade.warehouse.post("/api/v1/receipts", ticket))["id"]);
    receipts.ours = await split(receipts.whole, "200.000", 1);
    receipts.others = await split(receipts.whole, "100.000", 2);
    await earmark(receipts.others, other);
    await earmark(receipts.ours, order);
    made(await drawDown(trade, facility, order, "1000.00"));
    receivable = await delivered(trade, order, 1, "1000.000");
  });

  after(() => trade.close());

  it("is the same whichever form of the claim is asked for", async () => {
    const [byOrder, byReceipt, byReceivable] = await Promise.all(
      [order, receipts.ours, receivable].map((claim) => lineage(claim)),
    );
    expect(byOrder!.root).to.equal(order);
    expect(byReceipt!.events).to.deep.equal(byOrder!.events);
    expect(byReceivable!.events).to.deep.equal(byOrder!.events);
    expect(byReceivable!.claim).to.equal(receivable);
  });

  it("follows the goods back to their weighing, and leaves another order's goods out", async () => {
    const told = await lineage(order);
    expect(kinds(told)).to.deep.equal([
      "OrderIssued",
      "OrderAccepted",
      "ReceiptIssued",
      "ReceiptSplit",
      "Earmarked",
      "DrawnDown",
      "LienPlaced",
      "Despatched",
      "DeliveryAccepted",
      "ReceivableConfirmed",
    ]);
    expect(JSON.stringify(told.events)).not.to.include(receipts.others);
    expect(told.receipts.map(({ id }) => id)).to.deep.equal([receipts.ours]);
    expect(told.order).to.include({ number: "PO-1", status: "Accepted" });
    expect(told.lien).to.include({ encumbered: true });
  });

  it("writes values as people read them", async () => {
    const { events } = await lineage(order);
    const confirmed = events.find(({ kind }) => kind === "ReceivableConfirmed")!;
    expect(confirmed).to.deep.include({
      title: "Receivable confirmed",
      by: { id: trade.buyer.id, name: "Core platform" },
      amount: "6500.00",
      currency: "CNY",
    });
    expect(confirmed.details).to.include({
      receivable,
      order,
      delivery: "1",
      amount: "6500.00",
      acceptedDay: "2026-09-01",
      dueDay: "2026-10-01",
    });
    const despatched = events.find(({ kind }) => kind === "Despatched")!;
    expect(despatched).to.include({ quantity: "1000.000", unit: "KGM" });
  });

  it("of goods that are earmarked for nothing is their own", async () => {
    const told = await lineage(receipts.whole);
    expect([told.root, told.order, told.loan]).to.deep.equal([null, null, null]);
    expect(kinds(told)).to.deep.equal(["ReceiptIssued", "ReceiptSplit", "ReceiptSplit"]);
    expect(refusal(await trade.buyer.get(`/api/v1/provenance/claims/${receipts.whole}`))).to.equal(
      "404 NotFound",
    );
  });

  it("shows a warehouse the goods, an arbiter the receivables, both sides and the lender all", async () => {
    const loans = ["DrawnDown"];
    for (const side of [trade.buyer, trade.cooperative, trade.lender]) {
      const told = await lineage(order, side);
      expect(kinds(told)).to.include.members(loans);
      expect(told.loan).to.include({ principal: "1000.00" });
    }
    const arbiter = await lineage(order, trade.arbiter);
    expect(kinds(arbiter)).not.to.include.members(loans);
    expect([arbiter.receivables.length, arbiter.loan]).to.deep.equal([1, null]);
    const warehouse = await lineage(order, trade.warehouse);
    expect(kinds(warehouse)).not.to.include("ReceivableConfirmed");
    expect(kinds(warehouse)).to.include("Despatched");
    expect([warehouse.receivables.length, warehouse.loan]).to.deep.equal([0, null]);
  });

  it("is not there for anybody else", async () => {
    for (const other of [trade.otherBuyer, trade.otherCooperative, trade.otherLender]) {
      for (const claim of [order, receivable, receipts.ours, nowhere]) {
        const answer = await other.get(`/api/v1/provenance/claims/${claim}`);
        expect(refusal(answer)).to.equal("404 NotFound");
      }
      expect(refusal(await other.get(`/api/v1/orders/${order}`))).to.equal("404 NotFound");
    }
    expect((await trade.anyone.get(`/api/v1/provenance/claims/${order}`)).status).to.equal(401);
  });

  it("has a whole claim in one answer, at the time that is asked for", async () => {
    const path = `/api/v1/orders/${order}?asOf=2026-10-03T00:00:00%2B08:00`;
    const claim = made(await trade.buyer.get<Lineage & { deliveries: object[] }>(path));
    expect(claim.receipts).to.have.length(1);
    expect(claim.deliveries).to.have.length(1);
    expect(claim.receivables[0]).to.include({ id: receivable, daysPastDue: 2 });
    expect(claim.loan).to.include({ status: "Active", interestDue: "4.02" });
    expect(claim.lien).to.include({ root: order, encumbered: true });
  });
});
