import type { FastifyInstance, FastifyReply } from "fastify";
import { DomainError } from "../chain/domain-error.ts";
import { requestsShed } from "../metrics/counters.ts";
import { EventLoopWatch } from "./event-loop.ts";
import { problemOf, problemType, toldAt } from "./problem.ts";

/** Seconds. */
const retryAfter = 1;
const readOnly = new Set(["GET", "HEAD", "OPTIONS"]);

/** How much a process takes on. */
export interface Capacity {
  /** Milliseconds of one turn of the event loop in which requests are taken on; 0 for however long it takes. */
  readonly mostDelay: number;
  /** Changes whose answers are still being made. */
  readonly changes: number;
  /** Whether there is no room for another command. */
  readonly isFull: () => boolean;
}

/**
 * Refuses with 503 what could not be dealt with in time, before anything is done for it: changes while there is no room
 * for commands, everything that comes in so late in a turn of the event loop that the next one would be late as well.
 */
export function shedLoad(server: FastifyInstance, capacity: Capacity): void {
  const { changes, isFull } = capacity;
  const longestTurn = capacity.mostDelay === 0 ? Infinity : capacity.mostDelay;
  const loop = new EventLoopWatch();
  let changing = 0;
  server.addHook("onClose", (_server, done) => {
    loop.stop();
    done();
  });
  server.addHook("onRequest", (request, reply, done) => {
    if (loop.lateness > longestTurn && !isWatched(request.url)) {
      refuse(reply, "event_loop");
      return;
    }
    if (readOnly.has(request.method) || request.url.startsWith("/api/v1/auth/")) {
      done();
      return;
    }
    // A command counts when it is on record; until then its request does, or any number would come in at once.
    if (changing >= changes || isFull()) {
      refuse(reply, "commands");
      return;
    }
    changing += 1;
    reply.raw.once("close", () => (changing -= 1));
    done();
  });
}

/** Whoever watches has to be answered most when there is too much to do. */
function isWatched(url: string): boolean {
  return /^\/(health|metrics)(\/|$|\?)/.test(url);
}

function refuse(reply: FastifyReply, reason: "commands" | "event_loop"): void {
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
