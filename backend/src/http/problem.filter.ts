import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from "@nestjs/common";
import type { FastifyReply } from "fastify";
import { problemOf, problemType } from "./problem.ts";

/** The one place where an error becomes an answer. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  readonly #log = new Logger("Http");

  catch(error: unknown, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const problem = problemOf(error);
    if (problem.status >= 500 && problem.code !== "Overloaded") {
      this.#log.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
    }
    // A stream that has begun cannot change its mind.
    if (reply.sent || reply.raw.headersSent) return;
    const retryAfter = problem.values?.["retryAfter"];
    if (typeof retryAfter === "number") reply.header("retry-after", retryAfter);
    void reply.status(problem.status).type(problemType).send(problem);
  }
}
