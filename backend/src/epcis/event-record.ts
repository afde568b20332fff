import { setImmediate as nextTurn } from "node:timers/promises";
import { Injectable } from "@nestjs/common";
import { In, type EntityManager, type ObjectLiteral } from "typeorm";
import type { Entity } from "../database/entity.ts";
import { EpcisEventRow, EpcisHistoryRow, EpcisLinkRow, EpcisMemberRow } from "./epcis.entity.ts";
import { inTurns } from "./in-turns.ts";
import { historiesOf, membersOf } from "./links.ts";
import type { StoredEvent } from "./stored-event.ts";

/** What has become of an event: it is new, the party had captured it before, or its id stands for another one. */
export type Outcome = "recorded" | "known" | "conflict";

/** Rows of one statement: 13 columns at most, and SQLite takes 32,766 values. */
const atOnce = 500;

/** The only writer of events: it adds them at the end, and changes none. */
@Injectable()
export class EventRecord {
  /** @param now milliseconds; in the caller's transaction, each event in the order given */
  async add(
    manager: EntityManager,
    party: string,
    now: number,
    events: readonly StoredEvent[],
  ): Promise<Outcome[]> {
    const known = await this.#known(manager, party, events);
    const taken = await this.#taken(manager, party, events);
    const last = await manager.findOne(EpcisEventRow, { where: {}, order: { id: "DESC" } });
    const sequence = await manager.maximum(EpcisEventRow, "sequence", { party });
    const recordTime = Math.max(now, last?.recordTime ?? 0);
    const rows: EpcisEventRow[] = [];
    const links: EpcisLinkRow[] = [];
    const histories: EpcisHistoryRow[] = [];
    const members = new Map<string, EpcisMemberRow>();
    const take = ({ links: named, ...event }: StoredEvent): Outcome => {
      if (known.has(event.sha256)) return "known";
      const before = taken.get(event.eventId);
      if (before !== undefined && before.hash !== event.hash) return "conflict";
      const isPlain = event.declarationTime === null;
      // In other words, but the same; a declaration of an error about it is a row of its own.
      if (isPlain && before?.isPlain === true) return "known";
      const id = (last?.id ?? 0) + rows.length + 1;
      const place = (sequence ?? 0) + rows.length + 1;
      rows.push({ ...event, id, party, sequence: place, recordTime });
      links.push(...named.map((link) => ({ ...link, event: id })));
      const { eventTime } = event;
      histories.push(...historiesOf(named).map((uri) => ({ uri, eventTime, event: id })));
      for (const member of membersOf(event.type, named)) {
        members.set(`${member.kind} ${member.uri}`, { ...member, party });
      }
      known.add(event.sha256);
      taken.set(event.eventId, {
        hash: event.hash,
        isPlain: isPlain || before?.isPlain === true,
      });
      return "recorded";
    };
    const outcomes = await inTurns(events, (event) => [take(event)]);
    await insertAll(manager, EpcisEventRow, rows);
    await insertAll(manager, EpcisLinkRow, links);
    await insertAll(manager, EpcisHistoryRow, histories);
    await insertAll(manager, EpcisMemberRow, [...members.values()], true);
    return outcomes;
  }

  async #known(
    manager: EntityManager,
    party: string,
    events: readonly StoredEvent[],
  ): Promise<Set<string>> {
    const found = new Set<string>();
    for (const part of slices(events)) {
      const rows = await manager.find(EpcisEventRow, {
        select: { sha256: true },
        where: { party, sha256: In(part.map(({ sha256 }) => sha256)) },
      });
      for (const { sha256 } of rows) found.add(sha256);
      await nextTurn();
    }
    return found;
  }

  async #taken(
    manager: EntityManager,
    party: string,
    events: readonly StoredEvent[],
  ): Promise<Map<string, Taken>> {
    const found = new Map<string, Taken>();
    for (const part of slices(events)) {
      const rows = await manager.find(EpcisEventRow, {
        select: { eventId: true, hash: true, declarationTime: true },
        where: { party, eventId: In(part.map(({ eventId }) => eventId)) },
      });
      for (const { eventId, hash, declarationTime } of rows) {
        const isPlain = declarationTime === null || found.get(eventId)?.isPlain === true;
        found.set(eventId, { hash, isPlain });
      }
    }
    return found;
  }
}

/** What an id of the party's stands for. */
interface Taken {
  readonly hash: string;
  /** Whether the event itself is on record, and not only a declaration of an error about it. */
  readonly isPlain: boolean;
}

async function insertAll<Row extends ObjectLiteral>(
  manager: EntityManager,
  entity: Entity<Row>,
  rows: readonly Row[],
  orIgnore = false,
): Promise<void> {
  for (const part of slices(rows)) {
    const insert = manager
      .createQueryBuilder()
      .insert()
      .into(entity)
      .values([...part])
      .updateEntity(false);
    await (orIgnore ? insert.orIgnore() : insert).execute();
    // SQLite is done within the same turn.
    await nextTurn();
  }
}

function slices<T>(items: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(items.length / atOnce) }, (_, index) =>
    items.slice(index * atOnce, (index + 1) * atOnce),
  );
}
