import type { Answer, Client } from "../client.ts";
import type { Problem } from "../trade.ts";
import type { Asked, Outcome, Row } from "./row.ts";

/** Asks a row's question. */
export function askAs(
  client: Client,
  { route }: Pick<Row, "route">,
  asked: Asked,
  headers: Record<string, string> = {},
): Promise<Answer<Problem>> {
  const [method = "", path = ""] = route.split(" ");
  const filled = path
    .replace(":id", asked.id ?? "")
    .replace(":number", String(asked.number))
    .replace(":account", asked.account ?? "");
  const target = asked.query === undefined ? filled : `${filled}?${asked.query}`;
  return client.send<Problem>(method, target, asked.body, headers);
}

export function outcomeOf({ status, body }: Answer<Problem>): Outcome {
  return status < 400 ? String(status) : `${status} ${body.code}`;
}

export function changes({ route }: Pick<Row, "route">): boolean {
  return !route.startsWith("GET ");
}

/** Whether the route is for whoever has signed in. */
export function isClosed({ outcomes }: Pick<Row, "outcomes">): boolean {
  return outcomes.nobody === "401 NotSignedIn";
}
