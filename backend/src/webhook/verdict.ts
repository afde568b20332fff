import type { Attempt } from "./sender.ts";
import type { DeliveryState, WebhookRow } from "./webhook.entity.ts";

export interface RetryPolicy {
  /** Milliseconds to wait after the first failed attempt, the second, …; after the last one no more are made. */
  readonly retries: readonly number[];
  /** Milliseconds of nothing but failures after which an endpoint is disabled. */
  readonly disableAfter: number;
}

/** What an attempt makes of its delivery and of its endpoint. */
export interface Verdict {
  readonly delivery: {
    readonly state: DeliveryState;
    readonly attempts: number;
    readonly dueAt: number | null;
  };
  readonly webhook: Partial<
    Pick<WebhookRow, "failures" | "failingSince" | "notBefore" | "enabled" | "disabledBecause">
  >;
}

/** An answer of an endpoint that is not there just now, rather than one that does not like what it was sent. */
const downStatuses = new Set([429, 502, 503, 504]);
const failuresOfOneThatIsDown = 5;

/**
 * One event that is refused is sent again later, and does not hold up those behind it. An endpoint that seems to be down
 * is left alone as a whole, so that order holds and nothing piles up.
 * @param before attempts of this delivery before this one
 * @param chance from 0 to 1: spreads retries, so that many do not come at once
 */
export function verdictOn(
  attempt: Attempt,
  before: number,
  webhook: Pick<WebhookRow, "failures" | "failingSince">,
  { retries, disableAfter }: RetryPolicy,
  chance: number,
): Verdict {
  const attempts = before + 1;
  const { at, status, fault } = attempt;
  if (fault === null) {
    return {
      delivery: { state: "Delivered", attempts, dueAt: null },
      webhook: { failures: 0, failingSince: null, notBefore: null },
    };
  }
  const failures = webhook.failures + 1;
  const failingSince = webhook.failingSince ?? at;
  if (status === 410) {
    return {
      delivery: { state: "Dead", attempts, dueAt: null },
      webhook: { failures, failingSince, enabled: false, disabledBecause: "It answered 410 Gone." },
    };
  }
  const isDown = status === null || downStatuses.has(status) || failures >= failuresOfOneThatIsDown;
  const tried = isDown ? Math.max(attempts, failures) : attempts;
  const usual = retries[Math.min(tried, retries.length) - 1] ?? 0;
  // Full jitter would void the schedule; a fifth more or less is enough to spread.
  const due = at + Math.max(usual * (0.8 + 0.4 * chance), attempt.retryAfter);
  const isDead = attempts > retries.length;
  const hasLongFailed = at - failingSince > disableAfter;
  return {
    delivery: {
      state: isDead ? "Dead" : "Due",
      attempts,
      dueAt: isDead ? null : Math.ceil(due),
    },
    webhook: {
      failures,
      failingSince,
      notBefore: isDown ? Math.ceil(due) : null,
      ...(hasLongFailed && {
        enabled: false,
        disabledBecause: `Nothing has succeeded since ${new Date(failingSince).toISOString()}.`,
      }),
    },
  };
}
