import { expect } from "chai";
import { load } from "../support/chain.ts";
import { expectRefusal } from "../support/refusals.ts";
import { admittedParties, type Sheaf } from "../support/sheaf.ts";
import { orderTerms, text } from "../support/terms.ts";
import type { OrderTermsStruct } from "../../typechain-types/order/IPurchaseOrders.ts";

describe("Issuing many orders", () => {
  let sheaf: Sheaf;

  beforeEach(async () => {
    sheaf = await load(admittedParties);
  });

  function lines(count: number): OrderTermsStruct[] {
    return Array.from({ length: count }, (_, index) => orderTerms(sheaf, { line: index + 1 }));
  }

  async function statusOfLine(line: number): Promise<bigint> {
    const { orders } = sheaf.contracts;
    const id = await orders.orderId(sheaf.buyer.address, text("PO-2026-1"), line);
    return (await orders.orderById(id)).status;
  }

  it("puts all of them on record", async () => {
    await sheaf.buyer.orders.issueMany(lines(5));
    for (const line of [1, 2, 3, 4, 5]) expect(await statusOfLine(line)).to.equal(1n);
  });

  it("changes nothing where there are none", async () => {
    await expect(sheaf.buyer.orders.issueMany([])).not.to.emit(
      sheaf.contracts.orders,
      "OrderIssued",
    );
    expect(await statusOfLine(1)).to.equal(0n);
  });

  it("is refused as a whole, and names the index of the bad one: InvalidTerm", async () => {
    const terms = lines(4);
    terms[2] = orderTerms(sheaf, { line: 3, inspectionDays: 0 });
    await expectRefusal(
      sheaf.buyer.orders.issueMany(terms),
      "InvalidTerm",
      2n,
      text("inspectionDays"),
    );
    expect(await statusOfLine(1)).to.equal(0n);
  });

  it("names the first of two bad ones", async () => {
    const terms = lines(4);
    terms[1] = orderTerms(sheaf, { line: 2, quantity: 0 });
    terms[3] = orderTerms(sheaf, { line: 4, paymentDays: 400 });
    await expectRefusal(sheaf.buyer.orders.issueMany(terms), "InvalidTerm", 1n, text("quantity"));
  });

  it("is refused if it holds the same line twice, and names the order: AlreadyExists", async () => {
    const { buyer, contracts } = sheaf;
    const id = await contracts.orders.orderId(buyer.address, text("PO-2026-1"), 2);
    await expectRefusal(
      buyer.orders.issueMany([...lines(3), orderTerms(sheaf, { line: 2 })]),
      "AlreadyExists",
      id,
    );
  });

  it("is refused a second time as a whole: AlreadyExists", async () => {
    const { buyer, contracts } = sheaf;
    await buyer.orders.issueMany(lines(2));
    const id = await contracts.orders.orderId(buyer.address, text("PO-2026-1"), 1);
    await expectRefusal(buyer.orders.issueMany(lines(3)), "AlreadyExists", id);
    expect(await statusOfLine(3)).to.equal(0n);
  });

  it("is refused to a suspended buyer: PartySuspended", async () => {
    const { admin, buyer } = sheaf;
    await admin.parties.setSuspended(buyer.address, true);
    await expectRefusal(buyer.orders.issueMany(lines(2)), "PartySuspended", buyer.address);
  });
});
