import type { FastifyInstance } from "fastify";
import { bundleRows } from "./bundle-rows.ts";
import { orderRows, receiptRows, receivableRows } from "./claim-rows.ts";
import { documentRows } from "./document-rows.ts";
import { epcisRows, locationRows, traceRows } from "./epcis-rows.ts";
import { facilityRows, loanRows } from "./finance-rows.ts";
import { collectionRows, generalRows } from "./general-rows.ts";
import { apiKeyRows, organisationRows, partyPeopleRows } from "./organisation-rows.ts";
import type { Row } from "./row.ts";
import { webhookRows } from "./webhook-rows.ts";

/** Who may ask what: every route of the API. A noun's rows are in a list of their own. */
export const table: readonly Row[] = [
  ...generalRows,
  ...collectionRows,
  ...orderRows,
  ...receiptRows,
  ...receivableRows,
  ...loanRows,
  ...facilityRows,
  ...webhookRows,
  ...apiKeyRows,
  ...organisationRows,
  ...partyPeopleRows,
  ...locationRows,
  ...epcisRows,
  ...documentRows,
  ...bundleRows,
  ...traceRows,
];

/**
 * What anyone may ask, and that tells nothing of anybody, or what is behind a label that anybody can read. Of the API itself, whoever opens a route has to say so here
 * and in its row.
 */
export const openRoutes: readonly string[] = [
  "POST /api/v1/auth/sandbox",
  "POST /api/v1/auth/refresh",
  "POST /api/v1/auth/nonce",
  "POST /api/v1/auth/wallet",
  "POST /api/v1/auth/sign-out",
  "GET /api/v1/liens",
  "GET /api/v1/liens/:id",
  "GET /api/v1/sandbox/parties",
  "GET /api/v1/sandbox/calendar",
  "GET /api/openapi.json",
  "GET /health",
  "GET /health/live",
  "GET /health/ready",
  "GET /problems",
  "GET /problems/:code",
  "GET /01/:gtin/10/:lot",
  "GET /01/:gtin/10/:lot/21/:serial",
  "GET /.well-known/gs1resolver",
  "POST /api/v1/chain",
];

/** The browsable document, and the page with its files. */
export function isPage(route: string): boolean {
  return (
    route.startsWith("GET /api/docs") ||
    !/^\S+ \/(api|epcis|health|problems|01|lot|\.well-known)/.test(route)
  );
}

/** The routes that the running router has, as `GET /api/v1/orders/:id`; of each, not what Fastify adds by itself. */
export function routesOf(server: FastifyInstance): string[] {
  const routes: string[] = [];
  const above: string[] = [];
  for (const line of server.printRoutes({ commonPrefix: false }).split("\n")) {
    const match = /^((?:│ {3}| {4})*)(?:├──|└──) (\S+)(?: \((.+)\))?$/.exec(line);
    if (match === null) continue;
    const [, indent = "", part = "", methods = ""] = match;
    const depth = indent.length / 4;
    above.splice(depth, above.length, part);
    const path = above.join("");
    for (const method of methods.split(", ")) {
      if (method !== "" && method !== "HEAD") routes.push(`${method} ${path}`);
    }
  }
  return routes;
}
