import type { MigrationInterface, QueryRunner } from "typeorm";
import { column, table } from "../database/migration.ts";

export class ScheduledActTable1790000206001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      table(
        "scheduled_acts",
        [
          column.id("operation", { primary: true }),
          column.seconds("nonce", { primary: true }),
          column.address("caller"),
          column.address("target"),
          column.json("data"),
          column.seconds("from"),
          column.text("state", 9),
          column.seconds("scheduledAt"),
          column.id("transaction"),
          column.seconds("endedAt", { nullable: true }),
          column.integer("endedBlock", { nullable: true }),
        ],
        [{ columns: ["state", "from"] }],
      ),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable("scheduled_acts");
  }
}
