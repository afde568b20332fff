import { Injectable } from "@nestjs/common";
import { Database } from "../database/database.ts";
import {
  ChainEventRow,
  EventLinkRow,
  EventSubjectRow,
  type LinkKind,
} from "./projection.entity.ts";

/** Where an event stands: after all of the blocks before, and the logs before it in its block. */
export interface EventPosition {
  readonly block: number;
  readonly logIndex: number;
}

/** The record of events, by what they touch. */
@Injectable()
export class EventRecord {
  constructor(private readonly database: Database) {}

  /** Events that touch any of these, oldest first; each once. */
  async touching(
    kind: LinkKind,
    ids: readonly string[],
    options: { readonly after?: EventPosition; readonly limit?: number } = {},
  ): Promise<ChainEventRow[]> {
    const { after = { block: -1, logIndex: -1 }, limit = 1000 } = options;
    if (ids.length === 0) return [];
    return this.database.read
      .createQueryBuilder(ChainEventRow, "event")
      .innerJoin(
        (links) =>
          links
            .select(["link.block AS block", 'link.logIndex AS "logIndex"'])
            .distinct()
            .from(EventLinkRow, "link")
            .innerJoin(EventSubjectRow, "subject", "subject.number = link.subject")
            .where("subject.kind = :kind AND subject.id IN (:...ids)", { kind, ids })
            .andWhere("(link.block, link.logIndex) > (:block, :logIndex)", after)
            .orderBy("link.block")
            .addOrderBy("link.logIndex")
            .limit(limit),
        "touched",
        'touched.block = event.block AND touched."logIndex" = event.logIndex',
      )
      .orderBy("event.block")
      .addOrderBy("event.logIndex")
      .getMany();
  }
}
