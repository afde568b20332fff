import { nothing, outcomes, row, type Asked, type Row } from "./row.ts";

const webhook = "/api/v1/webhooks/:id";
const absent = "00000000-0000-4000-8000-000000000000";
const noWebhook = (body?: Asked["body"]) => (): Asked => ({
  id: absent,
  absent,
  ...(body !== undefined && { body }),
});
const isNotThere = outcomes("404 NotFound");

/** A webhook is its party's own. */
export const webhookRows: readonly Row[] = [
  row("GET /api/v1/webhooks", nothing, outcomes("200")),
  row("POST /api/v1/webhooks", () => ({ body: { url: "nowhere" } }), outcomes("400 BadInput")),
  row(`GET ${webhook}`, noWebhook(), isNotThere),
  row(`PUT ${webhook}`, noWebhook({ url: "https://192.0.2.1/hook", enabled: true }), isNotThere),
  row(`DELETE ${webhook}`, noWebhook(), isNotThere),
  row(`POST ${webhook}/secret`, noWebhook(), isNotThere),
  row(`POST ${webhook}/test`, noWebhook(), isNotThere),
  row(`GET ${webhook}/deliveries`, noWebhook(), isNotThere),
  row(`POST ${webhook}/replay`, noWebhook({ dead: true }), isNotThere),
];
