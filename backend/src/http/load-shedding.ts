import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { RouteConfig } from "@nestjs/platform-fastify";
import { DomainError } from "../chain/domain-error.ts";
import { requestsShed } from "../metrics/counters.ts";
import { AnswersUnderWay } from "./answers-under-way.ts";
import { EventLoopWatch } from "./event-loop.ts";
import { problemOf, problemType, toldAt } from "./problem.ts";

/** Seconds. */
const retryAfter = 1;
const readOnly = new Set(["GET", "HEAD", "OPTIONS"]);
/** Milliseconds of one turn in which requests are taken on while turn after turn has been longer than that. */
const shortTurn = 100;
/** Milliseconds after which a line of requests is one that stays, and not what a single long turn has left behind. */
const standsAfter = 500;

/** How much a process takes on. */
export interface Capacity {
  /** Milliseconds of one turn of the event loop in which requests are taken on; 0 for however long it takes. */
  readonly mostDelay: number;
  /** Reads whose answers are still being made, and attempts to sign in. */
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
 * Refuses with 503 what could not be dealt with in time, before anything is done for it, its body read included: reads
 * and changes while too many are under way, changes while there is no room for commands, and everything that comes in so
 * late in a turn of the event loop that the next one would be late as well. Reads of a database in this process are dealt
 * with one after another: those that wait are in the kernel's hands, uncounted, and nothing but the turn tells of them.
 */
export function shedLoad(server: FastifyInstance, capacity: Capacity): void {
  const { mostDelay, reads, changes, isFull } = capacity;
  const loop = new EventLoopWatch(shortTurn);
  const isLate = (): boolean =>
    mostDelay > 0 &&
    loop.lateness > (loop.lateFor > standsAfter ? Math.min(shortTurn, mostDelay) : mostDelay);
  const changing = new AnswersUnderWay();
  const reading = new WeakSet<FastifyRequest>();
  let readers = 0;
  server.addHook("onClose", (_server, done) => {
    loop.stop();
    done();
  });
  server.addHook("onRequest", (request, reply, done) => {
    if (isWatched(request.url)) {
      done();
      return;
    }
    if (isLate()) {
      refuse(reply, "event_loop");
      return;
    }
    if (isRead(request)) {
      if (readers >= reads) {
        refuse(reply, "reads");
        return;
      }
      readers += 1;
      reading.add(request);
      done();
      return;
    }
    // A command counts when it is on record; until then its request does, or any number would come in at once.
    if (isChange(request) && (changing.size >= changes || isFull())) {
      refuse(reply, "commands");
      return;
    }
    if (isChange(request)) changing.add(request.raw.socket, reply.raw);
    done();
  });
  // Whoever has gone away has left the work behind: a read ends with its answer, whether or not anybody is there for it.
  server.addHook("onSend", (request, _reply, payload, done) => {
    if (reading.delete(request)) readers -= 1;
    done(null, payload);
  });
}

/** Whoever watches has to be answered most when there is too much to do. */
function isWatched(url: string): boolean {
  return /^\/(health|metrics)(\/|$|\?)/.test(url);
}

function isRead(request: FastifyRequest): boolean {
  const config = request.routeOptions.config as { readonly openEnded?: boolean };
  return !isChange(request) && config.openEnded !== true;
}

function isChange({ method, url }: FastifyRequest): boolean {
  return !readOnly.has(method) && !url.startsWith("/api/v1/auth/");
}

function refuse(reply: FastifyReply, reason: "commands" | "event_loop" | "reads"): void {
  requestsShed.inc({ reason });
  const problem = toldAt(
    reply.request.url,
    problemOf(new DomainError("Overloaded", { retryAfter })),
  );
  void reply
    .status(problem.status)
    .header("retry-after", retryAfter)
    .type(problemType)
    .send(problem);
}
