import type { MigrationInterface, QueryRunner } from "typeorm";
import { column, table } from "../database/migration.ts";

const nullable = { nullable: true };

export class LienTables1790000050000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      table(
        "loans",
        [
          column.id("root", { primary: true }),
          column.id("facility", nullable),
          column.address("lender", nullable),
          column.amount("principal"),
          column.amount("numerator"),
          column.integer("accruedDay"),
          column.integer("maturityDay", nullable),
          column.integer("sinceDay", nullable),
          column.integer("defaultedDay", nullable),
          column.seconds("writtenOffAt", nullable),
          column.integer("revision"),
          column.seconds("placedAt", nullable),
          column.integer("placedBlock", nullable),
          column.id("placedIn", nullable),
          column.seconds("releasedAt", nullable),
          column.integer("releasedBlock", nullable),
          column.id("releasedIn", nullable),
        ],
        [{ columns: ["facility"] }, { columns: ["lender"] }],
      ),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable("loans");
  }
}
