import { expect } from "chai";
import { readOnly } from "../../../backend/src/database/read-only.ts";
import { PartyRow } from "../../../backend/src/party/party.entity.ts";
import { schema } from "../../../backend/src/schema.ts";
import { made, startTrade, type Trade } from "../../support/trade.ts";

describe("Whoever looks from beside the backend", function () {
  this.timeout(60_000);
  let trade: Trade;

  before(async () => {
    trade = await startTrade();
  });

  after(() => trade.close());

  const place = (): Parameters<typeof readOnly>[0] => {
    const { dataDir, databaseUrl } = trade.started.config;
    return { ...schema, name: "a test", dataDir, url: databaseUrl };
  };

  it("sees one state of it while it writes", async () => {
    const counts = await readOnly(place(), async (manager) => {
      const before = await manager.count(PartyRow);
      made(await trade.operator.post("/api/v1/parties", { name: "Late", roles: ["buyer"] }));
      return [before, await manager.count(PartyRow)];
    });
    expect(counts).to.deep.equal([9, 9]);
    expect(await readOnly(place(), (manager) => manager.count(PartyRow))).to.equal(10);
  });

  it("can change nothing", async () => {
    const change = readOnly(place(), (manager) =>
      manager.update(PartyRow, { id: trade.buyer.id }, { name: "Mine" }),
    );
    const failure = await change.then(String, String);
    expect(failure).to.match(/read.?only/i);
    const { body } = await trade.buyer.get(`/api/v1/parties/${trade.buyer.id}`);
    expect(body["name"]).to.equal("Core platform");
  });

  it("is told where there is none", async () => {
    const nothing = { ...place(), dataDir: "/nowhere", url: undefined };
    const nowhere = readOnly(nothing, () => Promise.resolve());
    expect(await nowhere.then(String, String)).to.include("There is no database /nowhere/");
  });
});
