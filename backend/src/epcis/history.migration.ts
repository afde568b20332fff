import type { MigrationInterface, QueryRunner } from "typeorm";
import { column, table } from "../database/migration.ts";
import { historyRoles } from "./link-roles.ts";

export class EpcisHistory1790000220000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const history = table("epcis_history", [
      column.text("uri", 600, { primary: true }),
      column.seconds("eventTime", { primary: true }),
      column.integer("event", { primary: true }),
    ]);
    history.withoutRowid = true;
    await runner.createTable(history);
    const time = runner.dataSource.driver.escape("eventTime");
    await runner.query(
      `INSERT INTO epcis_history SELECT DISTINCT link.uri, event.${time}, event.id ` +
        `FROM epcis_links link JOIN epcis_events event ON event.id = link.event ` +
        `WHERE link.role IN (${historyRoles.join(", ")})`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable("epcis_history");
  }
}
