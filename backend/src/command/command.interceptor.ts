import {
  Injectable,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from "@nestjs/common";
import type { FastifyReply, FastifyRequest } from "fastify";
import { firstValueFrom, from, type Observable } from "rxjs";
import { DomainError } from "../chain/domain-error.ts";
import { crashPoint } from "../crash/crash-points.ts";
import { problemOf, problemType } from "../http/problem.ts";
import { idempotentReplays } from "../metrics/counters.ts";
import { CommandQueue } from "./command-queue.ts";
import { Effect } from "./effect.ts";
import { intentOf, type CommandRequest, type Intent } from "./intent.ts";
import { Outbox } from "./outbox.ts";

interface Answer {
  readonly status: number | undefined;
  readonly body: unknown;
  readonly location?: string;
}

const readOnly = new Set(["GET", "HEAD", "OPTIONS"]);

/** One effect and one answer for one idempotency key; the status and headers of an effect. */
@Injectable()
export class CommandInterceptor implements NestInterceptor {
  readonly #inFlight = new Map<string, { hash: string; answer: Promise<Answer> }>();

  constructor(
    private readonly outbox: Outbox,
    private readonly queue: CommandQueue,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler<unknown>): Observable<unknown> {
    const request = context.switchToHttp().getRequest<CommandRequest>();
    if (readOnly.has(request.method) || request.actor === undefined) return next.handle();
    // A capture is known by its events, whoever asks again.
    const { routeOptions } = context.switchToHttp().getRequest<FastifyRequest>();
    if (routeOptions.url?.startsWith("/epcis") === true) return next.handle();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const { id } = request.actor;
    return from(this.queue.answering(id, () => this.#answered(intentOf(request), next, reply)));
  }

  async #answered(
    intent: Intent,
    next: CallHandler<unknown>,
    reply: FastifyReply,
  ): Promise<unknown> {
    const answer = intent.repeatable
      ? await this.#once(intent, next, reply)
      : await this.#handled(intent, next);
    if (answer.status !== undefined) reply.status(answer.status);
    if (isRefusal(answer)) reply.type(problemType);
    if (answer.location !== undefined) reply.header("location", answer.location);
    return answer.body;
  }

  async #once(intent: Intent, next: CallHandler<unknown>, reply: FastifyReply): Promise<Answer> {
    // What one person is told, a secret perhaps, is nobody else's answer; the record joins what they want done.
    const { id, person } = intent.by;
    const caller = `${id} ${person?.account ?? ""} ${person?.apiKey?.id ?? ""}`;
    const name = `${caller} ${intent.idempotencyKey}`;
    const running = this.#inFlight.get(name);
    if (running !== undefined) {
      if (running.hash !== intent.requestHash) throw new DomainError("IdempotencyKeyReused");
      return running.answer;
    }
    const answer = this.#replayed(intent, reply).then(
      (kept) => kept ?? this.#handled(intent, next),
    );
    this.#inFlight.set(name, { hash: intent.requestHash, answer });
    try {
      return await answer;
    } finally {
      this.#inFlight.delete(name);
    }
  }

  /** The answer that the same request got before. */
  async #replayed(intent: Intent, reply: FastifyReply): Promise<Answer | undefined> {
    const known = await this.outbox.firstOf(intent.by.id, intent.idempotencyKey);
    if (known === null) return undefined;
    if (known.requestHash !== intent.requestHash) throw new DomainError("IdempotencyKeyReused");
    // What nobody was told yet is told by the service, in its words; what was undone by the chain counts no more.
    if (known.response === null) return undefined;
    if (isRefusal(known.response) && known.error === null) return undefined;
    reply.header("idempotency-replayed", "true");
    idempotentReplays.inc();
    return known.response;
  }

  async #handled(intent: Intent, next: CallHandler<unknown>): Promise<Answer> {
    const result = await this.#refusalsKept(
      intent,
      firstValueFrom(next.handle(), { defaultValue: undefined }),
    );
    if (!(result instanceof Effect)) return { status: undefined, body: result };
    const { status, body, command } = result as Effect;
    if (status === 202) return { status, body, location: `/api/v1/commands/${command}` };
    if (intent.repeatable) await this.#keep(command, { status, body });
    return { status, body };
  }

  async #keep(
    command: string,
    answer: { readonly status: number; readonly body: unknown },
  ): Promise<void> {
    crashPoint("before-answer-stored");
    await this.outbox.answered(command, answer);
    crashPoint("after-answer-stored");
  }

  /** The same request again is refused in the same words. */
  async #refusalsKept<T>({ repeatable }: Intent, work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      if (repeatable && error instanceof DomainError && error.command !== undefined) {
        const body = problemOf(error);
        await this.#keep(error.command, { status: body.status, body });
      }
      throw error;
    }
  }
}

function isRefusal({ status }: Pick<Answer, "status">): boolean {
  return status !== undefined && status >= 400;
}
