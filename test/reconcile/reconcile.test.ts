import { expect } from "chai";
import { Rpc } from "../../backend/src/chain/rpc.ts";
import { Database } from "../../backend/src/database/database.ts";
import { OrderRow } from "../../backend/src/order/order.entity.ts";
import { ReceivableRow } from "../../backend/src/receivable/receivable.entity.ts";
import { reconcile, type Reconciliation } from "../../scripts/reconcile/reconcile.ts";
import { delivered, drawDown, openFacility, storyOrder } from "../support/trade-acts.ts";
import { administration, free, sent } from "../support/trade-wallets.ts";
import { made, startTrade, type Trade } from "../support/trade.ts";

describe("Reconciling the read model with the chain", function () {
  this.timeout(60_000);
  let trade: Trade;
  let rpc: Rpc;
  let database: Database;
  let order: string;
  let receivable: string;

  before(async () => {
    trade = await startTrade();
    const { chain, started, buyer, cooperative, warehouse } = trade;
    rpc = new Rpc(chain.url, chain.deployment.chainId);
    database = started.backend.app.get(Database);
    const facility = await openFacility(trade);
    order = await storyOrder(trade, "PO-1");
    made(await drawDown(trade, facility, order, "78000.00"));
    const ticket = { ticket: "T-1", depositor: cooperative.id, itemCode: "RICE", unit: "KGM" };
    const goods = { lot: "L-1", quantity: "500.000", lossAllowanceBps: 0 };
    const { id } = made(await warehouse.post("/api/v1/receipts", { ...ticket, ...goods }));
    made(await cooperative.post(`/api/v1/receipts/${String(id)}/earmark`, { order }));
    receivable = await delivered(trade, order, 1, "1000.000");
    const repaid = await storyOrder(trade, "PO-2");
    made(await drawDown(trade, facility, repaid, "100.00"));
    made(
      await cooperative.post(`/api/v1/loans/${repaid}/repayments`, {
        amount: "200.00",
        revision: 1,
      }),
    );
    const withdrawn = await buyer.post("/api/v1/orders", {
      ...{ number: "PO-3", line: 1, seller: cooperative.id, arbiter: trade.arbiter.id },
      ...{ itemCode: "RICE", unit: "KGM", quantity: "1", unitPrice: "1", deliverBy: "2026-12-01" },
      ...{ paymentDays: 30, inspectionDays: 3 },
    });
    made(await buyer.post(`/api/v1/orders/${String(made(withdrawn)["id"])}/cancellation`));
    const { parties, provenance } = administration(trade);
    for (const pause of [true, false]) await sent(trade, parties.setPaused(pause, free));
    await sent(trade, provenance.anchor(`0x${"5e".repeat(32)}`, 1, 7, free));
  });

  after(async () => {
    rpc.destroy();
    await trade.close();
  });

  const reconciled = (): Promise<Reconciliation> =>
    reconcile(database.read, rpc, trade.chain.deployment);

  it("finds nothing where both tell the same, of every noun", async () => {
    const { differences, compared } = await reconciled();
    expect(differences).to.deep.equal([]);
    for (const [noun, rows] of compared) expect(rows, noun).to.be.greaterThan(0);
  });

  it("names the claim and the field that differ", async () => {
    await database.write((manager) => manager.update(OrderRow, order, { accepted: 999_999n }));
    expect((await reconciled()).differences).to.deep.equal([
      `order ${order}: accepted is 999999 in the read model, 1000000 on chain`,
    ]);
    await database.write((manager) => manager.update(OrderRow, order, { accepted: 1_000_000n }));
  });

  it("names what is on chain alone", async () => {
    await database.write((manager) => manager.delete(ReceivableRow, receivable));
    expect((await reconciled()).differences).to.deep.equal([
      `receivable ${receivable} is on chain alone`,
    ]);
  });

  it("does not compare with a chain that is not the database's", async () => {
    const other = { ...trade.chain.deployment, genesisHash: `0x${"0".repeat(64)}` };
    const refused = await reconcile(database.read, rpc, other).catch(String);
    expect(refused).to.match(/another deployment/);
  });
});
