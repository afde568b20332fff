import underPressure from "@fastify/under-pressure";
import type { FastifyInstance, FastifyReply } from "fastify";
import { DomainError } from "../chain/domain-error.ts";
import { requestsShed } from "../metrics/counters.ts";
import { problemOf, problemType } from "./problem.ts";

/** Seconds. */
const retryAfter = 1;
const readOnly = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Refuses with 503 what could not be dealt with in time, before anything is done for it: changes while there is no room
 * for commands, everything while the process itself cannot keep up.
 * @param mostDelay milliseconds that the event loop may be late; 0 for however late it is
 * @param isFull whether there is no room for another command
 */
export function shedLoad(server: FastifyInstance, mostDelay: number, isFull: () => boolean): void {
  server.register(underPressure, {
    maxEventLoopDelay: mostDelay,
    sampleInterval: 250,
    pressureHandler: (request, reply) => {
      if (isWatched(request.url)) return;
      requestsShed.inc({ reason: "event_loop" });
      refuse(reply);
    },
  });
  server.addHook("onRequest", (request, reply, done) => {
    const changes = !readOnly.has(request.method) && !request.url.startsWith("/api/v1/auth/");
    if (changes && isFull()) {
      requestsShed.inc({ reason: "commands" });
      refuse(reply);
      return;
    }
    done();
  });
}

/** Whoever watches has to be answered most when there is too much to do. */
function isWatched(url: string): boolean {
  return /^\/(health|metrics)(\/|$|\?)/.test(url);
}

function refuse(reply: FastifyReply): void {
  const problem = problemOf(new DomainError("Overloaded", { retryAfter }));
  void reply
    .status(problem.status)
    .header("retry-after", retryAfter)
    .type(problemType)
    .send(problem);
}
