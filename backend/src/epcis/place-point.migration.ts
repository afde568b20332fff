import type { MigrationInterface, QueryRunner } from "typeorm";
import { TableColumn } from "typeorm";
import { column } from "../database/migration.ts";

/** Where a place is, for those who look at a lot's page. */
export class PlacePoints1790000230000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const added of [
      column.text("region", 120, { nullable: true }),
      column.text("point", 12, { nullable: true }),
    ]) {
      await runner.addColumn("epcis_locations", new TableColumn(added));
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumns("epcis_locations", ["region", "point"]);
  }
}
