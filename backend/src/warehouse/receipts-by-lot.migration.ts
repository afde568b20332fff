import { TableIndex, type MigrationInterface, type QueryRunner } from "typeorm";

/** Receipts of the same lot, whichever warehouse they are of. */
export class ReceiptsByLot1790000240000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const index = new TableIndex({ name: "receipts_lot", columnNames: ["lot"] });
    await runner.createIndex("receipts", index);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex("receipts", "receipts_lot");
  }
}
