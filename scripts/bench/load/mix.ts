import { setTimeout as sleep } from "node:timers/promises";
import type { Books } from "./books.ts";
import { readPaths, takenInTurn } from "./driven.ts";
import { Latency } from "./latency.ts";
import type { ApiParty, Stage } from "./stage.ts";
import { Tally } from "./tally.ts";
import { Trade } from "./trade.ts";

/** What came of requests that were sent when they were due, whether or not the ones before were answered. */
export interface Outcome {
  readonly tally: Tally;
  /** From when it was due to the answer that it is on record. */
  readonly accept: Latency;
  /** From when it was due to the answer that shows its effect. */
  readonly visible: Latency;
  readonly reads: Latency;
  /** From when a request was due to when it was sent: what this process itself was late. */
  readonly behind: Latency;
  /** Trades that were brought from the order to the payment. */
  readonly trades: number;
  /** Requests that were under way at once, at most. */
  readonly mostOpen: number;
}

/** Requests that have all been sent. */
interface Sent {
  /**
   * Waits until each is answered.
   * @throws what no client can help: an answer that is neither a success nor a refusal for the moment
   */
  outcome(): Promise<Outcome>;
}

/**
 * Open loop: requests come at random times of a given mean, so that a slow answer delays nobody's question and is
 * counted from when the question was due. Of ten, three change something: one of these is an order that is not waited
 * for, the others are the next changes of whole trades. What is refused is asked for again later, with the same key.
 * @param perSecond changes
 * @returns when the last one is sent; those before may be under way
 */
export async function sendMix(
  stage: Stage,
  books: Books,
  seconds: number,
  perSecond: number,
): Promise<Sent> {
  const mix = new Mix(stage, books, await readPaths(stage));
  const begun = performance.now();
  let due = begun;
  for (let turn = 0; due - begun < seconds * 1000; turn += 1) {
    due += (-Math.log(1 - Math.random()) * 1000 * 3) / (10 * perSecond);
    const wait = due - performance.now();
    if (wait > 1) await sleep(wait);
    mix.begin(turn, due);
  }
  return { outcome: () => mix.end() };
}

/** As `sendMix`, until all is answered. */
export async function runMix(...mix: Parameters<typeof sendMix>): Promise<Outcome> {
  return (await sendMix(...mix)).outcome();
}

class Mix {
  readonly #tally = new Tally();
  readonly #accept = new Latency();
  readonly #visible = new Latency();
  readonly #reads = new Latency();
  readonly #behind = new Latency();
  readonly #open = new Set<Promise<void>>();
  /** Whose next change may be asked for. */
  readonly #ready: Trade[] = [];
  #begun = 0;
  #trades = 0;
  #mostOpen = 0;
  #fault: Error | undefined;

  constructor(
    private readonly stage: Stage,
    private readonly books: Books,
    private readonly paths: readonly { readonly path: string; readonly by: ApiParty }[],
  ) {}

  begin(turn: number, due: number): void {
    this.#behind.add(performance.now() - due);
    const kind = turn % 10;
    const one =
      kind === 2 ? this.#order(due) : kind < 2 ? this.#change(due) : this.#read(turn, due);
    const open = one
      .catch(
        (fault: unknown) =>
          (this.#fault ??= fault instanceof Error ? fault : new Error(String(fault))),
      )
      .then(() => void this.#open.delete(open));
    this.#open.add(open);
    this.#mostOpen = Math.max(this.#mostOpen, this.#open.size);
  }

  async end(): Promise<Outcome> {
    await Promise.all(this.#open);
    if (this.#fault !== undefined) throw this.#fault;
    return {
      tally: this.#tally,
      accept: this.#accept,
      visible: this.#visible,
      reads: this.#reads,
      behind: this.#behind,
      trades: this.#trades,
      mostOpen: this.#mostOpen,
    };
  }

  async #order(due: number): Promise<void> {
    const trade = this.#newTrade();
    const ask = { ...trade.ask, prefer: "respond-async" };
    const answer = await this.stage.http.send(ask);
    this.#tally.add(answer);
    this.books.note(trade.number, answer.status, ask, trade.buyer);
    if (answer.status === 202) this.#accept.add(performance.now() - due);
  }

  async #change(due: number): Promise<void> {
    const trade = this.#ready.shift() ?? this.#newTrade();
    const { ask } = trade;
    const answer = await this.stage.http.send(ask);
    this.#tally.add(answer);
    const { status } = answer;
    if (ask.path === "/orders") this.books.note(trade.number, status, ask, trade.buyer);
    if (status === 200 || status === 201) {
      this.#visible.add(performance.now() - due);
      trade.took(answer);
      if (trade.isDone) this.#trades += 1;
      else this.#ready.push(trade);
    } else if (status === 202 || status === 429 || status === 503 || status === 0) {
      this.#ready.push(trade);
    } else throw new Error(`${ask.path}: ${status} ${answer.body.slice(0, 300)}`);
  }

  async #read(turn: number, due: number): Promise<void> {
    const { path, by } = takenInTurn(this.paths, turn);
    const answer = await this.stage.http.send({ method: "GET", path, token: by.token });
    this.#tally.add(answer);
    if (answer.status === 200) this.#reads.add(performance.now() - due);
  }

  #newTrade(): Trade {
    return new Trade(this.stage, takenInTurn(this.stage.cells, (this.#begun += 1)));
  }
}
