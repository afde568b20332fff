import type { Caller } from "./caller.ts";
import type {
  BatchResource,
  DeliveryResource,
  FacilityResource,
  Id,
  LoanResource,
  OrderResource,
  ReceiptResource,
  ReceivableResource,
  RepaymentResource,
  SplitResource,
} from "./resources.ts";
import {
  despatchBody,
  facilityBody,
  orderBody,
  receiptBody,
  type DespatchTerms,
  type FacilityTerms,
  type OrderTerms,
  type ReceiptTerms,
} from "./terms.ts";
import { moneyText, quantityText } from "./wire.ts";

/**
 * What parties do, each act one command. Money in minor units, quantities in thousandths.
 * Every act throws `ApiProblem` with the name of the rule that refuses it.
 */
export class Actor {
  readonly #caller: Caller;

  constructor(caller: Caller) {
    this.#caller = caller;
  }

  /** Commits to a document; its root. */
  async commitDocument(kind: string, fields: Readonly<Record<string, string>>): Promise<Id> {
    return ((await this.#caller.post("/documents", { kind, fields })) as { readonly root: Id })
      .root;
  }

  /** Shows fields of a document to everybody. */
  async discloseFields(root: Id, fields: readonly string[]): Promise<void> {
    await this.#caller.post(`/documents/${root}/disclosures`, { fields, audience: "public" });
  }

  async issueOrder(terms: OrderTerms): Promise<OrderResource> {
    return (await this.#caller.post("/orders", orderBody(terms))) as OrderResource;
  }

  /** Orders one by one where one alone is refused; each has its own result. */
  async issueOrders(terms: readonly OrderTerms[]): Promise<BatchResource> {
    const body = { orders: terms.map(orderBody) };
    return (await this.#caller.post("/orders/batch", body)) as BatchResource;
  }

  async acceptOrder(order: Id): Promise<OrderResource> {
    return (await this.#caller.post(`/orders/${order}/acceptance`)) as OrderResource;
  }

  async cancelOrder(order: Id): Promise<OrderResource> {
    return (await this.#caller.post(`/orders/${order}/cancellation`)) as OrderResource;
  }

  async lapseOrder(order: Id): Promise<OrderResource> {
    return (await this.#caller.post(`/orders/${order}/lapse`)) as OrderResource;
  }

  async issueReceipt(terms: ReceiptTerms): Promise<ReceiptResource> {
    return (await this.#caller.post("/receipts", receiptBody(terms))) as ReceiptResource;
  }

  async earmark(receipt: Id, order: Id): Promise<ReceiptResource> {
    const answer = await this.#caller.post(`/receipts/${receipt}/earmark`, { order });
    return answer as ReceiptResource;
  }

  async unearmark(receipt: Id): Promise<ReceiptResource> {
    return (await this.#caller.post(`/receipts/${receipt}/unearmark`)) as ReceiptResource;
  }

  async split(receipt: Id, quantity: bigint, serial: number): Promise<SplitResource> {
    const body = { quantity: quantityText(quantity), serial };
    return (await this.#caller.post(`/receipts/${receipt}/split`, body)) as SplitResource;
  }

  async merge(receipt: Id, into: Id): Promise<ReceiptResource> {
    return (await this.#caller.post(`/receipts/${receipt}/merge`, { into })) as ReceiptResource;
  }

  async withdraw(receipt: Id, quantity: bigint): Promise<ReceiptResource> {
    const body = { quantity: quantityText(quantity) };
    return (await this.#caller.post(`/receipts/${receipt}/withdrawal`, body)) as ReceiptResource;
  }

  async shrink(receipt: Id, quantity: bigint): Promise<ReceiptResource> {
    const body = { quantity: quantityText(quantity) };
    return (await this.#caller.post(`/receipts/${receipt}/shrinkage`, body)) as ReceiptResource;
  }

  async despatch(order: Id, terms: DespatchTerms): Promise<DeliveryResource> {
    const answer = await this.#caller.post(`/orders/${order}/deliveries`, despatchBody(terms));
    return answer as DeliveryResource;
  }

  async recall(order: Id, delivery: number): Promise<DeliveryResource> {
    return (await this.#caller.post(`${deliveryPath(order, delivery)}/recall`)) as DeliveryResource;
  }

  async acceptDelivery(order: Id, delivery: number, quantity: bigint): Promise<DeliveryResource> {
    const body = { quantity: quantityText(quantity) };
    const answer = await this.#caller.post(`${deliveryPath(order, delivery)}/acceptance`, body);
    return answer as DeliveryResource;
  }

  async deemAccepted(order: Id, delivery: number): Promise<DeliveryResource> {
    const answer = await this.#caller.post(`${deliveryPath(order, delivery)}/deemed-acceptance`);
    return answer as DeliveryResource;
  }

  /** @param outstanding what the caller saw outstanding; `StaleState` if that has changed */
  async pay(receivable: Id, amount: bigint, outstanding: bigint): Promise<ReceivableResource> {
    const body = { amount: moneyText(amount), outstanding: moneyText(outstanding) };
    const answer = await this.#caller.post(`/receivables/${receivable}/payment`, body);
    return answer as ReceivableResource;
  }

  async collect(receivable: Id): Promise<ReceivableResource> {
    const answer = await this.#caller.post(`/receivables/${receivable}/collection`);
    return answer as ReceivableResource;
  }

  async contest(receivable: Id, amount: bigint): Promise<ReceivableResource> {
    const body = { amount: moneyText(amount) };
    const answer = await this.#caller.post(`/receivables/${receivable}/contest`, body);
    return answer as ReceivableResource;
  }

  async rule(receivable: Id, upheld: bigint): Promise<ReceivableResource> {
    const body = { upheld: moneyText(upheld) };
    return (await this.#caller.post(
      `/receivables/${receivable}/ruling`,
      body,
    )) as ReceivableResource;
  }

  async openFacility(terms: FacilityTerms): Promise<FacilityResource> {
    return (await this.#caller.post("/facilities", facilityBody(terms))) as FacilityResource;
  }

  async suspendFacility(facility: Id): Promise<FacilityResource> {
    return (await this.#caller.post(`/facilities/${facility}/suspension`)) as FacilityResource;
  }

  /** @param revision of the root, as the caller saw it; `StaleState` if that has changed */
  async drawDown(facility: Id, order: Id, amount: bigint, revision: number): Promise<LoanResource> {
    const body = { order, amount: moneyText(amount), revision };
    return (await this.#caller.post(`/facilities/${facility}/drawdowns`, body)) as LoanResource;
  }

  /** @param revision of the root, as the caller saw it; `StaleState` if that has changed */
  async repay(root: Id, amount: bigint, revision: number): Promise<RepaymentResource> {
    const body = { amount: moneyText(amount), revision };
    return (await this.#caller.post(`/loans/${root}/repayments`, body)) as RepaymentResource;
  }

  async declareDefault(root: Id): Promise<LoanResource> {
    return (await this.#caller.post(`/loans/${root}/default`)) as LoanResource;
  }
}

function deliveryPath(order: Id, delivery: number): string {
  return `/orders/${order}/deliveries/${String(delivery)}`;
}
