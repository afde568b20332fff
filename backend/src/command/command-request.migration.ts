import { TableColumn, type MigrationInterface, type QueryRunner } from "typeorm";
import { column } from "../database/migration.ts";

export class CommandRequests1790000106100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const added = new TableColumn(column.text("requestId", 64, { nullable: true }));
    await runner.addColumn("commands", added);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn("commands", "requestId");
  }
}
