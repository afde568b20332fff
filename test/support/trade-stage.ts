import type { Config } from "../../backend/src/config/config.ts";
import { made, startTrade, type Trade } from "./trade.ts";
import { delivered, drawDown, openFacility, orderBody, storyOrder } from "./trade-acts.ts";

/** A trade of the buyer, the cooperative, the warehouse and the lender, in which there is something of everything. */
export interface TradeStage {
  readonly trade: Trade;
  /** Accepted, with a loan; its delivery 1 is owed, its delivery 2 is open. */
  readonly order: string;
  /** Not accepted yet. */
  readonly issued: string;
  /** For the order. */
  readonly receipt: string;
  /** For no order. */
  readonly free: string;
  readonly receivable: string;
  readonly facility: string;
  /** A facility that its lender has closed. */
  readonly closed: string;
  /** The buyer's, of the order. */
  readonly command: string;
  /** The buyer's, disabled; nobody listens where it goes. */
  readonly webhook: string;
}

/** Where nobody listens: what is sent there has failed at once. */
export const deafUrl = "http://127.0.0.1:9/hook";

/** One of the buyer's, for events that do not come. */
export async function newWebhook({ buyer }: Trade): Promise<string> {
  const asked = { url: deafUrl, events: ["KeyReplaced"] };
  return String(made(await buyer.post("/api/v1/webhooks", asked))["id"]);
}

export async function stageTrade(changes: Partial<Config> = {}): Promise<TradeStage> {
  const trade = await startTrade({ webhookPrivateAddresses: true, ...changes });
  await trade.at("2026-09-01T09:00:00");
  const facility = await openFacility(trade);
  const closed = await openFacility(trade, { number: "F-2" });
  made(await trade.lender.post(`/api/v1/facilities/${closed}/closing`));
  const issuing = await trade.buyer.post("/api/v1/orders", orderBody(trade), {
    "idempotency-key": "issued",
    prefer: "respond-async",
  });
  const command = String(made(issuing)["id"]);
  const issued = String(made(await trade.buyer.post("/api/v1/orders", orderBody(trade)))["id"]);
  const order = await storyOrder(trade, "PO-STAGE");
  const ticket = {
    ticket: "WT-1",
    depositor: trade.cooperative.id,
    itemCode: "RICE",
    unit: "KGM",
    lot: "L1",
    quantity: "500.000",
    lossAllowanceBps: 0,
  };
  const receipts = await Promise.all(
    ["WT-1", "WT-2"].map(async (number) =>
      String(
        made(await trade.warehouse.post("/api/v1/receipts", { ...ticket, ticket: number }))["id"],
      ),
    ),
  );
  const [receipt = "", free = ""] = receipts;
  made(await trade.cooperative.post(`/api/v1/receipts/${receipt}/earmark`, { order }));
  made(await drawDown(trade, facility, order, "1000.00"));
  const receivable = await delivered(trade, order, 1, "1000.000");
  const despatch = { number: 2, quantity: "10.000", arrivesBy: "2026-09-02T09:00:00+08:00" };
  made(await trade.cooperative.post(`/api/v1/orders/${order}/deliveries`, despatch));
  const webhook = await newWebhook(trade);
  made(await trade.buyer.put(`/api/v1/webhooks/${webhook}`, { url: deafUrl, enabled: false }));
  return { trade, order, issued, receipt, free, receivable, facility, closed, command, webhook };
}
