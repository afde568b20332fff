import { expect } from "chai";
import { isOnPostgres } from "../../support/databases.ts";
import { partyId, ToldLedger } from "../../support/told-ledger.ts";
import { grown, seen, uriOf } from "./told.ts";

describe("What a trace reads", function () {
  this.timeout(60_000);
  let ledger: ToldLedger;

  before(async () => {
    ledger = await ToldLedger.open();
    const lots = Array.from({ length: 400 }, (_, at) => `lot-${String(at)}`);
    await ledger.tell(
      partyId(1),
      ...lots.flatMap((lot, at) => [grown(at, [[lot, 1]]), seen("storing", at + 1, [[lot, 1]])]),
    );
  });

  after(() => ledger.close());

  const planOf = async (query: string): Promise<string> => {
    const text = isOnPostgres ? `EXPLAIN ${query}` : `EXPLAIN QUERY PLAN ${query}`;
    if (isOnPostgres) await ledger.database.write((manager) => manager.query("ANALYZE"));
    const rows = await ledger.database.read.query<object[]>(text);
    return rows.map((row) => JSON.stringify(row)).join("\n");
  };

  it("is found by indexes: a thing's history, its events, and the receipts of a lot", async () => {
    const history = await planOf(
      `SELECT event FROM epcis_history WHERE uri = '${uriOf("lot-7")}' AND "eventTime" BETWEEN 0 AND 9 ORDER BY "eventTime", event LIMIT 33`,
    );
    const events = await planOf("SELECT * FROM epcis_events WHERE id IN (7, 70, 700)");
    const receipts = await planOf("SELECT * FROM receipts WHERE lot IN ('A', 'B')");
    if (isOnPostgres) {
      expect(history).to.match(/Index (?:Only )?Scan using/);
      expect(history).not.to.include("Sort");
      expect(events).to.match(/Index Scan/);
      // Of an empty table, every plan is as good.
      expect(receipts).to.match(/receipts_lot|Seq Scan/);
    } else {
      expect(history).to.match(/SEARCH epcis_history USING PRIMARY KEY \(uri=\? AND eventTime/);
      expect(history).not.to.include("TEMP B-TREE");
      expect(events).to.include("USING INTEGER PRIMARY KEY");
      expect(receipts).to.include("USING INDEX receipts_lot");
    }
  });
});
