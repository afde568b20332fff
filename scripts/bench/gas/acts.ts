import {
  encodeBytes32String,
  hexlify,
  id,
  toUtf8Bytes,
  ZeroAddress,
  ZeroHash,
  type ContractTransactionResponse,
} from "ethers";
import type { FacilityTermsStruct } from "../../../typechain-types/facility/IFacilities.ts";
import type { OrderTermsStruct } from "../../../typechain-types/order/IPurchaseOrders.ts";
import type { ReceiptTermsStruct } from "../../../typechain-types/warehouse/IWarehouseReceipts.ts";
import { morningOf, type Cast } from "./cast.ts";

type Sent = Promise<ContractTransactionResponse>;

const text = encodeBytes32String;
const treeSize = 16_384;
const kilogram = hexlify(toUtf8Bytes("KGM"));
const expiresDay = BigInt(Math.floor((morningOf(360) + 8 * 3600) / 86_400));

/** The acts as calls to the contracts: orders, receipts and facilities are named by a number of one's own. */
export class Acts {
  constructor(private readonly cast: Cast) {}

  issueOrder(order: number): Sent {
    return this.cast.buyer.orders.issue(this.orderTerms(order));
  }

  issueOrders(first: number, count: number): Sent {
    const terms = Array.from({ length: count }, (_, index) => this.orderTerms(first + index));
    return this.cast.buyer.orders.issueMany(terms);
  }

  async acceptOrder(order: number): Sent {
    const { contracts, cooperative } = this.cast;
    const orderId = await this.orderId(order);
    return cooperative.orders.accept(orderId, await contracts.orders.termsHashById(orderId));
  }

  openFacility(facility: number): Sent {
    return this.cast.lender.facilities.open(this.facilityTerms(facility));
  }

  /** Draws minor units, acting on the root as it is. */
  async drawDown(facility: number, order: number, amount: bigint): Sent {
    const { contracts, cooperative, lender } = this.cast;
    const facilityId = await contracts.facilities.facilityId(
      lender.address,
      this.facilityTerms(facility).number,
    );
    const orderId = await this.orderId(order);
    const { revision } = await contracts.liens.loanOf(orderId);
    return cooperative.facilities.drawDown(facilityId, orderId, amount, revision, ZeroAddress);
  }

  async repay(order: number, amount: bigint): Sent {
    const orderId = await this.orderId(order);
    const { revision } = await this.cast.contracts.liens.loanOf(orderId);
    return this.cast.cooperative.facilities.repay(orderId, amount, revision);
  }

  /** Weighs in thousandths of a kilogram. */
  issueReceipt(receipt: number, quantity: bigint): Sent {
    return this.cast.warehouse.receipts.issue(this.receiptTerms(receipt, quantity), ZeroHash);
  }

  async earmark(receipt: number, order: number): Sent {
    const { buyer, contracts, cooperative } = this.cast;
    const details = await contracts.orders.hashDetails(buyer.address, this.orderTerms(order));
    return cooperative.receipts.earmark(
      await this.receiptId(receipt),
      await this.orderId(order),
      details,
    );
  }

  async unearmark(receipt: number): Sent {
    return this.cast.cooperative.receipts.unearmark(await this.receiptId(receipt));
  }

  async split(receipt: number, quantity: bigint, serial: number): Sent {
    const { receipts } = this.cast.cooperative;
    return receipts.split(await this.receiptId(receipt), quantity, serial);
  }

  async withdraw(receipt: number, quantity: bigint): Sent {
    return this.cast.cooperative.receipts.withdraw(await this.receiptId(receipt), quantity);
  }

  /** Despatches from this receipt, or from the field (0), for arrival within the week. */
  async despatch(order: number, number: number, receipt: number, quantity: bigint): Sent {
    const { deliveries } = this.cast.cooperative;
    const receiptId = receipt === 0 ? 0n : await this.receiptId(receipt);
    const orderId = await this.orderId(order);
    return deliveries.despatch(orderId, number, receiptId, quantity, morningOf(7));
  }

  /** Accepts goods that left this receipt, or the field (0). */
  async acceptDelivery(order: number, number: number, receipt: number, quantity: bigint): Sent {
    const { deliveries } = this.cast.buyer;
    const receiptId = receipt === 0 ? 0n : await this.receiptId(receipt);
    return deliveries.accept(await this.orderId(order), number, receiptId, quantity);
  }

  async collect(order: number, delivery: number): Sent {
    const { receivables } = this.cast.cooperative;
    return receivables.collect(await this.orderId(order), delivery);
  }

  /** The buyer pays all that is outstanding. */
  async pay(order: number, delivery: number): Sent {
    const { buyer, contracts } = this.cast;
    const orderId = await this.orderId(order);
    const { outstanding } = await contracts.receivables.receivableOf(orderId, delivery);
    return buyer.receivables.pay(orderId, delivery, outstanding, outstanding);
  }

  /** The root of the `number`th tree of events, all of which are of one size. */
  anchor(number: number): Sent {
    const { provenance } = this.cast.contracts;
    return provenance.anchor(id(`tree ${number}`), 1 + (number - 1) * treeSize, treeSize);
  }

  /** 20,000.000 kg at 6.5000, paid 30 days after acceptance. */
  private orderTerms(order: number): OrderTermsStruct {
    return {
      number: text(`PO-2026-${order}`),
      line: 1n,
      seller: this.cast.cooperative.address,
      arbiter: this.cast.arbiter.address,
      currency: this.cast.currency,
      item: text("RICE"),
      unit: kilogram,
      quantity: 20_000_000n,
      unitPrice: 650_00n,
      deliverBy: BigInt(morningOf(60)),
      paymentDays: 30n,
      inspectionDays: 3n,
      termsRoot: id(`terms of order ${order}`),
    };
  }

  private receiptTerms(receipt: number, quantity: bigint): ReceiptTermsStruct {
    return {
      ticket: text(`T-2026-${receipt}`),
      depositor: this.cast.cooperative.address,
      item: text("RICE"),
      unit: kilogram,
      lot: text("LOT-1"),
      quantity,
      lossAllowanceBps: 100n,
      termsRoot: id(`terms of receipt ${receipt}`),
      order: 0n,
      delivery: 0n,
    };
  }

  /** All of a payment goes to the loan first. */
  private facilityTerms(facility: number): FacilityTermsStruct & { readonly number: string } {
    return {
      number: text(`F-2026-${facility}`),
      borrower: this.cast.cooperative.address,
      buyer: this.cast.buyer.address,
      currency: this.cast.currency,
      limit: 500_000_00n,
      orderAdvanceBps: 6000n,
      storedAdvanceBps: 7000n,
      acceptedAdvanceBps: 8500n,
      rateBps: 452n,
      penaltyRateBps: 678n,
      dayBasis: 360n,
      tenorDays: 90n,
      graceDays: 5n,
      sweepBps: 10_000n,
      expiresDay,
      payee: this.cast.lender.address,
      depositary: ZeroAddress,
      approvedPayees: [],
    };
  }

  private orderId(order: number): Promise<bigint> {
    const { contracts, buyer } = this.cast;
    return contracts.orders.orderId(buyer.address, text(`PO-2026-${order}`), 1n);
  }

  private receiptId(receipt: number): Promise<bigint> {
    const { contracts, warehouse } = this.cast;
    return contracts.receipts.receiptId(warehouse.address, text(`T-2026-${receipt}`));
  }
}
