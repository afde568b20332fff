import { setTimeout as sleep } from "node:timers/promises";
import { computeAddress } from "ethers";
import { In } from "typeorm";
import { CommandRow } from "../../backend/src/command/command.entity.ts";
import type { Database } from "../../backend/src/database/database.ts";
import { administrationKey } from "../sandbox/sandbox.ts";
import type { Arguments } from "./arguments.ts";
import { Cast } from "./driver/cast.ts";
import { Erp } from "./driver/erp.ts";
import { paymentDays } from "./driver/life.ts";
import { playSeason } from "./driver/season.ts";
import { Book } from "./model/book.ts";
import { planCampaign, type Plan, type Reorganisation } from "./plan/plan.ts";
import { compareAnchors, untilAnchored } from "./verdict/anchors.ts";
import { compareCash } from "./verdict/cash.ts";
import { effectsOnChain } from "./verdict/chain-effects.ts";
import { nonceHoles, unsettledCommands } from "./verdict/commands.ts";
import { compareEffects } from "./verdict/effects.ts";
import type { Finding } from "./verdict/finding.ts";
import { orphans } from "./verdict/processes.ts";
import { compareStates } from "./verdict/state.ts";
import { compareWebhooks } from "./verdict/webhooks.ts";
import type { Deaths } from "./world/deaths.ts";
import { Fleet } from "./world/fleet.ts";
import { Progress } from "./world/progress.ts";
import { Takeovers } from "./world/takeovers.ts";
import { finalityBlocks, World } from "./world/world.ts";

/** Civil day on which a campaign's calendar starts. */
const firstDay = 20_880;
const quietWithin = 90_000;

export interface Outcome {
  readonly plan: Plan;
  readonly book: Book;
  readonly deaths: Deaths;
  readonly commands: number;
  readonly repeated: number;
  readonly reorganisations: number;
  readonly requests: number;
  readonly faults: ReadonlyMap<string, number>;
  /** Milliseconds from the death of a task's leader to its next one, where others were up. */
  readonly takeovers: readonly number[];
  /** Commands that a second person approved, and transactions that a wallet signed. */
  readonly attended: { readonly approved: number; readonly signed: number };
  readonly findings: readonly Finding[];
}

/** A whole campaign: lives under faults, then calm, then the verdicts. */
export async function runCampaign(
  options: Arguments,
  say: (text: string) => void,
): Promise<Outcome> {
  const plan = planCampaign(options);
  const world = await World.start(dayAt(firstDay), plan.faultSeed, options.database);
  const progress = new Progress();
  const book = new Book();
  let fleet: Fleet | undefined;
  let cast: Cast | undefined;
  let takeovers: Takeovers | undefined;
  let isRight = false;
  try {
    fleet = await Fleet.start({
      ...{ processes: options.processes, folder: world.folder, kills: plan.kills, progress },
      environment: { ...world.environment("live"), ...world.store.environment },
    });
    const erp = new Erp(fleet.urls, progress);
    say("the parties are admitted");
    const lastDay = firstDay + (plan.days.length + 10) * paymentDays;
    cast = await Cast.assemble({
      ...{ erp, book, lastDay, seed: plan.faultSeed },
      listener: world.listener.url,
    });
    const { attendants } = cast;
    const { url } = world.store;
    if (url !== undefined) takeovers = new Takeovers(url, fleet.deaths);
    await fleet.unleash();
    const stage = new Stage(world, fleet, plan, say);
    await playSeason({
      ...{ plan, cast, erp, book, firstDay: firstDay + 1 },
      dawn: (place, day) => stage.dawn(place, day),
    });
    say("calm");
    world.calm();
    await fleet.calm();
    const findings = await judge({ world, fleet, book, cast, say });
    await takeovers?.stop();
    const { kills } = fleet.deaths;
    // A campaign that hardly killed anybody has proved nothing.
    if (kills * 3 < options.kills * 2)
      findings.push({ verdict: "surprise", says: `only ${String(kills)} kills came about` });
    isRight = findings.length === 0;
    return {
      ...{ plan, book, findings, deaths: fleet.deaths, commands: progress.done },
      repeated: erp.repeated,
      reorganisations: stage.reorganised,
      requests: world.requests,
      faults: world.met,
      takeovers: takeovers?.times ?? [],
      attended: { approved: attendants.approver.done, signed: attendants.wallet.done },
    };
  } finally {
    await cast?.dismiss();
    await takeovers?.stop().catch(() => undefined);
    await fleet?.stop();
    await world.stop();
    if (isRight) await world.discard();
    else say(`What it has left is in ${world.folder}.`);
  }
}

