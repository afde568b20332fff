import { made } from "../trade.ts";
import type { TradeStage } from "../trade-stage.ts";
import { nothing, onParty, outcomes, row, type Asked, type Row } from "./row.ts";

const key = "/api/v1/api-keys/:id";
const person = "/api/v1/organisation/people/:id";
const partyPerson = "/api/v1/parties/:id/people/:account";
const account = `0x${"c1".repeat(20)}`;
const named = { rank: "viewer", name: "Li Wei" } as const;
const signedIn = outcomes("200");
const forTheOperator = outcomes("403 WrongRole", { "200": ["operator"] });

/** A key that the buyer has just made. */
const onNewKey =
  (body?: Asked["body"]): Row["asks"] =>
  async ({ trade }) => {
    const { id } = made(
      await trade.buyer.post("/api/v1/api-keys", { name: "ERP", scopes: ["read"] }),
    );
    return {
      id: String(id),
      absent: "00000000-0000-4000-8000-000000000000",
      ...(body !== undefined && { body }),
    };
  };

/** A key is its party's own, and there it is an owner's or whoever has made it. */
export const apiKeyRows: readonly Row[] = [
  row("GET /api/v1/api-keys", nothing, signedIn),
  row(
    "POST /api/v1/api-keys",
    () => ({ body: { name: "ERP", scopes: ["read"], expiresAt: "2000-01-01T00:00:00Z" } }),
    outcomes("400 BadInput"),
  ),
  row(`DELETE ${key}`, onNewKey(), outcomes("404 NotFound", { "204": ["buyer"] })),
  row(`POST ${key}/rotation`, onNewKey({}), outcomes("404 NotFound", { "200": ["buyer"] })),
];

/** Somebody whom the buyer has just named. */
async function newPerson({ trade }: TradeStage): Promise<Asked> {
  made(await trade.buyer.put(`/api/v1/organisation/people/${account}`, named));
  return { id: account, absent: `0x${"c2".repeat(20)}` };
}

/** Everybody has an organisation of their own, and no way to another one's. */
export const organisationRows: readonly Row[] = [
  row("GET /api/v1/organisation/people", nothing, signedIn),
  row(`PUT ${person}`, () => ({ id: `0x${"c3".repeat(20)}`, body: named }), signedIn),
  row(`DELETE ${person}`, newPerson, outcomes("404 NotFound", { "204": ["buyer"] })),
  row("GET /api/v1/organisation/limits", nothing, signedIn),
  row("PUT /api/v1/organisation/limits", () => ({ body: { items: [] } }), signedIn),
];

/** The operator acts for the buyer, whose key the backend keeps. */
export const partyPeopleRows: readonly Row[] = [
  row(`PUT ${partyPerson}`, onParty("buyer", { account, body: named }), forTheOperator),
  row(
    `DELETE ${partyPerson}`,
    async (stage) => {
      await newPerson(stage);
      return onParty("buyer", { account })(stage);
    },
    outcomes("403 WrongRole", { "204": ["operator"] }),
  ),
  row("PUT /api/v1/parties/:id/limits", onParty("buyer", { body: { items: [] } }), forTheOperator),
];
