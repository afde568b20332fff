import { Inject, Injectable } from "@nestjs/common";
import { ChainClock } from "../chain/clock.ts";
import type { Config } from "../config/config.ts";
import { CONFIG } from "../config/config.module.ts";
import { Database } from "../database/database.ts";
import { EpcisEventRow } from "../epcis/epcis.entity.ts";
import { AnchoringAccount } from "./anchoring-account.ts";
import { BatchRecord } from "./batch-record.ts";

/** Seconds that the network may take with a tree, beyond those in which events are gathered. */
const mostWait = 600;

/** What is still to be anchored, for those who watch. */
@Injectable()
export class AnchorBacklog {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
    private readonly account: AnchoringAccount,
    private readonly batches: BatchRecord,
    private readonly clock: ChainClock,
  ) {}

  batchesWaiting(): Promise<number> {
    return this.batches.countPending();
  }

  async eventsWaiting(): Promise<number> {
    return Math.max((await this.batches.lastEvent()) - (await this.#oldest()) + 1, 0);
  }

  /** Seconds since the oldest event that is not anchored was recorded; 0 where all are. */
  async oldestWaiting(): Promise<number> {
    const oldest = await this.database.read.findOne(EpcisEventRow, {
      select: { id: true, recordTime: true },
      where: { id: await this.#oldest() },
    });
    return oldest === null ? 0 : Math.max(this.clock.now() - oldest.recordTime / 1000, 0);
  }

  /** What keeps events from being anchored; null where nothing does. */
  async problem(): Promise<string | null> {
    const waits = await this.oldestWaiting();
    if (waits === 0) return null;
    if (this.account.address === undefined) return "There is no account to anchor events with.";
    const { problem } = (await this.batches.firstPending()) ?? { problem: null };
    if (problem !== null) return `Events cannot be anchored: ${problem}. It is tried again.`;
    return waits <= this.config.anchorSeconds + mostWait
      ? null
      : `An event has waited for ${Math.floor(waits)} s to be anchored.`;
  }

  async #oldest(): Promise<number> {
    return (await this.batches.firstPending())?.event ?? (await this.batches.nextEvent());
  }
}
