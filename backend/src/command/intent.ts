import { createHash, randomUUID } from "node:crypto";
import { createParamDecorator, type ExecutionContext } from "@nestjs/common";
import type { Actor, Authenticated } from "../auth/actor.ts";
import { DomainError } from "../chain/domain-error.ts";
import { BadInput } from "../http/bad-input.ts";
import { worthOf, type ActKind, type LimitCurrency, type Worth } from "../organisation/worth.ts";

/** Who wants something done, and how the answer is to come. */
export interface Intent {
  readonly by: Actor;
  readonly idempotencyKey: string;
  /** Whether the caller named the key, and may ask again with it. */
  readonly repeatable: boolean;
  /** sha-256 of method, path and body. */
  readonly requestHash: string;
  /** Of the HTTP request; null for work of the backend itself. */
  readonly requestId: string | null;
  /** Milliseconds to wait for the effect before answering 202. */
  readonly wait: number;
  /** What is at stake with all of its acts; undefined for what no organisation sets a limit for. */
  readonly worth?: Worth;
}

export interface CommandRequest extends Authenticated {
  readonly id: string;
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: unknown;
  intent?: Intent;
}

const usualWait = 5000;
const longestWait = 60_000;

/** The signed-in caller's intent, on a route that changes state. */
export const Intention = createParamDecorator((_: unknown, context: ExecutionContext): Intent =>
  intentOf(context.switchToHttp().getRequest<CommandRequest>()),
);

export function intentOf(request: CommandRequest): Intent {
  if (request.intent !== undefined) return request.intent;
  if (request.actor === undefined) throw new Error("A public route changes nothing.");
  const given = header(request, "idempotency-key");
  if (given !== undefined && !/^[\x21-\x7e]{1,100}$/.test(given)) {
    throw BadInput.in("Idempotency-Key", "must be 1 to 100 printable characters without spaces");
  }
  if (given === undefined && request.actor.person?.apiKey !== undefined) {
    throw new DomainError("IdempotencyKeyRequired");
  }
  request.intent = {
    by: request.actor,
    idempotencyKey: given ?? `~${randomUUID()}`,
    repeatable: given !== undefined,
    requestHash: createHash("sha256")
      .update(`${request.method} ${request.url}\n${canonical(request.body)}`)
      .digest("hex"),
    requestId: request.id,
    wait: waitOf(header(request, "prefer") ?? ""),
  };
  return request.intent;
}

/** The intent with what is at stake: above the organisation's limit its acts wait for a second person. */
export function weighed(
  intent: Intent,
  kind: ActKind,
  ...amounts: (readonly [LimitCurrency, bigint])[]
): Intent {
  return { ...intent, worth: worthOf(kind, amounts) };
}

/** A weighed intent whose acts also say where money goes: they wait for a second person in any case. */
export function redirecting(intent: Intent): Intent {
  return intent.worth === undefined
    ? intent
    : { ...intent, worth: { ...intent.worth, redirects: true } };
}

/**
 * Work of the backend itself, not of a request.
 * @param once whether the same work is never done again for `by`
 */
export function ownIntent(by: Actor, name: string, once = false): Intent {
  return {
    by,
    idempotencyKey: once ? `~${name}` : `~${name}:${randomUUID()}`,
    repeatable: once,
    requestHash: "",
    requestId: null,
    wait: usualWait,
  };
}

function waitOf(prefer: string): number {
  if (/\brespond-async\b/i.test(prefer)) return 0;
  const seconds = /\bwait\s*=\s*(\d{1,6})\b/i.exec(prefer)?.[1];
  return seconds === undefined ? usualWait : Math.min(Number(seconds) * 1000, longestWait);
}

function header(request: CommandRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(", ") : value;
}

function canonical(body: unknown): string {
  return JSON.stringify(body, (_key, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}
