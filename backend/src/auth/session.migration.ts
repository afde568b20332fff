import type { MigrationInterface, QueryRunner } from "typeorm";
import { column, table } from "../database/migration.ts";

export class SessionTables1790000002000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      table(
        "refresh_tokens",
        [
          column.text("hash", 64, { primary: true }),
          column.text("family", 36),
          column.text("subject", 42),
          column.flag("spent"),
          column.seconds("expires"),
        ],
        [{ columns: ["family"] }],
      ),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable("refresh_tokens");
  }
}
