import type { MigrationInterface, QueryRunner } from "typeorm";
import { column, table } from "../database/migration.ts";

export class ReorganisationTable1790000101000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      table("reorganisations", [
        column.integer("id", { primary: true }),
        column.integer("block"),
        column.id("hash"),
        column.seconds("time"),
      ]),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable("reorganisations");
  }
}
