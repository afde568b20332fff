import type { EntityManager } from "typeorm";
import type { DecodedLog, LogDecoder } from "../chain/log-decoder.ts";
import type { Header, RawLog } from "../chain/rpc.ts";
import { crashPoint } from "../crash/crash-points.ts";
import { EventSubjects, type Subject } from "./event-subjects.ts";
import type { ChainEvent, Projectors } from "./handlers.ts";
import { Ledger } from "./ledger.ts";
import type { BlockOfLogs, LogSource } from "./log-source.ts";
import { ChainEventRow, EventLinkRow } from "./projection.entity.ts";
import { RowStore, type JournalEntry } from "./row-store.ts";
import { TableForm, type RawValues } from "../database/table-form.ts";

/** The acts' own events say what ERC-721's would repeat. */
const unrecorded = new Set(["Transfer", "Approval", "ApprovalForAll"]);

interface Heard {
  readonly event: ChainEvent;
  readonly decoded: DecodedLog;
  readonly touched: readonly Subject[];
}

/** Subjects of one event. */
interface Links {
  readonly subjects: readonly Subject[];
  readonly block: number;
  readonly logIndex: number;
}

/** Writes blocks into the read model, within one transaction at a time. */
export class BlockWriter {
  readonly #ledger = new Ledger();
  readonly #subjects = new EventSubjects();
  #manager: EntityManager | undefined;
  #events: RawValues[] = [];
  #links: Links[] = [];

  constructor(
    private readonly projectors: Projectors,
    private readonly source: LogSource,
  ) {}

  /**
   * A transaction begins.
   * @param state hash of the block that the read model is at
   * @param keepsImages whether blocks may be undone
   */
  begin(manager: EntityManager, state: string, keepsImages: boolean): void {
    this.#manager = manager;
    this.#events = [];
    this.#links = [];
    const isKnown = this.#ledger.begin(manager, state, keepsImages);
    if (!isKnown) this.#subjects.forget();
  }

  /** The transaction has been committed. */
  committed(state: string): void {
    this.#manager = undefined;
    this.#ledger.committed(state);
    this.#subjects.committed();
  }

  /**
   * Writes blocks one after another, up to one from which on the logs of more contracts count.
   * @returns for each that was written, what it takes to undo it; and whether more contracts count
   */
  async write(
    blocks: readonly BlockOfLogs[],
    decoder: LogDecoder,
  ): Promise<{
    readonly written: { readonly header: Header; readonly entries: JournalEntry[] }[];
    readonly followsMore: boolean;
  }> {
    const heard = blocks.map((block) => heardIn(block, decoder));
    await this.#ledger.fetch(this.projectors.rows, idsIn(heard.flat()));
    const written = [];
    let followsMore = false;
    for (const [index, { header }] of blocks.entries()) {
      this.#ledger.beginBlock(header.number);
      for (const each of heard[index] ?? []) {
        followsMore = (await this.#take(each, decoder, header)) || followsMore;
      }
      written.push({ header, entries: this.#ledger.endBlock() });
      if (followsMore) break;
    }
    return { written, followsMore };
  }

  async flush(): Promise<void> {
    const manager = this.#transaction();
    await this.#ledger.flush();
    await new RowStore(manager, ChainEventRow).addAll(this.#events);
    const subjects = this.#links.flatMap((links) => links.subjects);
    const numberOf = await this.#subjects.numbersOf(manager, subjects);
    const links: EventLinkRow[] = [];
    for (const { subjects: touched, block, logIndex } of this.#links) {
      for (const subject of new Set(touched.map(numberOf))) {
        links.push({ subject, block, logIndex });
      }
    }
    // In the order of the key, so that neighbours are written together.
    links.sort((a, b) => a.subject - b.subject);
    const form = TableForm.of(manager.dataSource, EventLinkRow);
    await new RowStore(manager, EventLinkRow).addAll(links.map((link) => form.rawOf(link)));
  }

  /** Returns whether the logs of more contracts count from now on. */
  async #take(
    { event, decoded, touched }: Heard,
    decoder: LogDecoder,
    header: Header,
  ): Promise<boolean> {
    await this.projectors.dispatch(event, this.#ledger);
    crashPoint("mid-block");
    const { links, followed } = this.#ledger.takeNotes();
    const isToken = decoded.contract !== "DepositCurrency" && unrecorded.has(decoded.name);
    if (!isToken) this.#record(event, decoded, [...touched, ...links]);
    const more = followed.filter((token) => !decoder.knows(token));
    for (const token of more) await this.#catchUp(token, decoder, header);
    return more.length > 0;
  }

  #record(event: ChainEvent, { form, args }: DecodedLog, subjects: readonly Subject[]): void {
    const { dataSource } = this.#transaction();
    const row = { ...event, args: form.record(args) } satisfies ChainEventRow;
    this.#events.push(TableForm.of(dataSource, ChainEventRow).rawOf(row));
    this.#links.push({ subjects, block: event.block, logIndex: event.logIndex });
  }

  /** A currency has a past before its approval: balances need it, the record of events does not. */
  async #catchUp(token: string, decoder: LogDecoder, upTo: Header): Promise<void> {
    decoder.addCurrency(token);
    for await (const log of this.source.past(upTo.number, [token])) {
      const decoded = decoder.decode(log);
      if (decoded === undefined) continue;
      await this.projectors.dispatch(eventOf(decoded, log, upTo.time), this.#ledger);
      this.#ledger.takeNotes();
    }
  }

  #transaction(): EntityManager {
    if (this.#manager === undefined) throw new Error("Blocks are written in a transaction.");
    return this.#manager;
  }
}

function heardIn({ header, logs }: BlockOfLogs, decoder: LogDecoder): Heard[] {
  const heard: Heard[] = [];
  for (const log of logs) {
    const decoded = decoder.decode(log);
    if (decoded === undefined) continue;
    const touched = decoded.form.touched(decoded.args);
    heard.push({ event: eventOf(decoded, log, header.time), decoded, touched });
  }
  return heard;
}

function idsIn(heard: readonly Heard[]): Set<string> {
  const ids = new Set<string>();
  for (const { touched } of heard) {
    for (const { kind, id } of touched) {
      if (kind !== "party") ids.add(id);
    }
  }
  return ids;
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
