import type { INestApplication } from "@nestjs/common";
import type { FastifyInstance } from "fastify";

const always: Readonly<Record<string, string>> = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=()",
};

/** An answer of the API is data: nothing in it is to be run, shown as a page, or framed. */
const data = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
/** The pages that explain problems, and those that show the API, bring styles of their own along. */
const documents =
  "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; " +
  "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
/** Seconds: two years. */
const secure = "max-age=63072000; includeSubDomains";

/**
 * The headers that keep browsers from doing with an answer what nobody meant.
 * @param isPublic outside a sandbox: browsers are told to come by https alone, from then on
 */
export function addSecurityHeaders(server: FastifyInstance, isPublic: boolean): void {
  server.addHook("onSend", (request, reply, payload, done) => {
    for (const [name, value] of Object.entries(always)) reply.header(name, value);
    if (!reply.hasHeader("content-security-policy")) {
      const isDocument = /^\/(api\/docs|problems)([/?]|$)/.test(request.url);
      reply.header("content-security-policy", isDocument ? documents : data);
    }
    // The route, not the address as it was written: "/%61pi/…" is the same.
    const isData = (request.routeOptions.url ?? request.url).startsWith("/api/v1/");
    if (isData && !reply.hasHeader("cache-control")) {
      reply.header("cache-control", "no-store");
    }
    if (isPublic) reply.header("strict-transport-security", secure);
    done(null, payload);
  });
}

/** Lets pages of other origins call the API, with a token of their own; no page may, where none is named. */
export function allowOrigins(app: INestApplication, origins: readonly string[]): void {
  if (origins.length === 0) return;
  app.enableCors({
    origin: [...origins],
    methods: ["GET", "POST", "PUT", "DELETE"],
    allowedHeaders: ["authorization", "content-type", "idempotency-key", "prefer", "last-event-id"],
    exposedHeaders: ["location", "retry-after", "idempotency-replayed"],
    credentials: false,
    maxAge: 600,
  });
}
