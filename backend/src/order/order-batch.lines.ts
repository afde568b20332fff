import { Injectable } from "@nestjs/common";
import type { Actor } from "../auth/actor.ts";
import { PartyDirectory } from "../auth/party-directory.ts";
import { DomainError } from "../chain/domain-error.ts";
import { Database } from "../database/database.ts";
import { BadInput, type Fault } from "../http/bad-input.ts";
import { problemOf, type ProblemDto } from "../http/problem.ts";
import { InputPipe } from "../http/validation.ts";
import type { BatchQuery } from "./order-batch.dto.ts";
import { OrderPreparation, type PreparedOrder } from "./order-preparation.ts";
import type { OrderSource } from "./order-source.ts";
import { isOnRecord } from "./order-status.ts";
import { IssueOrderDto } from "./order.dto.ts";
import { OrderRow } from "./order.entity.ts";
import { PartyBook } from "./party-book.ts";

/** An order of a batch on its way to the record. */
export interface BatchLine {
  readonly source: OrderSource;
  /** Undefined where the request alone shows that it cannot be issued. */
  readonly prepared?: PreparedOrder;
  /** It was on record before, with the same terms. */
  isExisting: boolean;
  /** The command that will issue it. */
  command?: string;
  problem?: ProblemDto;
}

const idsAtOnce = 500;
const pipe = new InputPipe();

/** Finds out what can be issued of a batch, and says of the rest why not. */
@Injectable()
export class OrderBatchLines {
  constructor(
    private readonly database: Database,
    private readonly parties: PartyDirectory,
    private readonly preparation: OrderPreparation,
  ) {}

  async of(by: Actor, sources: readonly OrderSource[], defaults: BatchQuery): Promise<BatchLine[]> {
    const book = new PartyBook(this.database, this.parties);
    const lines: BatchLine[] = [];
    for (const source of sources) lines.push(await this.#line(by, source, defaults, book));
    refuseRepeated(lines);
    await this.#findExisting(lines);
    return lines;
  }

  async #line(
    by: Actor,
    source: OrderSource,
    defaults: BatchQuery,
    book: PartyBook,
  ): Promise<BatchLine> {
    const faults: Fault[] = [...source.faults];
    try {
      // A row that could not be read has no fields to find fault with.
      if (source.faults.some(({ pointer }) => pointer === "")) throw new BadInput(source.faults);
      const fields = withDefaults(source, defaults);
      const parties = await book.resolve(by, source, fields, defaults.seller);
      faults.push(...parties.faults);
      const order = await checked({ ...fields, ...parties.found }, faults);
      const prepared = await this.preparation.prepare(by, order, book);
      return { source, prepared, isExisting: false };
    } catch (error) {
      if (!(error instanceof BadInput)) throw error;
      return { source, isExisting: false, problem: problemOf(error) };
    }
  }

  async #findExisting(lines: readonly BatchLine[]): Promise<void> {
    const open = lines.filter(({ prepared, problem }) => prepared && problem === undefined);
    for (let from = 0; from < open.length; from += idsAtOnce) {
      const some = open.slice(from, from + idsAtOnce);
      const ids = some.flatMap(({ prepared }) => prepared?.id ?? []);
      const rows = await this.database.rows.all(OrderRow, { id: ids });
      for (const row of rows.filter(isOnRecord)) {
        const line = some.find(({ prepared }) => prepared?.id === row.id);
        if (line?.prepared === undefined) continue;
        if (line.prepared.termsHash === row.termsHash) line.isExisting = true;
        else line.problem = problemOf(new DomainError("AlreadyExists", { id: row.id }));
      }
    }
  }
}

/** @throws BadInput with `faults` and what is wrong with the fields, where there is anything */
async function checked(
  fields: Readonly<Record<string, unknown>>,
  faults: readonly Fault[],
): Promise<IssueOrderDto> {
  const metadata = { type: "body" as const, metatype: IssueOrderDto };
  try {
    const order = (await pipe.transform(fields, metadata)) as IssueOrderDto;
    if (faults.length === 0) return order;
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    const known = new Set(faults.map(({ pointer }) => pointer));
    const others = error.faults.filter(({ pointer }) => !known.has(pointer));
    throw new BadInput([...faults, ...others]);
  }
  throw new BadInput(faults);
}

function withDefaults(source: OrderSource, defaults: BatchQuery): Record<string, unknown> {
  const { atomic: _, seller: __, ...rest } = defaults;
  const said = Object.entries(rest as object).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(said), ...source.fields };
}

function refuseRepeated(lines: readonly BatchLine[]): void {
  const first = new Map<string, OrderSource>();
  for (const line of lines) {
    const id = line.prepared?.id;
    if (id === undefined) continue;
    const before = first.get(id);
    if (before === undefined) first.set(id, line.source);
    else {
      const { index, line: fileLine } = before;
      const values = { id, index, ...(fileLine !== undefined && { line: fileLine }) };
      line.problem = problemOf(new DomainError("RepeatedOrder", values));
    }
  }
}
