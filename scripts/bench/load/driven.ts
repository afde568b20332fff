import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Books } from "./books.ts";
import type { Answer, Ask } from "./http-client.ts";
import { Latency } from "./latency.ts";
import type { ApiParty, Cell, Stage } from "./stage.ts";
import { Tally } from "./tally.ts";
import { Trade } from "./trade.ts";

/** Milliseconds that a client waits that was told to come again. */
const breath = 250;
const readOrders = 200;

/** What a closed loop has got done. */
export interface Turn {
  readonly done: number;
  readonly seconds: number;
}

/** Closed loop: every buyer orders as soon as its last order is answered; one that is not done in time counts for nothing. */
export function runSingles(
  stage: Stage,
  books: Books,
  tally: Tally,
  seconds: number,
): Promise<Turn> {
  return closed(stage, seconds, async (cell) => {
    const trade = new Trade(stage, cell);
    const { ask } = trade;
    const answer = await stage.http.send(ask);
    books.note(trade.number, answer.status, ask, cell.buyer);
    return counted(tally, answer, [201], 1);
  });
}

/** Closed loop: every buyer orders a batch at a time. */
export function runBatches(
  stage: Stage,
  books: Books,
  tally: Tally,
  seconds: number,
  size: number,
): Promise<Turn> {
  return closed(stage, seconds, async ({ buyer, ...cell }) => {
    const trades = Array.from({ length: size }, () => new Trade(stage, { buyer, ...cell }));
    const ask: Ask = {
      method: "POST",
      path: "/orders/batch",
      token: buyer.token,
      body: { orders: trades.map(({ order }) => order) },
      key: randomUUID(),
      prefer: "wait=60",
    };
    const answer = await stage.http.send(ask);
    for (const { number } of trades) books.note(number, answer.status, ask, buyer);
    return counted(tally, answer, [200], size);
  });
}

/** Closed loop with as many readers as given. */
export async function runReads(
  stage: Stage,
  seconds: number,
  readers: number,
): Promise<Turn & { readonly latency: Latency; readonly tally: Tally }> {
  const latency = new Latency();
  const tally = new Tally();
  const paths = await readPaths(stage);
  const begun = Date.now();
  const until = begun + seconds * 1000;
  await Promise.all(
    Array.from({ length: readers }, async (_, reader) => {
      for (let turn = reader; Date.now() < until; turn += readers) {
        const { path, by } = takenInTurn(paths, turn);
        const at = performance.now();
        const answer = await stage.http.send({ method: "GET", path, token: by.token });
        if ((await counted(tally, answer, [200], 1)) > 0) latency.add(performance.now() - at);
      }
    }),
  );
  return { done: latency.count, seconds: (Date.now() - begun) / 1000, latency, tally };
}

/** A list of orders, one of parties, a lien and the caller for every eight whole claims of two hundred. */
export async function readPaths({
  http,
  cells,
}: Stage): Promise<{ readonly path: string; readonly by: ApiParty }[]> {
  const by = takenInTurn(cells, 0).buyer;
  const ids: string[] = [];
  const list = `/orders?limit=${readOrders}&sort=newest`;
  const { status, body } = await http.send({ method: "GET", path: list, token: by.token });
  if (status === 200) {
    const { items } = JSON.parse(body) as { items: { id: string }[] };
    ids.push(...items.map(({ id }) => id));
  }
  const usual = ["/orders?limit=20", "/auth/me", "/parties?limit=20", "/receivables?limit=20"];
  const rest = ids.map((id, index) => [
    `/orders/${id}`,
    ...(index % 2 === 0 ? [usual[(index / 2) % usual.length] ?? ""] : []),
    ...(index % 8 === 7 ? [`/liens/${id}`] : []),
  ]);
  return [...usual, ...rest.flat()].map((path) => ({ path, by }));
}

async function closed(
  { cells }: Stage,
  seconds: number,
  act: (cell: Cell) => Promise<number>,
): Promise<Turn> {
  const begun = Date.now();
  const until = begun + seconds * 1000;
  const counts = await Promise.all(
    cells.map(async (cell) => {
      let count = 0;
      while (Date.now() < until) count += await act(cell);
      return count;
    }),
  );
  const done = counts.reduce((sum, count) => sum + count, 0);
  return { done, seconds: (Date.now() - begun) / 1000 };
}

/** What was refused or not done in time counts for nothing and is told; what is wrong for good ends the bench. */
async function counted(
  tally: Tally,
  answer: Answer,
  good: readonly number[],
  worth: number,
): Promise<number> {
  tally.add(answer);
  if (good.includes(answer.status)) return worth;
  if (answer.status >= 400 && answer.status !== 429 && answer.status !== 503) {
    throw new Error(`${answer.status} ${answer.body.slice(0, 300)}`);
  }
  await sleep(breath);
  return 0;
}

export function takenInTurn<Item>(items: readonly Item[], turn: number): Item {
  const item = items[turn % items.length];
  if (item === undefined) throw new Error("There is nothing to take from.");
  return item;
}
