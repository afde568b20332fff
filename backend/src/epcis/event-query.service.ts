import { setImmediate as nextTurn } from "node:timers/promises";
import { Injectable } from "@nestjs/common";
import type { SelectQueryBuilder } from "typeorm";
import { isOperator, type Actor } from "../auth/actor.ts";
import { DomainError } from "../chain/domain-error.ts";
import { Database } from "../database/database.ts";
import { EpcisEventRow } from "./epcis.entity.ts";
import { Namespaces } from "../proof/namespaces.ts";
import { pageToken, readPageToken, type PageStart } from "./page-token.ts";
import {
  readQuery,
  type ColumnCondition,
  type EventQuery,
  type LinkCondition,
  type RawQuery,
} from "./query-parameters.ts";
import { parseStored } from "./stored-event.ts";

export interface EventPage {
  readonly rows: readonly EpcisEventRow[];
  /** Undefined on the last page. */
  readonly nextPageToken: string | undefined;
}

/** Events of which a test is asked for one page: after that, the page ends early and says where it goes on. */
const mostTested = 20_000;
const batch = 500;

/** Answers SimpleEventQuery. */
@Injectable()
export class EventQueryService {
  constructor(private readonly database: Database) {}

  /** @throws BadInput `EpcisQueryParameter`; DomainError `EpcisQueryTooLarge` */
  async find(by: Actor, raw: RawQuery): Promise<EventPage> {
    const query = visibleTo(by, readQuery(raw));
    const identity = identityOf(raw);
    const { nextPageToken: token, maxEventCount, eventCountLimit, perPage } = query;
    const start = token === undefined ? undefined : readPageToken(token, identity);
    if (start === undefined && maxEventCount !== undefined) {
      await this.#requireAtMost(query, maxEventCount);
    }
    const given = start?.given ?? 0;
    const left =
      eventCountLimit === undefined ? perPage : Math.min(perPage, eventCountLimit - given);
    const { rows, next } = await this.#scan(query, start, left);
    const total = given + rows.length;
    const isDone =
      next === undefined || (eventCountLimit !== undefined && total >= eventCountLimit);
    return {
      rows,
      nextPageToken: isDone ? undefined : pageToken({ ...next, given: total }, identity),
    };
  }

  /** All rows under an event's id, in the order of recording: the event, and what was said of it later. */
  ofId(eventId: string): Promise<EpcisEventRow[]> {
    const order = { id: "ASC" } as const;
    return this.database.read.find(EpcisEventRow, { where: { eventId }, order });
  }

  async #requireAtMost(query: EventQuery, maxEventCount: number): Promise<void> {
    let found = 0;
    let start: Omit<PageStart, "given"> | undefined;
    do {
      const { rows, next } = await this.#scan(query, start, maxEventCount + 1 - found);
      found += rows.length;
      start = next;
    } while (start !== undefined && found <= maxEventCount);
    if (found > maxEventCount) throw new DomainError("EpcisQueryTooLarge", { maxEventCount });
  }

  async #scan(
    query: EventQuery,
    start: Omit<PageStart, "given"> | undefined,
    wanted: number,
  ): Promise<{ rows: EpcisEventRow[]; next: Omit<PageStart, "given"> | undefined }> {
    const rows: EpcisEventRow[] = [];
    let from = start;
    for (let tested = 0; ;) {
      const take = query.tests.length === 0 ? wanted + 1 : batch;
      const found = await this.#rows(query, from, take);
      for (const row of found) {
        if (rows.length === wanted) return { rows, next: from };
        if (passes(row, query)) rows.push(row);
        from = { order: row[query.orderBy], id: row.id };
      }
      tested += found.length;
      if (found.length < take) return { rows, next: undefined };
      if (tested >= mostTested) return { rows, next: from };
      // SQLite answers within the same turn.
      await nextTurn();
    }
  }

  #rows(
    { links, columns, orderBy, descending }: EventQuery,
    from: Omit<PageStart, "given"> | undefined,
    take: number,
  ): Promise<EpcisEventRow[]> {
    const events = this.database.read.createQueryBuilder(EpcisEventRow, "event");
    links.forEach((condition, at) => {
      narrowByLink(events, condition, at);
    });
    columns.forEach((condition, at) => {
      narrowByColumn(events, condition, at);
    });
    const [direction, isAfter] = descending ? (["DESC", "<"] as const) : (["ASC", ">"] as const);
    if (orderBy !== "id") events.addOrderBy(`event.${orderBy}`, direction);
    events.addOrderBy("event.id", direction).limit(take);
    if (from !== undefined) {
      const { order, id } = from;
      if (orderBy === "id") events.andWhere(`event.id ${isAfter} :afterId`, { afterId: id });
      else {
        events.andWhere(`(event.${orderBy}, event.id) ${isAfter} (:afterOrder, :afterId)`, {
          afterOrder: order,
          afterId: id,
        });
      }
    }
    return events.getMany();
  }
}

/**
 * Whoever can name a thing may read its history, as with the label in their hand; nobody but the operator can look
 * through what others have captured.
 */
function visibleTo(by: Actor, query: EventQuery): EventQuery {
  if (query.namesThings || isOperator(by)) return query;
  const own: ColumnCondition = { column: "party", operator: "IN", value: [by.id] };
  return { ...query, columns: [...query.columns, own] };
}

function passes(row: EpcisEventRow, { tests }: EventQuery): boolean {
  if (tests.length === 0) return true;
  const event = parseStored(row.body);
  const namespaces = Namespaces.of(event["@context"]);
  return tests.every((test) => test(event, namespaces));
}

function narrowByLink(
  events: SelectQueryBuilder<EpcisEventRow>,
  { roles, uris, beginnings }: LinkCondition,
  at: number,
): void {
  // PostgreSQL orders text by language unless told otherwise.
  const isPostgres = events.dataSource.options.type === "postgres";
  const uri = `link.uri${isPostgres ? ' COLLATE "C"' : ""}`;
  const bounds = beginnings.map((_, place) => {
    const [low, high] = [`:low${at}x${place}`, `:high${at}x${place}`];
    return `(${uri} >= ${low} AND ${uri} < ${high})`;
  });
  const named = [`link.uri IN (:...uris${at})`, ...bounds].join(" OR ");
  events.andWhere(
    `event.id IN (SELECT link.event FROM epcis_links link WHERE (${named}) AND link.role IN (:...roles${at}))`,
    {
      [`uris${at}`]: uris,
      [`roles${at}`]: roles,
      ...Object.fromEntries(
        beginnings.flatMap((beginning, place) => [
          [`low${at}x${place}`, beginning],
          // The next character after the last one: all that begins so lies before it.
          [`high${at}x${place}`, `${beginning.slice(0, -1)}0`],
        ]),
      ),
    },
  );
}

function narrowByColumn(
  events: SelectQueryBuilder<EpcisEventRow>,
  { column, operator, value }: ColumnCondition,
  at: number,
): void {
  const place = `event.${column}`;
  if (operator === "NOT NULL") events.andWhere(`${place} IS NOT NULL`);
  else if (operator === "IN") events.andWhere(`${place} IN (:...in${at})`, { [`in${at}`]: value });
  else events.andWhere(`${place} ${operator} :value${at}`, { [`value${at}`]: value });
}

/** What makes a query another one: all of it but the page. */
function identityOf(raw: RawQuery): string {
  const rest = Object.entries(raw).filter(
    ([name]) => name !== "nextPageToken" && name !== "perPage",
  );
  return JSON.stringify(rest.sort(([a], [b]) => (a < b ? -1 : 1)));
}
