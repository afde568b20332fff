import type { TradeStage } from "../trade-stage.ts";
import { made } from "../trade.ts";
import { callers, nothing, outcomes, readBy, row, type Asked, type Row } from "./row.ts";

const document = "/api/v1/documents/:id";
const absent = `0x${"7".repeat(64)}`;
const fields = ["item"];

/** The buyer's, of which one field is disclosed: the same one whoever asks first. */
const onDocument =
  (rest: Omit<Asked, "id" | "absent"> = {}): Row["asks"] =>
  async ({ trade }: TradeStage): Promise<Asked> => {
    const terms = { kind: "order", fields: { item: "Japonica rice" } };
    const { root } = made(await trade.buyer.post("/api/v1/documents", terms));
    const path = `/api/v1/documents/${String(root)}/disclosures`;
    made(await trade.buyer.post(path, { fields, audience: "public" }));
    return { id: String(root), absent, ...rest };
  };

const parties = callers.filter((caller) => caller !== "nobody" && caller !== "operator");

/** A document is its party's own; the operator has none. */
export const documentRows: readonly Row[] = [
  row("GET /api/v1/documents", nothing, outcomes("200")),
  row(
    "POST /api/v1/documents",
    () => ({ body: { kind: "order", fields: {} } }),
    outcomes("403 WrongRole", { "400 BadInput": parties }),
  ),
  row(`GET ${document}`, onDocument(), readBy("buyer")),
  row(`GET ${document}/disclosures`, onDocument(), readBy("buyer")),
  row(
    `POST ${document}/disclosures`,
    onDocument({ body: { fields, audience: "bundle" } }),
    readBy("buyer"),
  ),
  row(
    `DELETE ${document}/disclosures/:number`,
    onDocument({ number: 1 }),
    outcomes("404 NotFound", { "204": ["buyer"] }),
  ),
];
