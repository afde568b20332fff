import { expect } from "chai";
import type { Attempt } from "../../../backend/src/webhook/sender.ts";
import { verdictOn } from "../../../backend/src/webhook/verdict.ts";

const at = 1_000_000;
const policy = { retries: [5_000, 300_000], disableAfter: 1_000_000 };
const healthy = { failures: 0, failingSince: null };
const middle = 0.5;

function failed(status: number | null, retryAfter = 0): Attempt {
  return { at, status, fault: "it failed", retryAfter };
}

describe("The verdict on an attempt", () => {
  it("keeps to the schedule, a fifth more or less", () => {
    const due = (before: number, chance: number): number | null =>
      verdictOn(failed(500), before, healthy, policy, chance).delivery.dueAt;
    expect(due(0, middle)).to.equal(at + 5_000);
    expect(due(0, 0)).to.equal(at + 4_000);
    expect(due(0, 1)).to.equal(at + 6_000);
    expect(due(1, middle)).to.equal(at + 300_000);
  });

  it("gives up after the last retry", () => {
    const { delivery } = verdictOn(failed(500), 2, healthy, policy, middle);
    expect(delivery).to.deep.equal({ state: "Dead", attempts: 3, dueAt: null });
  });

  it("waits longer where the receiver asks for it, never shorter", () => {
    const due = (retryAfter: number): number | null =>
      verdictOn(failed(429, retryAfter), 0, healthy, policy, middle).delivery.dueAt;
    expect(due(60_000)).to.equal(at + 60_000);
    expect(due(10)).to.equal(at + 5_000);
  });

  it("leaves one alone that is down, not one that refuses an event", () => {
    const pause = (status: number | null, failures = 0): unknown =>
      verdictOn(failed(status), 0, { failures, failingSince: at }, policy, middle).webhook
        .notBefore;
    for (const status of [null, 429, 502, 503, 504]) expect(pause(status)).to.equal(at + 5_000);
    for (const status of [400, 404, 500]) expect(pause(status)).to.equal(null);
    expect(pause(500, 4), "nothing but refusals").to.equal(at + 300_000);
  });

  it("disables what is gone, and what has failed for long", () => {
    const gone = verdictOn(failed(410), 0, healthy, policy, middle);
    expect(gone.webhook).to.include({ enabled: false, disabledBecause: "It answered 410 Gone." });
    expect(gone.delivery.state).to.equal("Dead");
    const since = (failingSince: number): unknown =>
      verdictOn(failed(500), 0, { failures: 3, failingSince }, policy, middle).webhook.enabled;
    expect(since(at - 1_000_001)).to.equal(false);
    expect(since(at - 1_000_000)).to.equal(undefined);
  });

  it("forgets what was before when one succeeds", () => {
    const good = { at, status: 200, fault: null, retryAfter: 0 };
    const { delivery, webhook } = verdictOn(good, 3, { failures: 4, failingSince: 1 }, policy, 0);
    expect(delivery).to.deep.equal({ state: "Delivered", attempts: 4, dueAt: null });
    expect(webhook).to.deep.equal({ failures: 0, failingSince: null, notBefore: null });
  });
});
