import { deafUrl, newWebhook, type TradeStage } from "../trade-stage.ts";
import { nothing, outcomes, row, type Asked, type Row } from "./row.ts";

const webhook = "/api/v1/webhooks/:id";
const absent = "00000000-0000-4000-8000-000000000000";
const onWebhook =
  (body?: Asked["body"]) =>
  (stage: TradeStage): Asked => ({
    id: stage.webhook,
    absent,
    ...(body !== undefined && { body }),
  });
const onNewWebhook = async ({ trade }: TradeStage): Promise<Asked> => ({
  id: await newWebhook(trade),
  absent,
});
const itsOwners = (outcome: string): Row["outcomes"] =>
  outcomes("404 NotFound", { [outcome]: ["buyer"] });

/** A webhook is its party's own. */
export const webhookRows: readonly Row[] = [
  row("GET /api/v1/webhooks", nothing, outcomes("200")),
  row("POST /api/v1/webhooks", () => ({ body: { url: "nowhere" } }), outcomes("400 BadInput")),
  row(`GET ${webhook}`, onWebhook(), itsOwners("200")),
  row(`PUT ${webhook}`, onWebhook({ url: deafUrl, enabled: false }), itsOwners("200")),
  row(`DELETE ${webhook}`, onNewWebhook, itsOwners("204")),
  row(`POST ${webhook}/secret`, onWebhook(), itsOwners("200")),
  row(`POST ${webhook}/test`, onWebhook(), itsOwners("200")),
  row(`GET ${webhook}/deliveries`, onWebhook(), itsOwners("200")),
  row(`POST ${webhook}/replay`, onWebhook({ dead: true }), itsOwners("202")),
];
