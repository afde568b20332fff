import type { MigrationInterface, QueryRunner } from "typeorm";
import { column, table } from "../database/migration.ts";

export class AuditTables1790000105002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const optional = { nullable: true };
    await runner.createTable(
      table("audit_entries", [
        column.text("writer", 36, { primary: true }),
        column.integer("seq", { primary: true }),
        column.text("at", 24),
        column.text("kind", 8),
        column.text("party", 42, optional),
        column.text("person", 42, optional),
        column.text("apiKey", 36, optional),
        column.json("what"),
        column.text("previous", 64),
        column.text("hash", 64),
      ]),
    );
    await runner.createTable(
      table("audit_heads", [
        column.text("writer", 36, { primary: true }),
        column.integer("seq"),
        column.text("hash", 64),
        column.text("at", 24),
      ]),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable("audit_heads");
    await runner.dropTable("audit_entries");
  }
}
