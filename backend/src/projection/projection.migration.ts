import type { MigrationInterface, QueryRunner } from "typeorm";
import { column, table } from "../database/migration.ts";

const primary = { primary: true };

export class ProjectionTables1790000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const tables = [
      table("projection", [
        column.integer("id", primary),
        column.json("deployment"),
        column.integer("block"),
        column.id("hash"),
        column.seconds("time"),
      ]),
      table("journal", [
        column.integer("block", primary),
        column.id("hash"),
        column.id("parentHash"),
        column.seconds("parentTime"),
        column.json("entries"),
      ]),
      table("followed_currencies", [column.address("token", primary), column.integer("block")]),
      table("chain_events", [
        column.integer("block", primary),
        column.integer("logIndex", primary),
        column.id("transaction"),
        column.seconds("time"),
        column.text("contract", 32),
        column.address("address"),
        column.text("name", 64),
        column.json("args"),
      ]),
      table(
        "event_links",
        [
          column.text("kind", 8, primary),
          column.id("id", primary),
          column.integer("block", primary),
          column.integer("logIndex", primary),
        ],
        [{ columns: ["block"] }],
      ),
    ];
    for (const each of tables) await runner.createTable(each);
  }

  async down(runner: QueryRunner): Promise<void> {
    const names = ["event_links", "chain_events", "followed_currencies", "journal", "projection"];
    for (const name of names) await runner.dropTable(name);
  }
}
