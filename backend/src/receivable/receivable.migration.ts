import type { MigrationInterface, QueryRunner } from "typeorm";
import { column, table } from "../database/migration.ts";

export class ReceivableTables1790000040000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      table(
        "receivables",
        [
          column.id("id", { primary: true }),
          column.id("order"),
          column.integer("delivery"),
          column.address("holder"),
          column.address("debtor"),
          column.address("currency"),
          column.amount("amount"),
          column.amount("outstanding"),
          column.amount("paid"),
          column.amount("contested"),
          column.integer("contestDay", { nullable: true }),
          column.amount("upheld"),
          column.integer("acceptedDay"),
          column.integer("dueDay"),
          column.flag("deemed"),
          column.flag("overdue"),
          column.flag("assigned"),
          column.seconds("confirmedAt"),
          column.id("transaction"),
          column.integer("block"),
          column.integer("logIndex"),
        ],
        [
          { columns: ["order"] },
          { columns: ["debtor", "dueDay"] },
          { columns: ["holder", "dueDay"] },
          { columns: ["block", "logIndex"] },
        ],
      ),
    );
    await runner.createTable(
      table(
        "receivable_payments",
        [
          column.integer("block", { primary: true }),
          column.integer("logIndex", { primary: true }),
          column.id("receivable"),
          column.address("by"),
          column.amount("amount"),
          column.amount("toLender"),
          column.amount("toHolder"),
          column.flag("collected"),
          column.seconds("time"),
          column.id("transaction"),
        ],
        [{ columns: ["receivable"] }],
      ),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of ["receivable_payments", "receivables"]) await runner.dropTable(name);
  }
}
