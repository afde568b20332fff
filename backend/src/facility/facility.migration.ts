import type { MigrationInterface, QueryRunner } from "typeorm";
import { column, table } from "../database/migration.ts";

export class FacilityTables1790000060000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      table(
        "facilities",
        [
          column.id("id", { primary: true }),
          column.address("lender"),
          column.text("number", 32),
          column.address("borrower"),
          column.address("buyer"),
          column.address("currency"),
          column.amount("limit"),
          column.integer("orderAdvanceBps"),
          column.integer("storedAdvanceBps"),
          column.integer("acceptedAdvanceBps"),
          column.integer("rateBps"),
          column.integer("penaltyRateBps"),
          column.integer("dayBasis"),
          column.integer("tenorDays"),
          column.integer("graceDays"),
          column.integer("sweepBps"),
          column.integer("expiresDay"),
          column.address("payee"),
          column.address("depositary", { nullable: true }),
          column.json("approvedPayees"),
          column.text("status", 16),
          column.amount("drawn"),
          column.integer("defaults"),
          column.seconds("openedAt"),
          column.id("transaction"),
          column.integer("block"),
          column.integer("logIndex"),
        ],
        [{ columns: ["lender"] }, { columns: ["borrower"] }, { columns: ["block", "logIndex"] }],
      ),
    );
    await runner.createTable(
      table(
        "loan_movements",
        [
          column.integer("block", { primary: true }),
          column.integer("logIndex", { primary: true }),
          column.id("root"),
          column.id("facility"),
          column.text("kind", 24),
          column.address("by", { nullable: true }),
          column.amount("amount"),
          column.amount("interest"),
          column.amount("principal"),
          column.integer("maturityDay", { nullable: true }),
          column.seconds("time"),
          column.id("transaction"),
        ],
        [{ columns: ["root"] }],
      ),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of ["loan_movements", "facilities"]) await runner.dropTable(name);
  }
}
