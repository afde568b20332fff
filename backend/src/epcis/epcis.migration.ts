import type { MigrationInterface, QueryRunner } from "typeorm";
import { column, table } from "../database/migration.ts";

export class EpcisTables1790000108000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      table(
        "epcis_events",
        [
          column.integer("id", { primary: true }),
          column.text("eventId", 500),
          column.address("party"),
          column.integer("sequence"),
          column.text("sha256", 64),
          column.text("hash", 64),
          column.text("type", 500),
          column.seconds("eventTime"),
          column.seconds("recordTime"),
          column.seconds("declarationTime", { nullable: true }),
          column.json("body"),
        ],
        [
          { columns: ["party", "sequence"], unique: true },
          { columns: ["sha256", "party"], unique: true },
          { columns: ["eventId"] },
          { columns: ["eventTime", "id"] },
          { columns: ["recordTime", "id"] },
          { columns: ["party", "id"] },
          { columns: ["party", "eventTime", "id"] },
        ],
      ),
    );
    const links = table("epcis_links", [
      column.text("uri", 600, { primary: true }),
      column.integer("role", { primary: true }),
      column.integer("event", { primary: true }),
      column.integer("place", { primary: true }),
      { name: "quantity", type: "double precision", isNullable: true },
      column.text("uom", 3, { nullable: true }),
    ]);
    links.withoutRowid = true;
    await runner.createTable(links);
    const members = table(
      "epcis_members",
      [
        column.text("kind", 12, { primary: true }),
        column.address("party", { primary: true }),
        column.text("uri", 600, { primary: true }),
      ],
      [{ columns: ["kind", "uri"] }],
    );
    members.withoutRowid = true;
    await runner.createTable(members);
    await runner.createTable(
      table(
        "epcis_captures",
        [
          column.text("id", 36, { primary: true }),
          column.address("party"),
          column.integer("number"),
          column.text("behaviour", 8),
          column.seconds("createdAt"),
          column.flag("success"),
          column.json("errors"),
        ],
        [{ columns: ["party", "number"], unique: true }],
      ),
    );
    await runner.createTable(
      table(
        "epcis_locations",
        [
          column.text("uri", 500, { primary: true }),
          column.address("party"),
          column.text("name", 200),
        ],
        [{ columns: ["party", "uri"] }],
      ),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of ["locations", "captures", "members", "links", "events"]) {
      await runner.dropTable(`epcis_${name}`);
    }
  }
}
