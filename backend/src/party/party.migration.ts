import type { MigrationInterface, QueryRunner } from "typeorm";
import { column, table } from "../database/migration.ts";

export class PartyTables1790000020000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      table(
        "parties",
        [
          column.address("id", { primary: true }),
          column.seconds("number"),
          column.text("name", 200),
          column.address("key"),
          column.address("proposedKey", { nullable: true }),
          column.seconds("proposedFrom", { nullable: true }),
          column.integer("roles"),
          column.flag("suspended"),
          column.address("payoutAccount"),
          column.seconds("admittedAt"),
        ],
        [{ columns: ["key"] }],
      ),
    );
    await runner.createTable(
      table("origination", [
        column.integer("id", { primary: true }),
        column.flag("paused"),
        column.flag("retired"),
      ]),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable("origination");
    await runner.dropTable("parties");
  }
}
