import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Writable } from "node:stream";
import { civilDay, civilTime } from "../api/civil-time.ts";
import { Operator } from "../api/operator.ts";
import { SandboxClient } from "../api/sandbox-client.ts";
import { startSandbox, type Sandbox } from "../sandbox/sandbox.ts";
import { readBook } from "./book/book.ts";
import { chooseMapping } from "./book/choose-mapping.ts";
import { readFacilityOffer } from "./book/facility-offer.ts";
import { Plan } from "./book/plan.ts";
import { InputError } from "./input-error.ts";
import { sampleMemory, type MemorySample } from "./measure/memory.ts";
import { Progress } from "./measure/progress.ts";
import { Stopwatch } from "./measure/stopwatch.ts";
import { checkBalance } from "./play/balance.ts";
import { assemble } from "./play/cast.ts";
import { Gate } from "./play/gate.ts";
import { LineActs } from "./play/line-acts.ts";
import { stepsPerLine, sweep } from "./play/sweep.ts";
import { Tally } from "./play/tally.ts";
import type { ReplayReport } from "./report/replay-report.ts";

export interface ReplayOptions {
  readonly file: string;
  /** Rows to read at most. */
  readonly limit?: number | undefined;
  readonly mapping?: string | undefined;
  readonly facility: string;
  /** Of a running sandbox; one of its own is started where nothing is said. */
  readonly url?: string | undefined;
  readonly progress: Writable & { readonly isTTY?: boolean };
  /** Ends the replay early; what was started is stopped then. */
  readonly signal: AbortSignal;
}

/** Requests that are under way at a time. */
const width = 24;
/** Days after the last delivery on which a facility can still be drawn. */
const spareDays = 30;

/**
 * Plays an order book through the HTTP API of a sandbox.
 * @throws InputError for anything that is wrong with what was given
 */
export async function replay(options: ReplayOptions): Promise<ReplayReport> {
  const folder = await mkdtemp(join(tmpdir(), "sheaf-replay-"));
  const watch = new Stopwatch();
  let sandbox: Sandbox | undefined;
  let plan: Plan | undefined;
  try {
    const mapping = await chooseMapping(options.file, options.mapping);
    const offer = await readFacilityOffer(options.facility);
    const read = (plan = new Plan(join(folder, "plan.sqlite")));
    await watch.time("reading", () => read.fill(readBook(options.file, mapping, options.limit)));
    const totals = plan.totals();
    if (totals.taken === 0) throw new InputError(nothingToPlay(options.file, plan));

    if (options.url === undefined) {
      options.progress.write("Starting a sandbox of its own ...\n");
      const startAt = new Date(civilTime(totals.firstDay - 1, "09:00:00"));
      sandbox = await watch.time("sandbox", () =>
        startSandbox({ dataDir: join(folder, "sandbox"), startAt }),
      );
    }
    options.signal.throwIfAborted();
    const client = new SandboxClient(options.url ?? sandbox?.url ?? "");
    const operator = new Operator(client.as("operator"));
    const shift = Math.max(0, civilDay(await operator.now()) + 1 - totals.firstDay);

    const tally = new Tally();
    const gate = new Gate(width);
    const lastDay = totals.lastDay + shift + spareDays;
    const cast = await watch.time("parties and facilities", () =>
      assemble({ client, plan: read, offer, lastDay, gate, tally }),
    );
    const memory: MemorySample[] = [await sampleMemory(0, sandbox?.pids)];
    const progress = new Progress(options.progress, totals.taken * stepsPerLine);
    const acts = new LineActs({ client, mapping, cast, gate, tally, shift });
    const onProgress = async (day: number, done: number, lines: number): Promise<void> => {
      options.signal.throwIfAborted();
      progress.show({ day, done, lines, commands: tally.commands });
      const tenths = Math.floor((lines * 10) / totals.taken);
      if (tenths >= memory.length) memory.push(await sampleMemory(lines, sandbox?.pids));
    };
    await sweep({ operator, plan, acts, tally, watch, shift, onProgress });
    const balance = await watch.time("balances", () => checkBalance(client, cast, tally, gate));
    return {
      ...{ file: options.file, mapping, offer, totals, shift, tally, balance, memory },
      refusals: [...plan.refusals()],
      seconds: { total: watch.total(), ...watch.spans() },
    };
  } finally {
    await sandbox?.stop();
    plan?.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function nothingToPlay(file: string, plan: Plan): string {
  const refusals = [...plan.refusals()].slice(0, 20);
  const said = refusals.map(({ fileLine, reason }) => `${file}:${String(fileLine)}: ${reason}`);
  return [`${file} has no line that can be played.`, ...said].join("\n");
}
