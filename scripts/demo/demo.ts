import { setTimeout as sleep } from "node:timers/promises";
import { civilDay } from "../api/civil-time.ts";
import { Operator } from "../api/operator.ts";
import type { LoanResource } from "../api/resources.ts";
import type { SandboxClient } from "../api/sandbox-client.ts";
import { moneyText } from "../api/wire.ts";
import { closingCash, orderToCash } from "./order-to-cash.ts";
import { Stage, type Cash } from "./stage.ts";

export interface DemoOptions {
  /** Milliseconds between two steps. */
  readonly pace: number;
  readonly say: (text: string) => void;
  readonly signal?: AbortSignal;
}

/**
 * Plays the story from order to cash against a running sandbox, from the day after its calendar's on.
 * @returns whether everybody holds in the end what the story comes to
 */
export async function playDemo(client: SandboxClient, options: DemoOptions): Promise<boolean> {
  const { pace, say, signal } = options;
  const today = civilDay(await new Operator(client.as("operator")).now());
  const stage = await Stage.set(client, today + 1);
  say(`From order to cash, on ${client.url} from ${stage.dateOf(0)} on`);
  await tell(stage, "The parties are admitted and have their opening cash", say);
  let day = -1;
  for (const step of orderToCash) {
    await sleep(pace, undefined, signal === undefined ? {} : { signal });
    if (step.day > day) {
      day = step.day;
      await stage.moveTo(day);
      say(`\n${stage.dateOf(day)}`);
    }
    await step.act(stage);
    await tell(stage, step.says, say);
  }
  return conclude(await stage.cash(), say);
}

async function tell(stage: Stage, says: string, say: DemoOptions["say"]): Promise<void> {
  const [cash, loan] = await Promise.all([stage.cash(), stage.claim.loan()]);
  say(`  ${says}`);
  say(`    ${describe(cash)}${describeLoan(loan)}`);
}

function conclude(cash: Cash, say: DemoOptions["say"]): boolean {
  const names = Object.keys(closingCash) as (keyof Cash)[];
  const wrong = names.filter((name) => cash[name] !== closingCash[name]);
  say("");
  say(`In the end: ${describe(cash)}`);
  for (const name of wrong) {
    say(`WRONG: the ${name} should hold ${grouped(moneyText(closingCash[name]))}.`);
  }
  if (wrong.length === 0) say("That is what the story comes to, to the minor unit.");
  return wrong.length === 0;
}

function describe(cash: Cash): string {
  return Object.entries(cash)
    .map(([name, amount]) => `${name} ${grouped(moneyText(amount))}`)
    .join(" · ");
}

function describeLoan(loan: LoanResource | undefined): string {
  if (loan === undefined || loan.status === "None") return "";
  if (loan.status === "Repaid") return " · loan repaid";
  return ` · loan ${grouped(loan.principal)} + interest ${grouped(loan.interestDue)}`;
}

function grouped(decimal: string): string {
  return decimal.replace(/\B(?=(\d{3})+\.)/g, ",");
}