/** What happens to everybody at once, between two days. */
class Stage {
  reorganised = 0;

  constructor(
    private readonly world: World,
    private readonly fleet: Fleet,
    private readonly plan: Plan,
    private readonly say: (text: string) => void,
  ) {}

  async dawn(place: number, day: number): Promise<void> {
    const { days } = this.plan;
    const kills = String(this.fleet.deaths.kills);
    this.say(`day ${String(place + 1)} of ${String(days.length)}, ${kills} kills`);
    const planned = days[place];
    if (planned?.reorganisation !== undefined) await this.#reorganise(planned.reorganisation);
    if (planned?.killsInBatch === true)
      await this.fleet.replaceAll({ kind: "point", at: { point: "mid-batch", nth: 1 } });
    await this.world.moveTo(day);
  }

  /** Empty blocks come, are projected and go again: no act is in them. */
  async #reorganise({ depth, kills }: Reorganisation): Promise<void> {
    const { world, fleet } = this;
    if (kills) await fleet.replaceAll({ kind: "point", at: { point: "in-undo", nth: 1 } });
    const snapshot = await world.snapshot();
    await world.mine(depth);
    await untilProjected(world, fleet.urls);
    await world.revert(snapshot);
    await world.mineAnother();
    await world.mine(depth);
    await untilProjected(world, fleet.urls);
    this.reorganised += 1;
  }
}

interface Court {
  readonly world: World;
  readonly fleet: Fleet;
  readonly book: Book;
  readonly cast: Cast;
  readonly say: (text: string) => void;
}

/** Waits until everything has come to an end, stops everybody, and looks. */
async function judge({ world, fleet, book, cast, say }: Court): Promise<Finding[]> {
  const { provider, deployment } = world;
  const findings: Finding[] = book.surprises.map((says) => ({ verdict: "surprise", says }));
  const live = await world.store.open();
  try {
    await untilAnchored(live);
    await world.mine(finalityBlocks + 1);
    await untilQuiet(live);
    await cast.dismiss();
    await untilProjected(world, fleet.urls);
    findings.push(...(await compareWebhooks(book, world.listener)));
    await fleet.stop();
    say("the verdicts");
    const head = await world.head();
    const onChain = await effectsOnChain(provider, deployment, world.before.block + 1, head);
    const before = new Map([[computeAddress(administrationKey), world.before.nonce]]);
    findings.push(
      ...compareEffects(book, onChain),
      ...(await compareCash(book, cast.everybody, provider, deployment)),
      ...(await compareAnchors(book, live, provider, deployment)),
      ...(await unsettledCommands(live.read)),
      ...(await nonceHoles(live.read, provider, before)),
      ...(await compareStates(world, live)),
      ...(await orphans(fleet.pids, world.folder)),
    );
    for (const death of fleet.deaths.all)
      if (death.kind === "collapsed")
        findings.push({
          verdict: "processes",
          says: `a backend ended by itself, with ${String(death.code)}`,
        });
    return findings;
  } finally {
    await live.close();
  }
}

/** Until nothing is on its way any more; what still is then, the verdicts say. */
async function untilQuiet(live: Database): Promise<void> {
  const end = Date.now() + quietWithin;
  const open = In(["Queued", "Signed", "Submitted", "Mined"]);
  while (Date.now() < end && (await live.read.countBy(CommandRow, { state: open })) > 0)
    await sleep(200);
}

/** Until every backend has the chain's head on record; what lags then, the verdicts say. */
async function untilProjected(world: World, urls: readonly string[]): Promise<void> {
  const end = Date.now() + quietWithin;
  const head = await world.head();
  for (const url of urls) {
    while (Date.now() < end) {
      const answer = await fetch(`${url}/health`, { signal: AbortSignal.timeout(2000) })
        .then((response) => response.json() as Promise<{ readonly block?: number }>)
        .catch(() => undefined);
      if (answer?.block === head) break;
      await sleep(50);
    }
  }
}

function dayAt(day: number): Date {
  return new Date(day * 86_400_000);
}
