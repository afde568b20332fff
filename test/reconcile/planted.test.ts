import { expect } from "chai";
import type { EntityManager } from "typeorm";
import { Rpc } from "../../backend/src/chain/rpc.ts";
import { Database } from "../../backend/src/database/database.ts";
import type { Entity } from "../../backend/src/database/entity.ts";
import {
  ChainEventRow,
  EventLinkRow,
  EventSubjectRow,
  FollowedCurrencyRow,
  JournalRow,
  ProjectionRow,
} from "../../backend/src/projection/projection.entity.ts";
import { ProjectionEngine } from "../../backend/src/projection/projection.engine.ts";
import { Projectors } from "../../backend/src/projection/handlers.ts";
import { readModel } from "../../backend/src/read-model.ts";
import { administrativeRoles } from "../../scripts/deploy/administration.ts";
import { rebuild, type Rebuilt } from "../../scripts/reconcile/rebuild.ts";
import { reconcile } from "../../scripts/reconcile/reconcile.ts";
import { compareTables } from "../../scripts/reconcile/tables.ts";
import { delivered, drawDown, openFacility, storyOrder } from "../support/trade-acts.ts";
import { administration, free, sent, walletOf } from "../support/trade-wallets.ts";
import { made, startTrade, type Trade } from "../support/trade.ts";

const own = [ChainEventRow, EventLinkRow, EventSubjectRow, FollowedCurrencyRow, JournalRow];
const tables: readonly Entity[] = [...readModel().rows, ...own];

describe("Of the read model's tables", function () {
  this.timeout(120_000);
  let trade: Trade;
  let rpc: Rpc;
  let database: Database;
  let rebuilt: Rebuilt;

  before(async () => {
    trade = await startTrade();
    const { chain, started, buyer, cooperative, warehouse } = trade;
    rpc = new Rpc(chain.url, chain.deployment.chainId);
    database = started.backend.app.get(Database);
    const facility = await openFacility(trade);
    const order = await storyOrder(trade, "PO-1");
    made(await drawDown(trade, facility, order, "78000.00"));
    const ticket = { ticket: "T-1", depositor: cooperative.id, itemCode: "RICE", unit: "KGM" };
    const goods = { lot: "L-1", quantity: "500.000", lossAllowanceBps: 0 };
    made(await warehouse.post("/api/v1/receipts", { ...ticket, ...goods }));
    const receivable = await delivered(trade, order, 1, "1000.000");
    const { outstanding } = made(
      await buyer.get<{ outstanding: { amount: string } | string }>(
        `/api/v1/receivables/${receivable}`,
      ),
    );
    const amount = typeof outstanding === "string" ? outstanding : outstanding.amount;
    const path = `/api/v1/receivables/${receivable}/payment`;
    made(await buyer.post(path, { amount, outstanding: amount }));
    const { parties, provenance } = administration(trade);
    for (const pause of [true, false]) await sent(trade, parties.setPaused(pause, free));
    await sent(trade, provenance.anchor(`0x${"5e".repeat(32)}`, 1, 7, free));
    await scheduleSomething(trade);
    const { block } = started.backend.app.get(ProjectionEngine).status;
    const journalFrom = (await database.read.minimum(JournalRow, "block")) ?? block + 1;
    rebuilt = await rebuild(rpc, chain.deployment, block, journalFrom);
  });

  after(async () => {
    await rebuilt.close();
    rpc.destroy();
    await trade.close();
  });

  const differences = async (): Promise<readonly string[]> =>
    (await compareTables(database.read, rebuilt.manager)).differences;

  it("all are among those that are compared, and hold what the chain's logs make", async () => {
    const { rows } = trade.started.backend.app.get(Projectors);
    expect(new Set(readModel().rows)).to.deep.equal(new Set(rows));
    for (const entity of tables) {
      expect(await database.read.count(entity), entity.name).to.be.above(0);
    }
    expect(await differences()).to.deep.equal([]);
  });

  for (const entity of tables) {
    it(`${entity.name} has no column in which a planted difference is not found`, async () => {
      const { tableName, columns, primaryColumns } = database.read.dataSource.getMetadata(entity);
      const named = entity === EventSubjectRow ? "event_links" : tableName;
      for (const { databaseName, propertyName, isPrimary, type } of columns) {
        const restore = await plant(database, tableName, databaseName, String(type));
        const found = await differences();
        const isNamed = (difference: string): boolean =>
          difference.startsWith(`${named} `) &&
          (isPrimary || named !== tableName || difference.includes(`: ${propertyName} is `));
        expect(found.filter(isNamed), `${tableName}.${databaseName}`).not.to.deep.equal([]);
        await restore();
      }
      expect(primaryColumns.length).to.be.above(0);
      expect(await differences()).to.deep.equal([]);
    });

    it(`${entity.name} lacks no row without its being found`, async () => {
      const { tableName } = database.read.dataSource.getMetadata(entity);
      const row = await lastOf(database.read, tableName);
      await database.write((manager) => remove(manager, tableName, row));
      expect(await differences(), tableName).not.to.deep.equal([]);
      await database.write((manager) => insert(manager, tableName, row));
      expect(await differences()).to.deep.equal([]);
    });
  }

  it("the cursor has no column in which a planted difference is not found", async () => {
    const said = async (): Promise<string> => {
      try {
        const { differences: some, tables: all } = await reconcile(
          database.read,
          rpc,
          trade.chain.deployment,
        );
        return [...some, ...all.differences].join("\n");
      } catch (error) {
        return String(error);
      }
    };
    expect(await said()).to.equal("");
    const { columns } = database.read.dataSource.getMetadata(ProjectionRow);
    for (const { databaseName, type, isPrimary } of columns) {
      if (isPrimary) continue;
      const restore = await plant(database, "projection", databaseName, String(type));
      expect(await said(), databaseName).not.to.equal("");
      await restore();
    }
    expect(await said()).to.equal("");
  });
});

