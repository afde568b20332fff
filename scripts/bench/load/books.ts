import { setTimeout as sleep } from "node:timers/promises";
import { decodeBytes32String } from "ethers";
import { connectContracts } from "../../deploy/contracts.ts";
import type { Ask } from "./http-client.ts";
import type { ApiParty, Stage } from "./stage.ts";
import { Tally } from "./tally.ts";

/** What was promised, beside what is on chain when all has settled. */
export interface Audit {
  readonly promised: number;
  /** Promised (2xx) and not on chain. */
  readonly lost: number;
  /** On chain more than once. */
  readonly doubled: number;
  /** On chain, though nothing but refusals were answered. */
  readonly unannounced: number;
  /** Requests without an answer, and what came of them when they were sent again with their keys. */
  readonly unanswered: Readonly<Record<string, number>>;
  /** Commands that have not ended within the time. */
  readonly unsettled: number;
}

const settlesWithin = 120_000;
const underWay = /^sheaf_commands_unfinished\{state="(Queued|Signed|Submitted)"\} (\d+)$/gm;

/** Remembers every order that was asked for, by its number. */
export class Books {
  readonly #promised = new Set<string>();
  readonly #unanswered: { readonly number: string; readonly ask: Ask; readonly by: ApiParty }[] =
    [];

  /** @param status of the answer to an order */
  note(number: string, status: number, ask: Ask, by: ApiParty): void {
    if (status >= 200 && status < 300) this.#promised.add(number);
    else if (status === 0) this.#unanswered.push({ number, ask, by });
  }

  async audit(stage: Stage): Promise<Audit> {
    await settled(stage);
    const unanswered = await this.#askAgain(stage);
    const unsettled = await settled(stage);
    const onChain = await numbersOnChain(stage);
    const promised = [...this.#promised];
    return {
      promised: promised.length,
      lost: promised.filter((number) => !onChain.has(number)).length,
      doubled: [...onChain.values()].filter((times) => times > 1).length,
      unannounced: [...onChain.keys()].filter((number) => !this.#promised.has(number)).length,
      unanswered: unanswered.counts,
      unsettled,
    };
  }

  async #askAgain({ http }: Stage): Promise<Tally> {
    const tally = new Tally();
    for (const { number, ask, by } of this.#unanswered.splice(0)) {
      const until = Date.now() + settlesWithin;
      let answer = await http.send({ ...ask, token: by.token });
      while ((answer.status === 503 || answer.status === 429) && Date.now() < until) {
        await sleep(200);
        answer = await http.send({ ...ask, token: by.token });
      }
      tally.add(answer);
      this.note(number, answer.status, ask, by);
    }
    return tally;
  }
}

/** Waits until no command is under way. How many still are when the time is up. */
async function settled({ sandbox }: Stage): Promise<number> {
  const until = Date.now() + settlesWithin;
  for (;;) {
    const text = await fetch(`${sandbox.url}/metrics`).then((answer) => answer.text());
    const counts = [...text.matchAll(underWay)].map(([, , count]) => Number(count));
    const left = counts.reduce((sum, count) => sum + count, 0);
    if ((counts.length > 0 && left === 0) || Date.now() > until) return left;
    await sleep(250);
  }
}

async function numbersOnChain({
  sandbox,
  provider,
  cells,
}: Stage): Promise<ReadonlyMap<string, number>> {
  const { orders } = connectContracts(sandbox.deployment, provider);
  const found = new Map<string, number>();
  for (const { buyer } of cells) {
    const issued = await orders.queryFilter(orders.filters.OrderIssued(undefined, buyer.id));
    for (const { args } of issued) {
      const number = decodeBytes32String(args.terms.number);
      found.set(number, (found.get(number) ?? 0) + 1);
    }
  }
  return found;
}
