import type { MigrationInterface, QueryRunner } from "typeorm";
import { column, table } from "../database/migration.ts";

export class CommandTables1790000001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const optional = { nullable: true };
    await runner.createTable(
      table(
        "commands",
        [
          column.text("id", 36, { primary: true }),
          column.address("party"),
          column.address("key"),
          column.text("idempotencyKey", 128),
          column.integer("step"),
          column.text("requestHash", 64),
          column.text("contract", 32),
          column.text("method", 64),
          column.json("args"),
          column.address("to"),
          column.json("data"),
          column.json("renames", optional),
          column.text("state", 9),
          column.integer("nonce", optional),
          column.json("raw", optional),
          column.id("transaction", optional),
          column.integer("block", optional),
          column.json("error", optional),
          column.json("response", optional),
          column.seconds("createdAt"),
        ],
        [
          { columns: ["party", "idempotencyKey", "step"], unique: true },
          { columns: ["key", "nonce"] },
          { columns: ["state"] },
        ],
      ),
    );
    await runner.createTable(
      table("signing_accounts", [
        column.address("key", { primary: true }),
        column.integer("nextNonce"),
      ]),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable("signing_accounts");
    await runner.dropTable("commands");
  }
}
