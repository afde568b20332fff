import type { MigrationInterface, QueryRunner } from "typeorm";
import { column, table } from "../database/migration.ts";

const primary = { primary: true };
const optional = { nullable: true };

export class WebhookTables1790000106000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      table(
        "webhooks",
        [
          column.text("id", 36, primary),
          column.address("party"),
          column.text("url", 500),
          column.text("description", 200, optional),
          column.json("events", optional),
          column.text("secret", 300),
          column.text("formerSecret", 300, optional),
          column.seconds("formerUntil", optional),
          column.flag("enabled"),
          column.text("disabledBecause", 200, optional),
          column.integer("block"),
          column.integer("logIndex"),
          column.integer("failures"),
          column.seconds("failingSince", optional),
          column.seconds("notBefore", optional),
          column.seconds("createdAt"),
        ],
        [{ columns: ["party"] }],
      ),
    );
    await runner.createTable(
      table(
        "webhook_deliveries",
        [
          column.text("webhook", 36, primary),
          column.integer("block", primary),
          column.integer("logIndex", primary),
          column.text("event", 64),
          column.text("state", 9),
          column.integer("attempts"),
          column.integer("status", optional),
          column.text("fault", 200, optional),
          column.seconds("dueAt", optional),
          column.seconds("attemptedAt", optional),
        ],
        [{ columns: ["webhook", "state", "dueAt"] }],
      ),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable("webhook_deliveries");
    await runner.dropTable("webhooks");
  }
}
