import { TableIndex, type MigrationInterface, type QueryRunner } from "typeorm";

const name = "commands_state_block";

/** What has failed in a range of blocks is looked up whenever another block stays. */
export class CommandBlocks1790000107000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createIndex("commands", new TableIndex({ name, columnNames: ["state", "block"] }));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex("commands", name);
  }
}
