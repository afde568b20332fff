import { TableIndex, type MigrationInterface, type QueryRunner } from "typeorm";
import { column, table } from "../database/migration.ts";

const index = "commands_party_createdAt";

export class DayLimits1790000205000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      table("day_limits", [
        column.address("party", { primary: true }),
        column.text("kind", 10, { primary: true }),
        column.address("currency", { primary: true }),
        column.amount("amount"),
      ]),
    );
    const columnNames = ["party", "createdAt"];
    await runner.createIndex("commands", new TableIndex({ name: index, columnNames }));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex("commands", index);
    await runner.dropTable("day_limits");
  }
}
