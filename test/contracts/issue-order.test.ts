import { expect } from "chai";
import { ethers, load } from "../support/chain.ts";
import { expectRefusal } from "../support/refusals.ts";
import { admittedParties, roles, type Sheaf } from "../support/sheaf.ts";
import { orderTerms, text } from "../support/terms.ts";
import { ZeroAddress, keccak256, AbiCoder, encodeBytes32String } from "ethers";
import type { OrderTermsStruct } from "../../typechain-types/order/IPurchaseOrders.ts";

describe("Issuing an order", () => {
  let sheaf: Sheaf;

  beforeEach(async () => {
    sheaf = await load(admittedParties);
  });

  it("puts it on record under an id that is known beforehand", async () => {
    const { buyer, cooperative, contracts } = sheaf;
    const terms = orderTerms(sheaf);
    const id = BigInt(
      keccak256(
        AbiCoder.defaultAbiCoder().encode(
          ["bytes32", "address", "bytes32", "uint32"],
          [encodeBytes32String("sheaf.purchase-order"), buyer.address, terms.number, 1],
        ),
      ),
    );
    await expect(buyer.orders.issue(terms))
      .to.emit(contracts.orders, "OrderIssued")
      .withArgs(id, buyer.address, cooperative.address, Object.values(terms));
    expect(await contracts.orders.orderId(buyer.address, terms.number, 1)).to.equal(id);
    const order = await contracts.orders.orderById(id);
    expect(order.status).to.equal(1n);
    expect([order.buyer, order.seller]).to.deep.equal([buyer.address, cooperative.address]);
    expect([order.quantity, order.unitPrice]).to.deep.equal([terms.quantity, terms.unitPrice]);
  });

  it("makes no claim before the seller has accepted", async () => {
    const { buyer, contracts } = sheaf;
    await buyer.orders.issue(orderTerms(sheaf));
    const id = await contracts.orders.orderId(buyer.address, text("PO-2026-1"), 1);
    await expectRefusal(contracts.orders.ownerOf(id), "ERC721NonexistentToken", id);
    expect(await contracts.orders.rootOf(id)).to.equal(0n);
  });

  for (const who of ["cooperative", "warehouse", "lender", "arbiter", "stranger"] as const)
    it(`is refused to the ${who}: NotPermitted`, async () => {
      const call = sheaf[who].orders.issue(orderTerms(sheaf));
      await expectRefusal(call, "NotPermitted", sheaf[who].address);
    });

  it("is refused while originating is paused: Paused, before PartySuspended", async () => {
    await sheaf.admin.parties.setPaused(true);
    await sheaf.admin.parties.setSuspended(sheaf.buyer.address, true);
    await expectRefusal(sheaf.buyer.orders.issue(orderTerms(sheaf)), "Paused");
  });

  it("is refused to a suspended buyer: PartySuspended", async () => {
    const { admin, buyer } = sheaf;
    await admin.parties.setSuspended(buyer.address, true);
    await expectRefusal(buyer.orders.issue(orderTerms(sheaf)), "PartySuspended", buyer.address);
  });

  it("is refused a second time, whatever the terms: AlreadyExists", async () => {
    const { buyer, contracts } = sheaf;
    await buyer.orders.issue(orderTerms(sheaf));
    const id = await contracts.orders.orderId(buyer.address, text("PO-2026-1"), 1);
    await expectRefusal(buyer.orders.issue(orderTerms(sheaf)), "AlreadyExists", id);
    await expectRefusal(
      buyer.orders.issue(orderTerms(sheaf, { quantity: 0n })),
      "AlreadyExists",
      id,
    );
  });

  it("does not collide with the same number of another buyer, nor with another line", async () => {
    const { buyer, otherBuyer } = sheaf;
    await buyer.orders.issue(orderTerms(sheaf));
    await buyer.orders.issue(orderTerms(sheaf, { line: 2n }));
    await expect(otherBuyer.orders.issue(orderTerms(sheaf))).to.emit(
      sheaf.contracts.orders,
      "OrderIssued",
    );
  });

  describe("is refused for a term that cannot be recorded: InvalidTerm", () => {
    const cases: readonly (readonly [
      why: string,
      field: string,
      terms: (sheaf: Sheaf) => Partial<OrderTermsStruct>,
    ])[] = [
      ["no number", "number", () => ({ number: text("") })],
      ["the buyer as seller", "seller", ({ buyer }) => ({ seller: buyer.address })],
      ["a seller that is no party", "seller", ({ stranger }) => ({ seller: stranger.address })],
      ["a seller of another role", "seller", ({ warehouse }) => ({ seller: warehouse.address })],
      ["an arbiter that is no party", "arbiter", () => ({ arbiter: ZeroAddress })],
      ["an arbiter of another role", "arbiter", ({ lender }) => ({ arbiter: lender.address })],
      [
        "a currency that is not approved",
        "currency",
        ({ stranger: { address } }) => ({ currency: address }),
      ],
      ["no quantity", "quantity", () => ({ quantity: 0n })],
      ["no price", "unitPrice", () => ({ unitPrice: 0n })],
      ["a value that rounds to nothing", "unitPrice", () => ({ quantity: 1n, unitPrice: 49_999n })],
      [
        "a value beyond 64 bits",
        "unitPrice",
        () => ({ quantity: 2n ** 48n - 1n, unitPrice: 2n ** 48n - 1n }),
      ],
      ["a payment term beyond a year", "paymentDays", () => ({ paymentDays: 366n })],
      ["no inspection period", "inspectionDays", () => ({ inspectionDays: 0n })],
    ];
    for (const [why, field, changes] of cases)
      it(why, async () => {
        const call = sheaf.buyer.orders.issue(orderTerms(sheaf, changes(sheaf)));
        await expectRefusal(call, "InvalidTerm", 0n, text(field));
      });

    it("a party that is buyer and seller, or arbiter and either, of one order", async () => {
      const { admin, buyer, cooperative } = sheaf;
      await admin.parties.setRoles(buyer.address, roles.buyer | roles.cooperative | roles.arbiter);
      await admin.parties.setRoles(cooperative.address, roles.cooperative | roles.arbiter);
      for (const [field, changes] of [
        ["seller", { seller: buyer.address }],
        ["arbiter", { arbiter: buyer.address }],
        ["arbiter", { arbiter: cooperative.address }],
      ] as const)
        await expectRefusal(
          buyer.orders.issue(orderTerms(sheaf, changes)),
          "InvalidTerm",
          0n,
          text(field),
        );
    });

    it("a suspended seller or arbiter", async () => {
      const { admin, buyer, cooperative, arbiter } = sheaf;
      await admin.parties.setSuspended(arbiter.address, true);
      await expectRefusal(
        buyer.orders.issue(orderTerms(sheaf)),
        "InvalidTerm",
        0n,
        text("arbiter"),
      );
      await admin.parties.setSuspended(cooperative.address, true);
      await expectRefusal(buyer.orders.issue(orderTerms(sheaf)), "InvalidTerm", 0n, text("seller"));
    });
  });

  it("takes the largest terms that fit, and the smallest that are worth a minor unit", async () => {
    const { buyer } = sheaf;
    const largest = {
      quantity: 2n ** 48n - 1n,
      unitPrice: 6_553_600_000n,
      paymentDays: 365n,
      inspectionDays: 65_535n,
      deliverBy: 2n ** 40n - 1n,
    };
    await buyer.orders.issue(orderTerms(sheaf, largest));
    const smallest = { line: 2n, quantity: 1n, unitPrice: 50_000n, paymentDays: 0n };
    await buyer.orders.issue(orderTerms(sheaf, smallest));
  });

  it("refuses a quantity beyond its width instead of cutting it", async () => {
    const { buyer, addresses, contracts } = sheaf;
    const terms = orderTerms(sheaf);
    const call = contracts.orders.interface.encodeFunctionData("issue", [terms]);
    const word = (value: bigint): string => value.toString(16).padStart(64, "0");
    const wide = call.replace(word(20_000_000n), word(20_000_000n + 2n ** 48n));
    expect(wide).not.to.equal(call);
    await expect(
      buyer.signer.sendTransaction({ to: addresses.orders, data: wide }),
    ).to.be.revertedWithoutReason(ethers);
  });
});
