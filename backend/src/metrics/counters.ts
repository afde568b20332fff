import { Counter, Histogram, Registry } from "prom-client";

/** What this process has counted since it started; Prometheus adds up processes and restarts. */
export const counters = new Registry();

const registers = [counters];

export const commandsAccepted = new Counter({
  name: "sheaf_commands_accepted_total",
  help: "Commands put on record.",
  registers,
});

export const commandsSettled = new Counter({
  name: "sheaf_commands_settled_total",
  help: "Commands that were mined, or have failed with a reason. One whose block is undone is settled again.",
  labelNames: ["outcome"] as const,
  registers,
});

export const idempotentReplays = new Counter({
  name: "sheaf_idempotent_replays_total",
  help: "Requests that were answered with what the same request was answered before.",
  registers,
});

export const rebroadcasts = new Counter({
  name: "sheaf_rebroadcasts_total",
  help: "Times that the bytes of a command were sent to the network again.",
  registers,
});

export const rebroadcastsRefused = new Counter({
  name: "sheaf_rebroadcasts_refused_total",
  help: "Times that every node refused bytes sent again, as for want of ether: the commands of their key wait.",
  registers,
});

export const noncesReplaced = new Counter({
  name: "sheaf_nonces_replaced_total",
  help: "Commands that got another nonce because somebody else had used theirs, with the same key.",
  registers,
});

export const reorganisations = new Counter({
  name: "sheaf_reorganisations_total",
  help: "Times that blocks which had been projected were undone.",
  registers,
});

export const blocksUndone = new Counter({
  name: "sheaf_blocks_undone_total",
  help: "Blocks which had been projected and were undone.",
  registers,
});

export const webhookAttempts = new Counter({
  name: "sheaf_webhook_attempts_total",
  help: "Attempts to deliver an event to a webhook.",
  labelNames: ["outcome"] as const,
  registers,
});

export const anchorFailures = new Counter({
  name: "sheaf_anchor_failures_total",
  help: "Times that a tree of events was not anchored, and is to be tried again.",
  registers,
});

export const requestSeconds = new Histogram({
  name: "sheaf_http_request_duration_seconds",
  help: "From the arrival of a request's head to the end of its answer; event streams are not counted.",
  labelNames: ["method", "route", "status"] as const,
  buckets: [0.005, 0.02, 0.1, 0.5, 2, 5, 15, 60],
  registers,
});

export const requestsShed = new Counter({
  name: "sheaf_http_requests_shed_total",
  help: "Requests that were refused with 503 because there was too much to do.",
  labelNames: ["reason"] as const,
  registers,
});

// A series that is not there yet looks like one that is missing.
for (const outcome of ["mined", "failed"]) commandsSettled.inc({ outcome }, 0);
for (const outcome of ["delivered", "failed"]) webhookAttempts.inc({ outcome }, 0);
for (const reason of ["commands", "reads", "event_loop"]) requestsShed.inc({ reason }, 0);
