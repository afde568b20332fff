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

/** An act that moved goods, with the ids that the ledger gave. Quantities in thousandths. */
export type GoodsAct =
  | {
      readonly act: "weighedIn";
      readonly receipt: Id;
      readonly lot: string;
      readonly quantity: bigint;
      /** The delivery that the goods came back from. */
      readonly returned: { readonly order: Id; readonly delivery: number } | undefined;
    }
  | { readonly act: "earmarked"; readonly receipt: Id; readonly order: Id }
  | {
      readonly act: "split";
      readonly receipt: Id;
      readonly child: Id;
      readonly quantity: bigint;
    }
  | {
      readonly act: "despatched";
      readonly order: Id;
      readonly delivery: number;
      readonly quantity: bigint;
      /** That the goods leave; undefined where they come straight from the field. */
      readonly receipt: Id | undefined;
    }
  | {
      readonly act: "accepted";
      readonly order: Id;
      readonly delivery: number;
      readonly quantity: bigint;
      readonly receivable: Id | null;
    };

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
  readonly #tell: (act: GoodsAct) => void;
  readonly #ticketOf: (ticket: string) => Promise<Id | undefined>;
  #order: Id | undefined;

  /**
   * @param tell hears of each act that moved goods, once it is done
   * @param ticketOf root of what a weigh ticket says besides, where anybody has committed to it
   */
  constructor(
    client: SandboxClient,
    parties: ClaimParties,
    terms: ClaimTerms,
    tell: (act: GoodsAct) => void = () => undefined,
    ticketOf: (ticket: string) => Promise<Id | undefined> = () => Promise.resolve(undefined),
  ) {
    this.#client = client;
    this.#parties = parties;
    this.#terms = terms;
    this.#tell = tell;
    this.#ticketOf = ticketOf;
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
    const lot = `LOT-${ticket}`;
    const delivery =
      returned === undefined ? undefined : { order: known(this.#order), delivery: returned };
    const termsRoot = await this.#ticketOf(ticket);
    const receipt = await this.#as("warehouse").issueReceipt({
      ticket,
      depositor: this.#parties.cooperative,
      itemCode,
      unit,
      lot,
      quantity,
      lossAllowanceBps: 50,
      ...(termsRoot !== undefined && { termsRoot }),
      ...(delivery !== undefined && { returned: delivery }),
    });
    this.#receipts.set(ticket, receipt.id);
    this.#tell({ act: "weighedIn", receipt: receipt.id, lot, quantity, returned: delivery });
  }

  async earmark(ticket: string): Promise<void> {
    const [receipt, order] = [known(this.#receipts.get(ticket)), known(this.#order)];
    await this.#as("cooperative").earmark(receipt, order);
    this.#tell({ act: "earmarked", receipt, order });
  }

  async split(ticket: string, quantity: bigint, serial: number): Promise<void> {
    const receipt = known(this.#receipts.get(ticket));
    const { child } = await this.#as("cooperative").split(receipt, quantity, serial);
    this.#tell({ act: "split", receipt, child: child.id, quantity });
  }

  /** @param ticket of the receipt that the goods leave; straight from the field where it is left out */
  async despatch(
    number: number,
    quantity: bigint,
    arrivesBy: string,
    ticket?: string,
  ): Promise<void> {
    const order = known(this.#order);
    const receipt = ticket === undefined ? undefined : known(this.#receipts.get(ticket));
    const terms = { number, quantity, arrivesBy, ...(receipt !== undefined && { receipt }) };
    await this.#as("cooperative").despatch(order, terms);
    this.#tell({ act: "despatched", order, delivery: number, quantity, receipt });
  }

  async acceptDelivery(number: number, quantity: bigint): Promise<void> {
    const order = known(this.#order);
    const { receivable } = await this.#as("buyer").acceptDelivery(order, number, quantity);
    if (receivable !== null) this.#receivables.set(number, receivable);
    this.#tell({ act: "accepted", order, delivery: number, quantity, receivable });
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
