import type { MigrationInterface, QueryRunner } from "typeorm";
import { column, table } from "../database/migration.ts";

export class RequestTable1790000110000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      table("requests", [
        column.address("party", { primary: true }),
        column.text("idempotencyKey", 128, { primary: true }),
        column.text("requestHash", 64),
        column.text("made", 66),
        column.seconds("createdAt"),
      ]),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable("requests");
  }
}
