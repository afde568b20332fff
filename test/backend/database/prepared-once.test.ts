import { expect } from "chai";
import { preparedOnce } from "../../../backend/src/database/sqlite.ts";

describe("A query of SQLite's that is in an order", () => {
  it("asks for bound values in a way that does not have it prepared again", () => {
    const asked = `SELECT "a" FROM "t" WHERE "b" = ? AND ("c" = ? OR "d" <= ?)\nORDER BY "a" LIMIT 2`;
    const found = `SELECT "a" FROM "t" WHERE "b" IN (?) AND ("c" IN (?) OR "d" <= ?)\nORDER BY "a" LIMIT 2`;
    expect(preparedOnce(asked)).to.equal(found);
  });

  it("is left as it is where it changes something, or has no order", () => {
    const texts = [
      `SELECT "a" FROM "t" WHERE "b" = ?`,
      `UPDATE "t" SET "a" = ? WHERE "b" = (SELECT "c" FROM "u" ORDER BY "c" LIMIT 1)`,
      `SELECT "a" FROM "t" WHERE "b" != ? ORDER BY "a"`,
    ];
    for (const text of texts) expect(preparedOnce(text)).to.equal(text);
  });
});
