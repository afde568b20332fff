import { RouteConfig } from "@nestjs/platform-fastify";
import type { FastifyInstance } from "fastify";

const kilobyte = 1024;
const ordinary = 256 * kilobyte;
const large = 10 * 1024 * kilobyte;

/** On a route that takes a batch or a file: up to 10 MB. */
export function LargeBody(): MethodDecorator {
  return RouteConfig({ largeBody: true });
}

/** Limits and content types, before any route is known. */
export function prepareServer(server: FastifyInstance): void {
  server.addHook("onRoute", (route) => {
    const config: { readonly largeBody?: boolean } | undefined = route.config;
    route.bodyLimit = config?.largeBody === true ? large : ordinary;
  });
  const text = ["text/csv", "application/xml", "text/xml"];
  server.addContentTypeParser(text, { parseAs: "string" }, (_request, body, done) => {
    done(null, body);
  });
}
