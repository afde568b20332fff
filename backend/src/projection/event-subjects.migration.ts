import type { MigrationInterface, QueryRunner } from "typeorm";
import { column, table } from "../database/migration.ts";

const primary = { primary: true };

/** Links name what they touch by a number. */
export class EventSubjects1790000103000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const { driver } = runner.dataSource;
    const [kind, id, block, logIndex] = ["kind", "id", "block", "logIndex"].map((name) =>
      driver.escape(name),
    );
    await runner.createTable(
      table(
        "event_subjects",
        [column.integer("number", primary), column.text("kind", 8), column.id("id")],
        [{ columns: ["id", "kind"], unique: true }],
      ),
    );
    await runner.query(
      `INSERT INTO event_subjects SELECT row_number() OVER (ORDER BY ${kind}, ${id}), ${kind}, ${id} ` +
        `FROM (SELECT DISTINCT ${kind}, ${id} FROM event_links) AS touched`,
    );
    await runner.dropIndex("event_links", "event_links_block");
    await runner.renameTable("event_links", "event_links_by_id");
    const links = table(
      "event_links",
      [
        column.integer("subject", primary),
        column.integer("block", primary),
        column.integer("logIndex", primary),
      ],
      [{ columns: ["block"] }],
    );
    links.withoutRowid = true;
    await runner.createTable(links);
    await runner.query(
      `INSERT INTO event_links SELECT subject.number, link.${block}, link.${logIndex} ` +
        `FROM event_links_by_id link JOIN event_subjects subject ` +
        `ON subject.${kind} = link.${kind} AND subject.${id} = link.${id}`,
    );
    await runner.dropTable("event_links_by_id");
  }

  async down(runner: QueryRunner): Promise<void> {
    const { driver } = runner.dataSource;
    const [kind, id, block, logIndex] = ["kind", "id", "block", "logIndex"].map((name) =>
      driver.escape(name),
    );
    await runner.dropIndex("event_links", "event_links_block");
    await runner.renameTable("event_links", "event_links_by_number");
    await runner.createTable(
      table(
        "event_links",
        [
          column.text("kind", 8, primary),
          column.id("id", primary),
          column.integer("block", primary),
          column.integer("logIndex", primary),
        ],
        [{ columns: ["block"] }],
      ),
    );
    await runner.query(
      `INSERT INTO event_links SELECT subject.${kind}, subject.${id}, link.${block}, link.${logIndex} ` +
        `FROM event_links_by_number link JOIN event_subjects subject ON subject.number = link.subject`,
    );
    await runner.dropTable("event_links_by_number");
    await runner.dropTable("event_subjects");
  }
}
