import type { MigrationInterface, QueryRunner } from "typeorm";
import { column, table } from "../database/migration.ts";

export class OrderTables1790000025000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      table(
        "orders",
        [
          column.id("id", { primary: true }),
          column.text("number", 32),
          column.seconds("line"),
          column.address("buyer"),
          column.address("seller"),
          column.address("arbiter"),
          column.address("currency"),
          column.text("itemCode", 32),
          column.text("unit", 3),
          column.amount("orderedQuantity"),
          column.amount("quantity"),
          column.amount("unitPrice"),
          column.seconds("deliverBy"),
          column.integer("paymentDays"),
          column.integer("inspectionDays"),
          column.id("termsRoot"),
          column.id("termsHash"),
          column.text("status", 9),
          column.amount("accepted"),
          column.amount("pending"),
          column.amount("stored"),
          column.amount("owed"),
          column.integer("overdueCount"),
          column.integer("deliveries"),
          column.address("cancellationBy", { nullable: true }),
          column.integer("cancellationAt", { nullable: true }),
          column.seconds("issuedAt"),
          column.seconds("acceptedAt", { nullable: true }),
          column.seconds("endedAt", { nullable: true }),
          column.id("transaction"),
          column.integer("block"),
          column.integer("logIndex"),
        ],
        [
          { columns: ["buyer", "number"] },
          { columns: ["seller"] },
          { columns: ["arbiter"] },
          { columns: ["block", "logIndex"] },
        ],
      ),
    );
    await runner.createTable(
      table(
        "deliveries",
        [
          column.id("order", { primary: true }),
          column.integer("number", { primary: true }),
          column.id("receipt", { nullable: true }),
          column.amount("quantity"),
          column.seconds("arrivesBy"),
          column.text("status", 8),
          column.amount("accepted"),
          column.amount("rejected"),
          column.amount("returned"),
          column.flag("deemed"),
          column.amount("amount"),
          column.address("despatchedBy"),
          column.seconds("despatchedAt"),
          column.seconds("answeredAt", { nullable: true }),
          column.id("transaction"),
        ],
        [{ columns: ["receipt"] }],
      ),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of ["deliveries", "orders"]) await runner.dropTable(name);
  }
}
