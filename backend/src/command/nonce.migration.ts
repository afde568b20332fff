import { TableIndex, type MigrationInterface, type QueryRunner } from "typeorm";

const name = "commands_key_nonce";
const columnNames = ["key", "nonce"];

/** A nonce of a key belongs to one command: no second process, and no second attempt, gives it to another. */
export class OneCommandPerNonce1790000101100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // Version 0.1 left the nonce with a command whose bytes the network had refused, and gave it to the next as well.
    await runner.query(`
      UPDATE "commands" SET "nonce" = NULL
      WHERE "state" = 'Failed' AND "block" IS NULL AND EXISTS (
        SELECT 1 FROM "commands" "other"
        WHERE "other"."key" = "commands"."key" AND "other"."nonce" = "commands"."nonce"
          AND "other"."id" <> "commands"."id"
          AND ("other"."state" <> 'Failed' OR "other"."block" IS NOT NULL OR "other"."id" > "commands"."id")
      )`);
    await runner.dropIndex("commands", name);
    await runner.createIndex("commands", new TableIndex({ name, columnNames, isUnique: true }));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex("commands", name);
    await runner.createIndex("commands", new TableIndex({ name, columnNames }));
  }
}
