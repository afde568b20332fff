import { expect } from "chai";
import { In } from "typeorm";
import { Database } from "../../../backend/src/database/database.ts";
import { CurrencyRow } from "../../../backend/src/money/money.entity.ts";
import { PartyRow } from "../../../backend/src/party/party.entity.ts";
import { ProjectionRow } from "../../../backend/src/projection/projection.entity.ts";
import { startBackend, type TestBackend } from "../../support/backend.ts";
import { Client } from "../../support/client.ts";
import { startLocalChain, type LocalChain } from "../../support/local-chain.ts";

describe("Rows by what is in their columns", function () {
  this.timeout(60_000);
  let chain: LocalChain;
  let started: TestBackend;
  let database: Database;
  let ids: string[];

  before(async () => {
    chain = await startLocalChain();
    started = await startBackend(chain);
    database = started.backend.app.get(Database);
    const operator = await new Client(started.url).signedIn("operator");
    for (const name of ["C", "A", "B"]) {
      await operator.post("/api/v1/parties", { name, roles: ["lender"] });
    }
    ids = (await database.read.find(PartyRow)).map(({ id }) => id);
    expect(ids.length).to.be.greaterThan(2);
  });

  after(async () => {
    await started.close();
    await chain.close();
  });

  const plain = (rows: readonly object[]): object[] => rows.map((row) => ({ ...row }));

  it("are what TypeORM makes of them, of every kind of column", async () => {
    const { read, rows } = database;
    for (const entity of [PartyRow, CurrencyRow, ProjectionRow]) {
      const known = await read.find<object>(entity);
      expect(known.length).to.be.greaterThan(0);
      expect(await rows.all<object>(entity, {})).to.have.deep.members(plain(known));
    }
  });

  it("are found by values, by null, by lists and in an order", async () => {
    const { read, rows } = database;
    const some = ids.slice(0, 2);
    expect(await rows.all(PartyRow, { id: some })).to.have.deep.members(
      plain(await read.findBy(PartyRow, { id: In(some) })),
    );
    expect(await rows.all(PartyRow, { id: [] })).to.deep.equal([]);
    expect(await rows.all(PartyRow, { proposedKey: null, suspended: false })).to.have.length(
      ids.length,
    );
    const byName = await rows.all(PartyRow, { name: ["A", "B", "C"] }, ["name"]);
    expect(byName.map(({ name }) => name)).to.deep.equal(["A", "B", "C"]);
  });

  it("say so where there is none, or no such column", async () => {
    const { rows } = database;
    const id = "0x0000000000000000000000000000000000000000";
    expect(await rows.one(PartyRow, { id })).to.equal(null);
    const fault = async (work: Promise<unknown>): Promise<string> =>
      String(await work.catch((error: unknown) => error));
    expect(await fault(rows.existing(PartyRow, { id }))).to.contain("There is no PartyRow");
    expect(await fault(rows.all(PartyRow, { other: 1 } as never))).to.contain("no column other");
  });
});
