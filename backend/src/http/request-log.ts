import { AsyncLocalStorage } from "node:async_hooks";
import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { PinoLogger } from "nestjs-pino";
import { requestSeconds } from "../metrics/counters.ts";

const header = "x-request-id";
const sane = /^[\w.:-]{1,64}$/;
const changing = new Set(["POST", "PUT", "PATCH", "DELETE"]);

/** The id of the request that is dealt with. A logger of its own for each of them would be made for every read, and say nothing. */
const requests = new AsyncLocalStorage<string>();

/** What a line of the log says besides what it is told to say. */
export function ofRequest(): { readonly requestId?: string } {
  const requestId = requests.getStore();
  return requestId === undefined ? {} : { requestId };
}

/** The caller's `X-Request-Id` where it is one, else a new id. */
export function requestIdOf(request: IncomingMessage): string {
  const given = request.headers[header];
  return typeof given === "string" && sane.test(given) ? given : randomUUID();
}

/** Whatever is logged while a request is dealt with carries its id, and so does its answer. */
export function followRequests(server: FastifyInstance, logger: PinoLogger): void {
  server.addHook("onRequest", (request, reply, done) => {
    reply.header(header, request.id);
    requests.run(request.id, done);
  });
  server.addHook("onResponse", (request, reply, done) => {
    const route = request.routeOptions.url ?? "none";
    const isStream = reply.getHeader("content-type") === "text/event-stream";
    const status = String(reply.statusCode);
    if (!isStream) {
      requestSeconds.observe({ method: request.method, route, status }, reply.elapsedTime / 1000);
    }
    log(logger, request, reply, route);
    done();
  });
}

function log(
  logger: PinoLogger,
  request: FastifyRequest,
  reply: FastifyReply,
  route: string,
): void {
  const status = reply.statusCode;
  // What is refused for lack of time is counted: a line for each would take more of it.
  const isShed = reply.hasHeader("retry-after");
  const isFault = status >= 500 && !isShed;
  const isChange = changing.has(request.method) && !isShed;
  const level = isFault ? "warn" : isChange ? "info" : "debug";
  if (!logger.logger.isLevelEnabled(level)) return;
  const { method, id, ip } = request;
  const milliseconds = Math.round(reply.elapsedTime);
  // Not the address as it was asked for: parameters are the caller's, and may be anything.
  const answered = { context: "Http", method, route, status, milliseconds, ip };
  const write = (): void => {
    logger[level](answered, "answered");
  };
  requests.run(id, write);
}
