import { randomUUID } from "node:crypto";
import {
  Injectable,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from "@nestjs/common";
import type { FastifyReply, FastifyRequest } from "fastify";
import { catchError, concatMap, from, type Observable } from "rxjs";
import type { Actor, Authenticated } from "../auth/actor.ts";
import { crashPoint } from "../crash/crash-points.ts";
import { problemOf } from "../http/problem.ts";
import { AuditLog, type Happening } from "./audit-log.ts";
import { othersIn } from "./sides.ts";

type Request = FastifyRequest & Authenticated;

const readOnly = new Set(["GET", "HEAD", "OPTIONS"]);
const longestPath = 500;
const longestKey = 100;
/** Parties that an entry names one by one. */
const mostNamed = 20;

/** Puts on record who wants what and what came of it, who reads others' data, and who signs in. */
@Injectable()
export class AuditInterceptor implements NestInterceptor {
  constructor(private readonly audit: AuditLog) {}

  intercept(context: ExecutionContext, next: CallHandler<unknown>): Observable<unknown> {
    const request = context.switchToHttp().getRequest<Request>();
    const { actor } = request;
    if (readOnly.has(request.method)) {
      return actor === undefined ? next.handle() : this.#reading(request, actor, next);
    }
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return actor === undefined
      ? this.#signingIn(request, reply, next)
      : this.#changing(request, reply, actor, next);
  }

  #reading(request: Request, by: Actor, next: CallHandler<unknown>): Observable<unknown> {
    const what = placeOf(request);
    const read = (more: Readonly<Record<string, unknown>>): Promise<void> =>
      this.audit.note({ kind: "read", by, what: { ...what, ...more } });
    return next.handle().pipe(
      concatMap(async (answer) => {
        const others = othersIn(answer, by);
        // What is no object is a file: whose data it has is not looked for.
        if (typeof answer === "string") await read({});
        else if (others.length > 0) await read(named(others));
        return answer;
      }),
      catchError(async (error: unknown) => {
        const { status, code } = problemOf(error);
        if (status === 403 || status === 404) await read({ status, code });
        throw error;
      }),
    );
  }

  #changing(
    request: Request,
    reply: FastifyReply,
    by: Actor,
    next: CallHandler<unknown>,
  ): Observable<unknown> {
    const id = randomUUID();
    const key = request.headers["idempotency-key"];
    const asked: Happening = {
      kind: "asked",
      by,
      what: {
        request: id,
        ...placeOf(request),
        ...(key !== undefined && { idempotencyKey: shortened(key) }),
      },
    };
    const answered = (more: Readonly<Record<string, unknown>>): Promise<void> =>
      this.audit.note({ kind: "answered", by, what: { request: id, ...more } });
    return from(this.audit.record(asked)).pipe(
      concatMap(() => {
        crashPoint("after-asked");
        return next.handle();
      }),
      concatMap(async (answer) => {
        await answered({ status: reply.statusCode, ...made(answer) });
        return answer;
      }),
      catchError(async (error: unknown) => {
        const { status, code, command } = problemOf(error);
        await answered({ status, code, ...(command !== undefined && { command }) });
        throw error;
      }),
    );
  }

  #signingIn(
    request: Request,
    reply: FastifyReply,
    next: CallHandler<unknown>,
  ): Observable<unknown> {
    const tried = (account: string | undefined, more: object): Promise<void> =>
      this.audit.note({ kind: "signIn", account, what: { ...placeOf(request), ...more } });
    return next.handle().pipe(
      concatMap(async (answer) => {
        const { sub, person } = claimsIn(answer);
        const who = sub === undefined ? {} : { subject: sub };
        await tried(person ?? undefined, { ...who, status: reply.statusCode });
        return answer;
      }),
      catchError(async (error: unknown) => {
        const { status, code, values } = problemOf(error);
        const account = values?.["account"];
        await tried(typeof account === "string" ? account.slice(0, 42) : undefined, {
          status,
          code,
        });
        throw error;
      }),
    );
  }
}

function placeOf({ method, url, ip }: Request): Record<string, unknown> {
  return { method, path: url.slice(0, longestPath), from: ip };
}

function named(parties: readonly string[]): Record<string, unknown> {
  const more = parties.length - mostNamed;
  return { parties: parties.slice(0, mostNamed), ...(more > 0 && { more }) };
}

/** A good one is kept whole; a long one is refused, and must not fill the log on its way. */
function shortened(key: string | string[]): string {
  return String(key).slice(0, longestKey);
}

/** The id of what was made, or of its command. */
function made(answer: unknown): Record<string, unknown> {
  const { id } = (answer ?? {}) as { readonly id?: unknown };
  return typeof id === "string" ? { id } : {};
}

/** Whom the token in an answer is for; the token itself is nobody's to keep. */
function claimsIn(answer: unknown): { readonly sub?: string; readonly person?: string | null } {
  const { accessToken } = (answer ?? {}) as { readonly accessToken?: unknown };
  if (typeof accessToken !== "string") return {};
  const body = accessToken.split(".")[1] ?? "";
  return JSON.parse(Buffer.from(body, "base64url").toString()) as { sub: string };
}
