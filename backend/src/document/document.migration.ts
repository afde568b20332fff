import type { MigrationInterface, QueryRunner } from "typeorm";
import { column, table } from "../database/migration.ts";

export class DocumentTables1790000204000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      table(
        "documents",
        [
          column.id("root", { primary: true }),
          column.address("party"),
          column.text("kind", 20),
          column.json("fields"),
          column.seconds("createdAt"),
        ],
        [{ columns: ["party", "createdAt", "root"] }],
      ),
    );
    await runner.createTable(
      table("document_secrets", [
        column.address("party", { primary: true }),
        column.text("secret", 64),
      ]),
    );
    await runner.createTable(
      table("document_disclosures", [
        column.id("root", { primary: true }),
        column.integer("number", { primary: true }),
        column.text("audience", 6),
        column.json("fields"),
        column.seconds("disclosedAt"),
        column.seconds("withdrawnAt", { nullable: true }),
      ]),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of ["document_disclosures", "document_secrets", "documents"]) {
      await runner.dropTable(name);
    }
  }
}
