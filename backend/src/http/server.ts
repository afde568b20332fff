import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { UnsupportedMediaTypeException } from "@nestjs/common";
import { FastifyAdapter, RouteConfig } from "@nestjs/platform-fastify";
import type { FastifyHttpOptions, FastifyInstance, FastifyReply } from "fastify";
import { DomainError } from "../chain/domain-error.ts";
import type { Config } from "../config/config.ts";
import type { BadInput } from "./bad-input.ts";
import { answerBrokenRequest } from "./broken-request.ts";
import { parseJson } from "./json.ts";
import { problemOf, problemType, toldAt } from "./problem.ts";
import { requestIdOf } from "./request-log.ts";

const kilobyte = 1024;
const ordinary = 256 * kilobyte;
const large = 10 * 1024 * kilobyte;
/** Milliseconds for a request to arrive, body included: who sends a byte now and then is not waited for. */
const arrivesWithin = 60_000;

/** Characters of a part of an address: as many as the whole of it can have. A route says itself what is too long. */
const longestParameter = 16_384;

/** On a route that takes a batch or a file: up to 10 MB. */
export function LargeBody(): MethodDecorator {
  return RouteConfig({ largeBody: true });
}

/** What is wrong with a request before it has a route is a problem like any other. */
export function httpAdapter(trustProxy: Config["trustProxy"]): FastifyAdapter {
  const options: FastifyHttpOptions<Server> = {
    trustProxy: typeof trustProxy === "number" ? (_address, hop) => hop < trustProxy : trustProxy,
    forceCloseConnections: true,
    return503OnClosing: false,
    requestTimeout: arrivesWithin,
    routerOptions: { maxParamLength: longestParameter, ignoreTrailingSlash: true },
    frameworkErrors: (error, request, reply) => {
      const problem = toldAt(request.url, problemOf(error));
      // Its own type speaks of a schema that no route of ours has.
      const plain = reply as unknown as FastifyReply;
      void plain.status(problem.status).type(problemType).send(problem);
    },
    clientErrorHandler: answerBrokenRequest,
    genReqId: requestIdOf,
    // Node would answer such a request by itself, and with nothing; `prepareServer` refuses it in words.
    http: { requireHostHeader: false },
  };
  return new FastifyAdapter(options);
}

/** Limits and content types, before any route is known. */
export function prepareServer(server: FastifyInstance): void {
  server.addHook("onRoute", (route) => {
    const config: { readonly largeBody?: boolean } | undefined = route.config;
    route.bodyLimit = config?.largeBody === true ? large : ordinary;
  });
  server.addHook("onRequest", (request, _reply, done) => {
    done(faultOfHead(request.raw));
  });
  server.server.on("checkExpectation", (_request, response: ServerResponse) => {
    const problem = problemOf(new DomainError("ExpectationFailed"));
    response.writeHead(problem.status, { "content-type": problemType, connection: "close" });
    response.end(JSON.stringify(problem));
  });
  // Nobody is put through to somewhere else.
  server.server.on("connect", (_request, socket: Socket) => {
    answerBrokenRequest(new Error("No tunnels."), socket);
  });
  // A compressed body could be a small door to a large one.
  server.addHook("onRequest", (request, _reply, done) => {
    const encoding = request.headers["content-encoding"]?.trim().toLowerCase();
    const isPlain = encoding === undefined || encoding === "identity";
    done(isPlain ? undefined : new UnsupportedMediaTypeException("Bodies come uncompressed."));
  });
  const text = ["text/csv", "application/xml", "text/xml"];
  server.addContentTypeParser(text, { parseAs: "string" }, (_request, body, done) => {
    done(null, body);
  });
  server.removeContentTypeParser("application/json");
  const json = ["application/json", "application/ld+json"];
  server.addContentTypeParser<Buffer>(json, { parseAs: "buffer" }, (_request, body, done) => {
    try {
      done(null, parseJson(body));
    } catch (error) {
      done(error as BadInput);
    }
  });
}

/** What HTTP asks of a request's first lines, and Node and Fastify pass over. */
function faultOfHead({ url, headers, httpVersion }: IncomingMessage): DomainError | undefined {
  if (headers.host === undefined && httpVersion === "1.1") {
    return new DomainError("MalformedRequest", { missing: "host" });
  }
  // No name has it, and PostgreSQL would not even look for one.
  if (url?.includes("%00") === true) {
    return new DomainError("MalformedRequest", { malformed: "NUL" });
  }
  try {
    // What is no UTF-8 in percent signs would be taken for the signs themselves, and an answer given to that.
    decodeURIComponent(url?.split("?", 2)[1] ?? "");
  } catch {
    return new DomainError("MalformedRequest", { malformed: "query" });
  }
  return undefined;
}
