import { setTimeout as sleep } from "node:timers/promises";
import { Actor } from "../../api/actor.ts";
import { ApiProblem } from "../../api/api-problem.ts";
import type { Caller } from "../../api/caller.ts";
import type { BatchResult } from "../../api/resources.ts";
import { Seeded } from "../../random/seeded.ts";
import { Gate } from "../../replay/play/gate.ts";
import type { Book } from "../model/book.ts";
import type { Plan } from "../plan/plan.ts";
import type { Wave } from "../plan/life-plan.ts";
import type { Cast } from "./cast.ts";
import type { Erp } from "./erp.ts";
import { Life, paymentDays } from "./life.ts";

/** Lives that act at the same time. */
const atOnce = 16;
const batchWithin = 120_000;

export interface SeasonOptions {
  readonly plan: Plan;
  readonly cast: Cast;
  readonly erp: Erp;
  readonly book: Book;
  readonly firstDay: number;
  /** Called when nobody does anything, before the acts of a day: `place` counts the days from 0. */
  readonly dawn: (place: number, day: number) => Promise<void>;
}

/** Plays all lives: a wave begins on each day of the campaign, and each wave that has begun goes on. */
export async function playSeason(options: SeasonOptions): Promise<void> {
  const { plan, firstDay, dawn } = options;
  const gate = new Gate(atOnce);
  const waves = plan.waves.map((wave) => new PlayedWave(wave, options, gate));
  for (const place of plan.days.keys()) {
    const day = firstDay + place * paymentDays;
    await dawn(place, day);
    await Promise.all(waves.map((wave, begins) => wave.play(place - begins, day)));
  }
}

/** The lives that begin on one day. */
class PlayedWave {
  readonly #lives: readonly Life[];
  readonly #ended = new Set<Life>();

  constructor(
    wave: Wave,
    private readonly options: SeasonOptions,
    private readonly gate: Gate,
  ) {
    const { cast, erp, book } = options;
    this.#lives = wave.map((plan) => new Life(plan, cast.rolesOf(plan), erp, book));
  }

  /** @param age days of the campaign since it began */
  async play(age: number, day: number): Promise<void> {
    switch (age) {
      case 0:
        return this.#begin(day);
      case 1:
        return this.#each((life) => life.store(day));
      case 2:
        return this.#each((life) => life.deliver(day));
      case 3:
        return this.#each((life) => life.collect(day));
    }
  }

  async #begin(day: number): Promise<void> {
    const together = this.#lives.filter(({ plan }) => plan.inBatch);
    const batches = [...Map.groupBy(together, ({ roles }) => roles.buyer).values()];
    const alone = this.#lives.filter(({ plan }) => !plan.inBatch);
    await Promise.all([
      this.#each((life) => life.begin(day), alone),
      ...batches.map((lives) => this.#beginTogether(lives, day)),
    ]);
  }

  async #beginTogether(lives: readonly Life[], day: number): Promise<void> {
    const { results } = await this.#inBatch(lives, day);
    const orders = new Map(results.map(({ index, order }) => [index, order?.id]));
    await this.#each(async (life) => {
      const order = orders.get(lives.indexOf(life));
      if (order === undefined) throw new Error("Its order was not taken with its batch.");
      await life.begin(day, order);
    }, lives);
  }

  async #inBatch(
    lives: readonly Life[],
    day: number,
  ): Promise<{ readonly results: readonly BatchResult[] }> {
    const { erp, book } = this.options;
    const [first] = lives;
    if (first === undefined) return { results: [] };
    const desk = erp.desk(`batch.${first.plan.number}`, new Seeded(day));
    const { buyer } = first.roles;
    try {
      const answer = await this.gate.pass(() =>
        new Actor(desk.as(buyer)).issueOrders(lives.map((life) => life.terms(day))),
      );
      await Promise.all(answer.results.map((result) => settled(desk.as(buyer), result)));
      return answer;
    } catch (error) {
      book.surprises.push(`${first.plan.number}, in a batch: ${String(error)}`);
      return { results: [] };
    }
  }

  async #each(act: (life: Life) => Promise<void>, lives = this.#lives): Promise<void> {
    const { book } = this.options;
    const perform = async (life: Life): Promise<void> => {
      try {
        await act(life);
      } catch (error) {
        this.#ended.add(life);
        book.surprises.push(`${life.plan.number}: ${String(error)}`);
      }
    };
    const living = lives.filter((life) => !this.#ended.has(life));
    await Promise.all(living.map((life) => this.gate.pass(() => perform(life))));
  }
}

/** What is mined is in the read model a moment later. */
async function visible(
  caller: Pick<Caller, "get">,
  { order }: BatchResult,
  end: number,
): Promise<void> {
  while (order !== undefined && Date.now() < end) {
    const isThere = await caller.get(`/orders/${order.id}`).then(
      () => true,
      (error: unknown) => {
        if (error instanceof ApiProblem && error.status === 404) return false;
        throw error;
      },
    );
    if (isThere) return;
    await sleep(100);
  }
}

/** A batch answers before all is mined where that takes long, and names the commands that it has on record. */
async function settled(
  caller: Pick<Caller, "get">,
  result: BatchResult & { readonly command?: string },
): Promise<void> {
  if (result.command === undefined) return;
  const end = Date.now() + batchWithin;
  while (Date.now() < end) {
    const { state } = (await caller.get(`/commands/${result.command}`)) as { state: string };
    if (state === "Final" || state === "Mined") return visible(caller, result, end);
    if (state === "Failed") throw new Error(`Command ${result.command} has failed.`);
    await sleep(200);
  }
  throw new Error(`Command ${result.command} is not mined.`);
}
