import { AsyncResource } from "node:async_hooks";
import { RouteConfig } from "@nestjs/platform-fastify";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { DomainError } from "../chain/domain-error.ts";
import { requestsShed } from "../metrics/counters.ts";
import { AnswersUnderWay } from "./answers-under-way.ts";
import { EventLoopWatch } from "./event-loop.ts";
import { problemOf, problemType, toldAt } from "./problem.ts";
import { Turns } from "./turns.ts";

/** Seconds. */
const retryAfter = 1;
const overloaded = problemOf(new DomainError("Overloaded", { retryAfter }));
const readOnly = new Set(["GET", "HEAD", "OPTIONS"]);

type Reason = "commands" | "event_loop" | "reads";

/** How much a process takes on. */
export interface Capacity {
  /** Milliseconds of one turn of the event loop in which requests are taken on; 0 for however long it takes. */
  readonly mostDelay: number;
  /** Reads, and attempts to sign in, that wait or whose answers are being made. */
  readonly reads: number;
  /** Changes whose answers are still being made. */
  readonly changes: number;
  /** Whether there is no room for another command. */
  readonly isFull: () => boolean;
}

/** On a route whose answer goes on for as long as somebody listens: the route itself says how many may. */
export function OpenEnded(): MethodDecorator {
  return RouteConfig({ openEnded: true });
}

/**
 * Refuses with 503 what could not be dealt with in time, before anything is done for it, its body read included: what there
 * are too many of at once, changes while there is no room for commands, and everything that comes in so late in a turn of
 * the event loop that the next one would be late as well.
 */
export function shedLoad(server: FastifyInstance, capacity: Capacity): void {
  const { reads, changes, isFull } = capacity;
  const longestTurn = capacity.mostDelay === 0 ? Infinity : capacity.mostDelay;
  const loop = new EventLoopWatch();
  const turns = new Turns();
  server.server.on("connection", () => {
    turns.called();
  });
  const changing = new AnswersUnderWay();
  const reading = new WeakSet<FastifyRequest>();
  let readers = 0;
  const read = (request: FastifyRequest): void => {
    if (reading.delete(request)) readers -= 1;
  };
  server.addHook("onClose", (_server, done) => {
    loop.stop();
    done();
  });
  /** Why a request is not taken on; those that are count from now on. */
  const shedding = (request: FastifyRequest, reply: FastifyReply): Reason | undefined => {
    if (loop.lateness > longestTurn) return "event_loop";
    if (isChange(request)) {
      // A command counts when it is on record; until then its request does, or any number would come in at once.
      if (changing.size >= changes || isFull()) return "commands";
      changing.add(request.raw.socket, reply.raw);
    } else if (!isOpenEnded(request)) {
      if (readers >= reads) return "reads";
      readers += 1;
      reading.add(request);
    }
    return undefined;
  };
  server.addHook("onRequest", (request, reply, done) => {
    if (isWatched(request.url)) {
      done();
      return;
    }
    const reason = shedding(request, reply);
    if (reason !== undefined) {
      refuse(reply, reason);
      return;
    }
    const go = AsyncResource.bind(done);
    turns.begin(() => {
      if (request.raw.socket.destroyed) read(request);
      else go();
    }, isChange(request));
  });
  // Whoever has gone away has left the work behind: a read ends with its answer, whether or not anybody is there for it.
  server.addHook("onSend", (request, _reply, payload, done) => {
    read(request);
    done(null, payload);
  });
}

/** Whoever watches has to be answered most when there is too much to do. */
function isWatched(url: string): boolean {
  return /^\/(health|metrics)(\/|$|\?)/.test(url);
}

function isChange({ method, url }: FastifyRequest): boolean {
  return !readOnly.has(method) && !url.startsWith("/api/v1/auth/");
}

function isOpenEnded({ routeOptions }: FastifyRequest): boolean {
  return (routeOptions.config as { readonly openEnded?: boolean }).openEnded === true;
}

function refuse(reply: FastifyReply, reason: Reason): void {
  requestsShed.inc({ reason });
  const problem = toldAt(reply.request.url, { ...overloaded });
  void reply
    .status(problem.status)
    .header("retry-after", retryAfter)
    .type(problemType)
    .send(JSON.stringify(problem));
}
