import { Actor } from "./actor.ts";
import { Reader } from "./reader.ts";
import type { Id, LoanResource } from "./resources.ts";
import type { SandboxClient } from "./sandbox-client.ts";
import type { OrderTerms } from "./terms.ts";

/** Who takes part in a claim from its order to its payment. */
export interface ClaimParties {
  readonly buyer: Id;
  readonly cooperative: Id;
  readonly warehouse: Id;
  readonly arbiter: Id;
}

export type ClaimTerms = Omit<OrderTerms, "seller" | "arbiter">;

/**
 * One claim and all who act on it, for scripts that tell a story: each act is made by the party whose it is, on what
 * came of the acts before. Money in minor units, quantities in thousandths.
 */
export class PlayedClaim {
  readonly #client: SandboxClient;
  readonly #parties: ClaimParties;
  readonly #terms: ClaimTerms;
  readonly #receipts = new Map<string, Id>();
  readonly #receivables = new Map<number, Id>();
  #order: Id | undefined;

  constructor(client: SandboxClient, parties: ClaimParties, terms: ClaimTerms) {
    this.#client = client;
    this.#parties = parties;
    this.#terms = terms;
  }

  async issue(): Promise<void> {
    const { cooperative, arbiter } = this.#parties;
    const issued = await this.#as("buyer").issueOrder({
      ...this.#terms,
      seller: cooperative,
      arbiter,
    });
    this.#order = issued.id;
  }

  async accept(): Promise<void> {
    await this.#as("cooperative").acceptOrder(known(this.#order));
  }

  async cancel(by: "buyer" | "cooperative"): Promise<void> {
    await this.#as(by).cancelOrder(known(this.#order));
  }

  async drawDown(facility: Id, amount: bigint): Promise<void> {
    const order = known(this.#order);
    const { roots } = await this.#read("cooperative").quote(facility, order);
    const revision = roots.find((root) => root.order === order)?.revision ?? 0;
    await this.#as("cooperative").drawDown(facility, order, amount, revision);
  }

  /** The cooperative repays up to `amount` of what is due. */
  async repay(amount: bigint): Promise<void> {
    const order = known(this.#order);
    const { revision } = await this.#read("cooperative").loan(order);
    await this.#as("cooperative").repay(order, amount, revision);
  }

  /** @param returned number of the delivery that the goods came back from */
  async weighIn(ticket: string, quantity: bigint, returned?: number): Promise<void> {
    const { itemCode, unit } = this.#terms;
    const from =
      returned === undefined ? {} : { returned: { order: known(this.#order), delivery: returned } };
    const receipt = await this.#as("warehouse").issueReceipt({
      ticket,
      depositor: this.#parties.cooperative,
      itemCode,
      unit,
      lot: `LOT-${ticket}`,
      quantity,
      lossAllowanceBps: 50,
      ...from,
    });
    this.#receipts.set(ticket, receipt.id);
  }

  async earmark(ticket: string): Promise<void> {
    await this.#as("cooperative").earmark(known(this.#receipts.get(ticket)), known(this.#order));
  }

  async split(ticket: string, quantity: bigint, serial: number): Promise<void> {
    await this.#as("cooperative").split(known(this.#receipts.get(ticket)), quantity, serial);
  }

  /** @param ticket of the receipt that the goods leave; straight from the field where it is left out */
  async despatch(
    number: number,
    quantity: bigint,
    arrivesBy: string,
    ticket?: string,
  ): Promise<void> {
    const from = ticket === undefined ? {} : { receipt: known(this.#receipts.get(ticket)) };
    const terms = { number, quantity, arrivesBy, ...from };
    await this.#as("cooperative").despatch(known(this.#order), terms);
  }

  async acceptDelivery(number: number, quantity: bigint): Promise<void> {
    const order = known(this.#order);
    const { receivable } = await this.#as("buyer").acceptDelivery(order, number, quantity);
    if (receivable !== null) this.#receivables.set(number, receivable);
  }

  async collect(delivery: number): Promise<void> {
    await this.#as("cooperative").collect(known(this.#receivables.get(delivery)));
  }

  /** The loan on the claim; undefined before there is an order. */
  async loan(): Promise<LoanResource | undefined> {
    return this.#order === undefined ? undefined : this.#read("cooperative").loan(this.#order);
  }

  #as(role: keyof ClaimParties): Actor {
    return new Actor(this.#client.as(this.#parties[role]));
  }

  #read(role: keyof ClaimParties): Reader {
    return new Reader(this.#client.as(this.#parties[role]));
  }
}

function known(id: Id | undefined): Id {
  if (id === undefined) throw new Error("An act came before the one that it needs.");
  return id;
}
