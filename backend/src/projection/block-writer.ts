import type { EntityManager } from "typeorm";
import { recordOf, touchedBy } from "../chain/event-record.ts";
import type { DecodedLog, LogDecoder } from "../chain/log-decoder.ts";
import type { Header, RawLog, Rpc } from "../chain/rpc.ts";
import { crashPoint } from "../crash/crash-points.ts";
import type { ChainEvent, Projectors } from "./handlers.ts";
import { Ledger } from "./ledger.ts";
import { ChainEventRow, EventLinkRow, type LinkKind } from "./projection.entity.ts";
import { RowStore, type JournalEntry } from "./row-store.ts";

/** The acts' own events say what ERC-721's would repeat. */
const unrecorded = new Set(["Transfer", "Approval", "ApprovalForAll"]);

/** A block with its logs, as far as they are ours. */
export interface BlockOfLogs {
  readonly header: Pick<Header, "number" | "time">;
  readonly logs: readonly RawLog[];
}

/** Writes blocks into the read model, within one transaction. */
export class BlockWriter {
  readonly #ledger: Ledger;
  readonly #events: RowStore;
  readonly #links: RowStore;

  constructor(
    manager: EntityManager,
    private readonly projectors: Projectors,
    private readonly decoder: LogDecoder,
    private readonly rpc: Rpc,
  ) {
    this.#ledger = new Ledger(manager);
    this.#events = new RowStore(manager, ChainEventRow);
    this.#links = new RowStore(manager, EventLinkRow);
  }

  /** Returns what it takes to undo the block, and whether the logs of more contracts count from now on. */
  async write(
    block: BlockOfLogs,
  ): Promise<{ readonly entries: JournalEntry[]; readonly followsMore: boolean }> {
    let followsMore = false;
    this.#ledger.beginBlock(block.header.number);
    for (const log of block.logs) {
      const decoded = this.decoder.decode(log);
      if (decoded === undefined) continue;
      const event = eventOf(decoded, log, block.header.time);
      await this.projectors.dispatch(event, this.#ledger);
      crashPoint("mid-block");
      const notes = this.#ledger.takeNotes();
      const isToken = decoded.contract !== "DepositCurrency" && unrecorded.has(decoded.name);
      if (!isToken) await this.#record(event, decoded, notes.links);
      for (const token of notes.followed) {
        if (this.decoder.knows(token)) continue;
        await this.#catchUp(token, block.header);
        followsMore = true;
      }
    }
    return { entries: this.#ledger.endBlock(), followsMore };
  }

  flush(): Promise<void> {
    return this.#ledger.flush();
  }

  async #record(
    event: ChainEvent,
    decoded: DecodedLog,
    more: readonly { kind: LinkKind; id: string }[],
  ): Promise<void> {
    const { block, logIndex } = event;
    await this.#events.write(
      this.#events.rawOf({ ...event, args: recordOf(decoded) } satisfies ChainEventRow),
    );
    const touched = touchedBy(decoded);
    const links = [
      ...touched.parties.map((id) => ({ kind: "party" as const, id })),
      ...touched.claims.map((id) => ({ kind: "claim" as const, id })),
      ...touched.facilities.map((id) => ({ kind: "facility" as const, id })),
      ...more,
    ];
    for (const link of links) {
      await this.#links.write(this.#links.rawOf({ ...link, block, logIndex }));
    }
  }

  /** A currency has a past before its approval: balances need it, the record of events does not. */
  async #catchUp(token: string, upTo: BlockOfLogs["header"]): Promise<void> {
    this.decoder.addCurrency(token);
    const step = 2000;
    for (let from = 0; from <= upTo.number; from += step) {
      const to = Math.min(from + step - 1, upTo.number);
      for (const log of await this.rpc.logsOfRange(from, to, [token])) {
        const decoded = this.decoder.decode(log);
        if (decoded === undefined) continue;
        await this.projectors.dispatch(eventOf(decoded, log, upTo.time), this.#ledger);
        this.#ledger.takeNotes();
      }
    }
  }
}

function eventOf(decoded: DecodedLog, log: RawLog, time: number): ChainEvent {
  return {
    contract: decoded.contract,
    address: decoded.address,
    name: decoded.name,
    args: decoded.args,
    block: Number(log.blockNumber),
    logIndex: Number(log.logIndex),
    transaction: log.transactionHash,
    time,
  };
}
