import type { MigrationInterface, QueryRunner } from "typeorm";
import { column, table } from "../database/migration.ts";

export class AnchorTables1790000201000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      table("anchors", [
        column.id("root", { primary: true }),
        column.address("by"),
        column.seconds("anchoredAt"),
        column.whole("first"),
        column.whole("count"),
        column.integer("block"),
        column.id("transaction"),
      ]),
    );
    await runner.createTable(
      table(
        "anchor_batches",
        [
          column.integer("number", { primary: true }),
          column.integer("event"),
          column.integer("count"),
          column.id("root"),
          column.seconds("createdAt"),
          column.integer("failures"),
          column.text("problem", 64, { nullable: true }),
          column.seconds("notBefore"),
        ],
        [
          { columns: ["event"], unique: true },
          { columns: ["root"], unique: true },
        ],
      ),
    );
    const nodes = table("anchor_nodes", [
      column.integer("batch", { primary: true }),
      column.integer("part", { primary: true }),
      column.json("nodes"),
    ]);
    nodes.withoutRowid = true;
    await runner.createTable(nodes);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of ["anchor_nodes", "anchor_batches", "anchors"]) await runner.dropTable(name);
  }
}
