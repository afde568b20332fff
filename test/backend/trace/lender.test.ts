import { expect } from "chai";
import type { LineageDto } from "../../../backend/src/provenance/provenance.dto.ts";
import { openFacility, storyOrder } from "../../support/trade-acts.ts";
import { made, startTrade, type Trade } from "../../support/trade.ts";
import { document } from "../epcis/own-events.ts";
import { about, grown, seen, type Told } from "./told.ts";

describe("What a lender sees of the goods before it lends", function () {
  this.timeout(120_000);
  let trade: Trade;
  let order: string;
  const receipts: string[] = [];

  const lineage = async (): Promise<LineageDto> =>
    made(await trade.lender.get<LineageDto>(`/api/v1/provenance/claims/${order}`));
  const store = async (ticket: string, quantity: string): Promise<void> => {
    const { id } = made(
      await trade.warehouse.post("/api/v1/receipts", {
        ...{ ticket, depositor: trade.cooperative.id, itemCode: "RICE", unit: "KGM", lot: "A" },
        ...{ quantity, lossAllowanceBps: 0 },
      }),
    );
    receipts.push(String(id));
    made(await trade.cooperative.post(`/api/v1/receipts/${String(id)}/earmark`, { order }));
  };

  before(async () => {
    trade = await startTrade();
    await trade.at("2026-10-01T09:00:00");
    await openFacility(trade);
    order = await storyOrder(trade, "PO-1");
  });

  after(() => trade.close());

  it("is nothing to ask where nothing is stored", async () => {
    expect((await lineage()).goods).to.deep.equal({ events: 0, isWhole: true, flags: [] });
  });

  it("is a receipt that nobody has harvested the goods of", async () => {
    await store("WT-1", "500.000");
    const { goods } = await lineage();
    expect(goods.events).to.equal(0);
    expect(goods.flags).to.deep.equal([
      {
        code: "NeverCommissioned",
        about: `urn:sheaf:receipt:${receipts[0]!}`,
        details: { receipt: receipts[0], lot: "A" },
      },
    ]);
  });

  it("is in order once the cooperative and the warehouse have told what happened", async () => {
    const lot: Told = ["A", 500];
    const received = seen("receiving", 3, [lot], about(`urn:sheaf:receipt:${receipts[0]!}`));
    expect(
      (await trade.cooperative.post("/epcis/capture", document(grown(1, [lot])))).status,
    ).to.equal(202);
    expect((await trade.warehouse.post("/epcis/capture", document(received))).status).to.equal(202);
    expect((await lineage()).goods).to.deep.equal({ events: 2, isWhole: true, flags: [] });
  });

  it("is a second receipt of the same lot, though no event names it", async () => {
    await store("WT-2", "100.001");
    const { goods } = await lineage();
    expect(goods.flags.filter(({ code }) => code === "MoreThanCommissioned")).to.deep.equal(
      (["receipted", "inStore"] as const).map((amount) => ({
        code: "MoreThanCommissioned",
        about: "https://coop.example/lots/A",
        details: {
          ...{ amount, quantity: "600.001", most: "500", unit: "KGM" },
          ...(amount === "receipted" && { party: trade.warehouse.id }),
        },
      })),
    );
  });
});
