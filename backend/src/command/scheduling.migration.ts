import { TableColumn, type MigrationInterface, type QueryRunner } from "typeorm";
import { column } from "../database/migration.ts";

/** Acts that wait out the delay of their office. */
export class ScheduledCommands1790000206000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const optional = { nullable: true };
    await runner.addColumn("commands", new TableColumn(column.id("operation", optional)));
    await runner.addColumn("commands", new TableColumn(column.seconds("notBefore", optional)));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn("commands", "notBefore");
    await runner.dropColumn("commands", "operation");
  }
}