type Row = Readonly<Record<string, unknown>>;

async function lastOf(manager: EntityManager, table: string): Promise<Row> {
  const [row] = await manager.query<Row[]>(
    `SELECT * FROM "${table}" ORDER BY 1 DESC, 2 DESC LIMIT 1`,
  );
  return row!;
}

/** Changes one column of one row, whatever it is. Returns how to set it right. */
async function plant(
  database: Database,
  table: string,
  column: string,
  type: string,
): Promise<() => Promise<void>> {
  const row = await lastOf(database.read, table);
  const other = otherThan(row[column], type);
  const changed = { ...row, [column]: other };
  await database.write(async (manager) => {
    await remove(manager, table, row);
    await insert(manager, table, changed);
  });
  return () =>
    database.write(async (manager) => {
      await remove(manager, table, changed);
      await insert(manager, table, row);
    });
}

function otherThan(value: unknown, type: string): unknown {
  if (type === "boolean") return value === 0 || value === false ? 1 : 0;
  if (type === "integer" || type === "bigint") return Number(value ?? 0) + 1;
  if (type === "text")
    return value === "[]" ? '[{"table":"orders","key":["x"],"before":null}]' : "[]";
  const text = typeof value === "string" ? value : "0";
  const end = text.endsWith("1") ? "2" : "1";
  return /^-?\d+$/.test(text) ? `${text}${end}` : `${text.slice(0, -1)}${end}`;
}

async function remove(manager: EntityManager, table: string, row: Row): Promise<void> {
  const given = Object.entries(row).filter(([, value]) => value !== null);
  const where = given.map(([name], index) => `"${name}" = ${holder(manager, index)}`).join(" AND ");
  await manager.query(
    `DELETE FROM "${table}" WHERE ${where}`,
    given.map(([, value]) => value),
  );
}

async function insert(manager: EntityManager, table: string, row: Row): Promise<void> {
  const names = Object.keys(row);
  const columns = names.map((name) => `"${name}"`).join(", ");
  const holders = names.map((_, index) => holder(manager, index)).join(", ");
  await manager.query(
    `INSERT INTO "${table}" (${columns}) VALUES (${holders})`,
    Object.values(row),
  );
}

function holder({ dataSource }: EntityManager, index: number): string {
  return dataSource.driver.createParameter("p", index);
}

/** An office that has to wait puts an act on the list of what is to come. */
async function scheduleSomething(trade: Trade): Promise<void> {
  const { administration: offices } = administration(trade);
  const { currency } = administrativeRoles;
  await sent(trade, offices.grantRole(currency, trade.buyer.id, 60, free));
  const office = await walletOf(trade, trade.buyer);
  const { target } = office.currencies;
  const act = office.currencies.interface.encodeFunctionData("approveCurrency", [trade.buyer.id]);
  await sent(trade, office.administration.schedule(target, act, 0, free));
}
