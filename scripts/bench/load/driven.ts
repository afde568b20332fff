import { setTimeout as sleep } from "node:timers/promises";
import { orderBody } from "../../api/terms.ts";
import { Latency } from "./latency.ts";
import type { ApiBuyer, Stage } from "./stage.ts";

/** Milliseconds that a client waits that was told to come again. */
const breath = 250;

/** What came of requests that were sent when they were due, whether or not the ones before were answered. */
export interface Outcome {
  readonly statuses: ReadonlyMap<number, number>;
  /** From when it was due to the answer that it is on record. */
  readonly accept: Latency;
  /** From when it was due to the answer that shows its effect. */
  readonly visible: Latency;
  readonly reads: Latency;
  /** Ids of commands that were taken on. */
  readonly accepted: { readonly id: string; readonly token: string }[];
}

/** Closed loop: every buyer orders as soon as its last order is answered. Orders a second. */
export async function runSingles(stage: Stage, seconds: number): Promise<number> {
  return closed(stage, seconds, async (buyer) => {
    const { status, body } = await stage.http.send(
      "POST",
      "/orders",
      buyer.token,
      orderBody(stage.terms()),
    );
    return status < 300 && status !== 202 ? 1 : passedOver("POST /orders", status, body);
  });
}

/** Closed loop: every buyer orders a batch at a time. Orders a second. */
export async function runBatches(stage: Stage, seconds: number, size: number): Promise<number> {
  return closed(stage, seconds, async (buyer) => {
    const orders = Array.from({ length: size }, () => orderBody(stage.terms()));
    const headers = { prefer: "wait=60" };
    const { status, body } = await stage.http.send(
      "POST",
      "/orders/batch",
      buyer.token,
      { orders },
      headers,
    );
    return status === 200 ? size : passedOver("POST /orders/batch", status, body);
  });
}

/** Closed loop with as many readers as given. Reads a second, and how long they took. */
export async function runReads(
  stage: Stage,
  seconds: number,
  readers: number,
): Promise<{ readonly perSecond: number; readonly latency: Latency }> {
  const latency = new Latency();
  const paths = await readPaths(stage);
  const begun = Date.now();
  const until = begun + seconds * 1000;
  await Promise.all(
    Array.from({ length: readers }, async (_, reader) => {
      for (let turn = reader; Date.now() < until; turn += 1) {
        const { path, token } = takenInTurn(paths, turn);
        const at = performance.now();
        const { status } = await stage.http.send("GET", path, token);
        if (status === 200) latency.add(performance.now() - at);
        else await passedOver(`GET ${path}`, status, "");
      }
    }),
  );
  return { perSecond: (latency.count * 1000) / (Date.now() - begun), latency };
}

/**
 * Open loop: requests come at random times of a given mean, so that a slow answer delays nobody's question and is
 * counted from when the question was due. Of ten, two change something and wait, one changes and does not wait, seven
 * read.
 * @param perSecond changes
 */
export async function runMix(stage: Stage, seconds: number, perSecond: number): Promise<Outcome> {
  const outcome = {
    statuses: new Map<number, number>(),
    accept: new Latency(),
    visible: new Latency(),
    reads: new Latency(),
    accepted: [] as { id: string; token: string }[],
  };
  const paths = await readPaths(stage);
  const running = new Set<Promise<void>>();
  const begun = performance.now();
  const note = (status: number): void => {
    outcome.statuses.set(status, (outcome.statuses.get(status) ?? 0) + 1);
  };
  let due = begun;
  for (let turn = 0; due - begun < seconds * 1000; turn += 1) {
    due += (-Math.log(1 - Math.random()) * 1000 * 3) / (10 * perSecond);
    const wait = due - performance.now();
    if (wait > 1) await sleep(wait);
    const at = due;
    const one = (turn % 10 < 3 ? change(turn) : read(turn))
      .then((status) => {
        note(status);
      })
      .catch(() => {
        note(0);
      })
      .finally(() => running.delete(one));
    running.add(one);

    async function change(index: number): Promise<number> {
      const buyer = takenInTurn(stage.apiBuyers, index);
      const isAsync = index % 10 === 2;
      const headers = isAsync ? { prefer: "respond-async" } : undefined;
      const body = orderBody(stage.terms());
      const answer = await stage.http.send("POST", "/orders", buyer.token, body, headers);
      const took = performance.now() - at;
      if (answer.status === 202) {
        const { id } = JSON.parse(answer.body) as { id: string };
        outcome.accepted.push({ id, token: buyer.token });
        outcome.accept.add(took);
      } else if (answer.status < 300) outcome.visible.add(took);
      return answer.status;
    }
    async function read(index: number): Promise<number> {
      const { path, token } = takenInTurn(paths, index);
      const { status } = await stage.http.send("GET", path, token);
      if (status === 200) outcome.reads.add(performance.now() - at);
      return status;
    }
  }
  await Promise.all(running);
  return outcome;
}

/** Commands that were taken on and have not ended within a minute. */
export async function unsettled(stage: Stage, accepted: Outcome["accepted"]): Promise<number> {
  const until = Date.now() + 60_000;
  let left = accepted;
  while (left.length > 0 && Date.now() < until) {
    const still: typeof left = [];
    for (const each of left) {
      const { status, body } = await stage.http.send("GET", `/commands/${each.id}`, each.token);
      const state = status === 200 ? (JSON.parse(body) as { state: string }).state : "unknown";
      if (state !== "Final" && state !== "Mined" && state !== "Failed") still.push(each);
    }
    left = still;
    if (left.length > 0) await sleep(500);
  }
  return left.length;
}

async function closed(
  stage: Stage,
  seconds: number,
  act: (buyer: ApiBuyer) => Promise<number>,
): Promise<number> {
  const begun = Date.now();
  const until = begun + seconds * 1000;
  const counts = await Promise.all(
    stage.apiBuyers.map(async (buyer) => {
      let count = 0;
      while (Date.now() < until) count += await act(buyer);
      return count;
    }),
  );
  return (counts.reduce((sum, count) => sum + count, 0) * 1000) / (Date.now() - begun);
}

/** What was not done in time counts as nothing; what is wrong for good ends the bench. */
async function passedOver(what: string, status: number, body: string): Promise<0> {
  if (status !== 202 && status !== 503) {
    throw new Error(`${what}: ${status} ${body.slice(0, 200)}`);
  }
  await sleep(breath);
  return 0;
}

async function readPaths(stage: Stage): Promise<{ path: string; token: string }[]> {
  const { token } = takenInTurn(stage.apiBuyers, 0);
  const { body } = await stage.http.send("GET", "/orders?limit=20", token);
  const { items } = JSON.parse(body) as { items: { id: string }[] };
  return [
    { path: "/orders?limit=20", token },
    { path: "/auth/me", token },
    { path: "/parties?limit=20", token },
    ...items.slice(0, 5).map(({ id }) => ({ path: `/orders/${id}`, token })),
  ];
}

function takenInTurn<Item>(items: readonly Item[], turn: number): Item {
  const item = items[turn % items.length];
  if (item === undefined) throw new Error("There is nothing to take from.");
  return item;
}
