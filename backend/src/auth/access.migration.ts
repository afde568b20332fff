import type { MigrationInterface, QueryRunner } from "typeorm";
import { TableColumn } from "typeorm";
import { column, table } from "../database/migration.ts";

/** Sign-in with a wallet, API keys, and which person a session is of. */
export class AccessTables1790000105000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const optional = { nullable: true };
    await runner.createTable(
      table(
        "sign_in_nonces",
        [
          column.text("hash", 64, { primary: true }),
          column.flag("spent"),
          column.seconds("expires"),
        ],
        [{ columns: ["expires"] }],
      ),
    );
    await runner.createTable(
      table(
        "api_keys",
        [
          column.text("id", 36, { primary: true }),
          column.text("party", 42),
          column.address("person"),
          column.text("name", 100),
          column.json("scopes"),
          column.text("prefix", 16),
          column.text("hash", 64),
          column.text("previousHash", 64, optional),
          column.seconds("previousUntil", optional),
          column.seconds("createdAt"),
          column.seconds("expiresAt", optional),
          column.seconds("lastUsedAt", optional),
          column.seconds("revokedAt", optional),
        ],
        [
          { columns: ["hash"], unique: true },
          { columns: ["previousHash"] },
          { columns: ["party"] },
        ],
      ),
    );
    await runner.addColumn("refresh_tokens", new TableColumn(column.text("person", 42, optional)));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn("refresh_tokens", "person");
    await runner.dropTable("api_keys");
    await runner.dropTable("sign_in_nonces");
  }
}
