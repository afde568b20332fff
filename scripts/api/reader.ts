import type { Caller } from "./caller.ts";
import type {
  BalanceResource,
  FacilityResource,
  Id,
  LoanResource,
  OrderResource,
  Page,
  PartyResource,
  QuoteResource,
  ReceiptResource,
  ReceivableResource,
} from "./resources.ts";
import { minorUnits } from "./wire.ts";

/** What a caller may look up. `asOf` is an ISO 8601 time; what depends on the day is then of that day. */
export class Reader {
  readonly #caller: Caller;

  constructor(caller: Caller) {
    this.#caller = caller;
  }

  /** The first 200 parties, by name. */
  async parties(): Promise<Page<PartyResource>> {
    return (await this.#caller.get("/parties", { limit: 200 })) as Page<PartyResource>;
  }

  /** Minor units of a currency; 0 where the party holds none. */
  async balance(party: Id, currency = "CNY"): Promise<bigint> {
    const { balances } = (await this.#caller.get(`/parties/${party}/balance`)) as BalanceResource;
    const held = balances.find((balance) => balance.currency === currency);
    return held === undefined ? 0n : minorUnits(held.amount);
  }

  /** The order with its whole claim. */
  async order(id: Id, asOf?: string): Promise<OrderResource> {
    return (await this.#caller.get(`/orders/${id}`, { asOf })) as OrderResource;
  }

  async receipt(id: Id): Promise<ReceiptResource> {
    return (await this.#caller.get(`/receipts/${id}`)) as ReceiptResource;
  }

  async receivable(id: Id, asOf?: string): Promise<ReceivableResource> {
    return (await this.#caller.get(`/receivables/${id}`, { asOf })) as ReceivableResource;
  }

  async facility(id: Id): Promise<FacilityResource> {
    return (await this.#caller.get(`/facilities/${id}`)) as FacilityResource;
  }

  /** What could be drawn under a facility: on one order, or on each that it can be drawn for. */
  async quote(facility: Id, order?: Id, asOf?: string): Promise<QuoteResource> {
    const query = { order, asOf };
    return (await this.#caller.get(`/facilities/${facility}/quote`, query)) as QuoteResource;
  }

  async loan(root: Id, asOf?: string): Promise<LoanResource> {
    return (await this.#caller.get(`/loans/${root}`, { asOf })) as LoanResource;
  }
}
