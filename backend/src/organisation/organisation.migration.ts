import { TableColumn, type MigrationInterface, type QueryRunner } from "typeorm";
import { column, table } from "../database/migration.ts";

const optional = { nullable: true };
/** Of a command: who made and approved it, and what is at stake. */
const ofCommands = [
  column.text("madeBy", 42, optional),
  column.text("apiKey", 36, optional),
  column.json("worth", optional),
  column.text("approvedBy", 42, optional),
  column.seconds("approvalEnds", optional),
];

export class OrganisationTables1790000105001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      table(
        "people",
        [
          column.address("party", { primary: true }),
          column.address("account", { primary: true }),
          column.text("rank", 8),
          column.text("name", 100),
          column.address("namedBy"),
          column.seconds("since"),
        ],
        [{ columns: ["account"] }],
      ),
    );
    await runner.createTable(
      table("approval_limits", [
        column.address("party", { primary: true }),
        column.text("kind", 10, { primary: true }),
        column.address("currency", { primary: true }),
        column.amount("amount"),
      ]),
    );
    await runner.addColumns(
      "commands",
      ofCommands.map((options) => new TableColumn(options)),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumns(
      "commands",
      ofCommands.map(({ name }) => name),
    );
    await runner.dropTable("approval_limits");
    await runner.dropTable("people");
  }
}
