import { Injectable } from "@nestjs/common";
import { Chain } from "../chain/chain.ts";
import { CommandBacklog } from "../command/command-backlog.ts";
import { Database } from "../database/database.ts";
import { ProjectionEngine } from "../projection/projection.engine.ts";
import type { PartDto, ReadyDto } from "./health.dto.ts";

/** Blocks. */
const tolerated = 10;
/** Seconds that a command may wait to get into a block. */
const mostWait = 120;
/** Milliseconds in which a part has to answer. */
const answersWithin = 2000;

const well: PartDto = { ok: true, problem: null };

/** How the parts are, asked now: not what they were when they were needed last. */
@Injectable()
export class HealthService {
  #asking: Promise<ReadyDto> | undefined;
  #anchorProblem: () => Promise<string | null> = () => Promise.resolve(null);

  constructor(
    private readonly database: Database,
    private readonly chain: Chain,
    private readonly projection: ProjectionEngine,
    private readonly commands: CommandBacklog,
  ) {}

  /** @param problem what keeps events from being anchored; null where nothing does */
  watchAnchors(problem: () => Promise<string | null>): void {
    this.#anchorProblem = problem;
  }

  /** However many ask, the parts are asked once at a time. */
  ready(): Promise<ReadyDto> {
    this.#asking ??= this.#ask().finally(() => (this.#asking = undefined));
    return this.#asking;
  }

  async #ask(): Promise<ReadyDto> {
    const [database, chain, sender, anchors] = await Promise.all([
      answer(this.database.read.query("SELECT 1"), "The database does not answer."),
      answer(this.chain.rpc.send("eth_blockNumber", []), "The network does not answer."),
      this.#sender(),
      this.#anchors(),
    ]);
    const { block, head } = this.projection.status;
    const lag = Math.max(head - block, 0);
    const projector = this.#projector(lag);
    const problem = database.problem ?? chain.problem ?? projector.problem;
    const parts = { database, chain, projector, sender, anchors };
    return { ready: problem === null, block, head, lag, problem, parts };
  }

  async #anchors(): Promise<PartDto> {
    const unknown = "What waits to be anchored is not known.";
    const problem = await within(this.#anchorProblem()).catch(() => unknown);
    return { ok: problem === null, problem };
  }

  #projector(lag: number): PartDto {
    const { halted, fault } = this.projection.status;
    const isBehind = lag > tolerated ? "The record is behind the chain." : null;
    const isStuck = fault === undefined ? null : "Blocks cannot be projected; it is tried again.";
    const problem = halted ?? isStuck ?? isBehind;
    return { ok: problem === null, problem };
  }

  async #sender(): Promise<PartDto> {
    const waits = await within(this.commands.oldestUnsettled()).catch(() => undefined);
    if (waits === undefined) return { ok: false, problem: "What waits to be sent is not known." };
    return waits <= mostWait
      ? well
      : { ok: false, problem: `A command has waited for ${waits} s to get into a block.` };
  }
}

function answer(work: Promise<unknown>, problem: string): Promise<PartDto> {
  return within(work).then(
    () => well,
    () => ({ ok: false, problem }),
  );
}

async function within<T>(work: Promise<T>): Promise<T> {
  let late: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    late = setTimeout(() => {
      reject(new Error("no answer"));
    }, answersWithin);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(late);
  }
}
