import { TableColumn, type MigrationInterface, type QueryRunner } from "typeorm";
import { column, table } from "../database/migration.ts";

/** What is prepared for wallets, and every version of what was signed. */
export class SendingTables1790000102000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const prepared = new TableColumn(column.json("prepared", { nullable: true }));
    await runner.addColumn("commands", prepared);
    await runner.createTable(
      table(
        "command_transactions",
        [
          column.id("hash", { primary: true }),
          column.text("command", 36),
          column.json("raw"),
          column.seconds("signedAt"),
        ],
        [{ columns: ["command"] }],
      ),
    );
    await runner.query(
      `INSERT INTO "command_transactions" ("hash", "command", "raw", "signedAt")
       SELECT "transaction", "id", "raw", "createdAt" FROM "commands"
       WHERE "raw" IS NOT NULL AND "transaction" IS NOT NULL`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable("command_transactions");
    await runner.dropColumn("commands", "prepared");
  }
}
