import type { MigrationInterface, QueryRunner } from "typeorm";
import { column, table } from "../database/migration.ts";

export class WarehouseTables1790000030000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      table(
        "receipts",
        [
          column.id("id", { primary: true }),
          column.text("ticket", 32),
          column.id("parent", { nullable: true }),
          column.seconds("serial", { nullable: true }),
          column.address("warehouse"),
          column.address("depositor"),
          column.address("holder"),
          column.text("itemCode", 32),
          column.text("unit", 3),
          column.text("lot", 32),
          column.amount("issuedQuantity"),
          column.amount("quantity"),
          column.amount("weighed"),
          column.amount("lost"),
          column.amount("liability"),
          column.integer("lossAllowanceBps"),
          column.integer("openDeliveries"),
          column.id("order", { nullable: true }),
          column.id("returnedOrder", { nullable: true }),
          column.integer("returnedDelivery", { nullable: true }),
          column.id("mergedInto", { nullable: true }),
          column.id("releaseConsent", { nullable: true }),
          column.id("termsRoot"),
          column.seconds("issuedAt"),
          column.id("transaction"),
          column.integer("block"),
          column.integer("logIndex"),
        ],
        [
          { columns: ["warehouse"] },
          { columns: ["holder"] },
          { columns: ["order"] },
          { columns: ["block", "logIndex"] },
        ],
      ),
    );
    await runner.createTable(
      table("capacities", [
        column.address("warehouse", { primary: true }),
        column.amount("capacity"),
        column.amount("used"),
      ]),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of ["capacities", "receipts"]) await runner.dropTable(name);
  }
}
