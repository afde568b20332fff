import { Injectable } from "@nestjs/common";
import { In, IsNull, LessThanOrEqual, Not, type SelectQueryBuilder } from "typeorm";
import { Database } from "../database/database.ts";
import { CommandRow, type Command } from "./command.entity.ts";
import { settled, underWay } from "./outbox.ts";

/** A query takes a limited number of parameters; who is left out is asked about the next time. */
const mostAtOnce = 500;

/** What a crash, an outage or the network has left to do. */
@Injectable()
export class Unsettled {
  constructor(private readonly database: Database) {}

  /** Keys with commands to look after, in their order, from the one after `last` on. */
  async keys(last: string, most: number): Promise<string[]> {
    const rows = await this.#toDo()
      .select("row.key", "key")
      .distinct(true)
      .andWhere("row.key > :last", { last })
      .orderBy("row.key")
      .limit(most)
      .getRawMany<{ key: string }>();
    return rows.map(({ key }) => key);
  }

  /** A key's commands in the order in which they are to be sent; what waits for a wallet is reviewed by itself. */
  of(key: string, most: number): Promise<Command[]> {
    return this.#toDo()
      .andWhere("row.key = :key", { key })
      .orderBy("row.nonce", "ASC", "NULLS LAST")
      .addOrderBy("row.createdAt")
      .addOrderBy("row.step")
      .limit(most)
      .getMany();
  }

  /** Everything that a wallet has to sign. */
  allPrepared(): Promise<Command[]> {
    return this.database.read.findBy(CommandRow, { state: "Queued", prepared: Not(IsNull()) });
  }

  /** Everything that waits out a delay, what is due first; who is left out is asked about the next time. */
  allScheduled(): Promise<Command[]> {
    return this.database.read.find(CommandRow, {
      where: { state: "Scheduled" },
      order: { notBefore: "ASC", createdAt: "ASC" },
      take: mostAtOnce,
    });
  }

  /** What a wallet has to sign before anything else of its key can be prepared. */
  prepared(key: string): Promise<Command | null> {
    return this.database.read.findOneBy(CommandRow, {
      key,
      state: "Queued",
      prepared: Not(IsNull()),
    });
  }

  /** What is mined in blocks up to this one and not said to be final. */
  minedUpTo(block: number): Promise<Command[]> {
    return this.database.read.find(CommandRow, {
      where: { state: "Mined", block: LessThanOrEqual(block) },
      order: { block: "ASC" },
      take: mostAtOnce,
    });
  }

  /** Those of these commands that are settled. */
  settledOf(ids: readonly string[]): Promise<Command[]> {
    const some = ids.slice(0, mostAtOnce);
    return this.database.read.findBy(CommandRow, { id: In(some), state: In([...settled]) });
  }

  /** What is under way, but for what a wallet has to sign and what waits behind that. */
  #toDo(): SelectQueryBuilder<CommandRow> {
    const isBehind = `EXISTS (${this.database.read
      .createQueryBuilder(CommandRow, "open")
      .select("1")
      .where("open.key = row.key AND open.state = 'Queued' AND open.prepared IS NOT NULL")
      .getQuery()})`;
    return this.database.read
      .createQueryBuilder(CommandRow, "row")
      .where("row.state IN (:...states) AND row.prepared IS NULL", { states: underWay })
      .andWhere(`NOT (row.state = 'Queued' AND ${isBehind})`);
  }
}
