import type { MigrationInterface, QueryRunner } from "typeorm";
import { column, table } from "../database/migration.ts";

export class MoneyTables1790000010000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const primary = { primary: true };
    await runner.createTable(
      table("currencies", [
        column.address("token", primary),
        column.integer("number"),
        column.text("symbol", 32),
        column.integer("decimals"),
      ]),
    );
    await runner.createTable(
      table("balances", [
        column.address("account", primary),
        column.address("token", primary),
        column.amount("amount"),
      ]),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable("balances");
    await runner.dropTable("currencies");
  }
}
