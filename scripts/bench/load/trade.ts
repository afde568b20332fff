import { randomUUID } from "node:crypto";
import { despatchBody, orderBody, receiptBody } from "../../api/terms.ts";
import type { Answer, Ask } from "./http-client.ts";
import type { ApiParty, Cell, Stage } from "./stage.ts";

/** What happens to an order, one change after the other. */
const steps = [
  "order",
  "accept",
  "receipt",
  "earmark",
  "drawdown",
  "despatch",
  "delivery",
  "payment",
] as const;
type Step = (typeof steps)[number];

const goods = { itemCode: "RICE", unit: "KGM", quantity: 1_000_000n };
const drawn = "1000.00";
const value = "6500.00";

let trades = 0;

/** A trade from its order to its payment: the next change is asked for when the one before was answered. */
export class Trade {
  readonly number = `L-${(trades += 1)}`;
  readonly #stage: Stage;
  readonly #cell: Cell;
  readonly #known = new Map<Step, string>();
  #next = 0;
  #key = randomUUID();

  constructor(stage: Stage, cell: Cell) {
    this.#stage = stage;
    this.#cell = cell;
  }

  get buyer(): ApiParty {
    return this.#cell.buyer;
  }

  get isDone(): boolean {
    return this.#next >= steps.length;
  }

  /** The change that comes next; the same one, with the same key, until `took` is told that it is done. */
  get ask(): Ask {
    const [by, path, body] = this.#act(steps[this.#next] ?? "payment");
    return { method: "POST", path, token: by.token, body, key: this.#key };
  }

  took({ body }: Answer): void {
    const step = steps[this.#next];
    const { id, receivable } = JSON.parse(body) as { id?: string; receivable?: string };
    if (step === "order" || step === "receipt") this.#known.set(step, id ?? "");
    if (step === "delivery") this.#known.set(step, receivable ?? "");
    this.#next += 1;
    this.#key = randomUUID();
  }

  /** The order alone, as its buyer asks for it. */
  get order(): object {
    const { arbiter, deliverBy } = this.#stage;
    return orderBody({
      ...goods,
      number: this.number,
      line: 1,
      seller: this.#cell.cooperative.id,
      arbiter,
      unitPrice: 650_00n,
      deliverBy: timeOf(deliverBy),
      paymentDays: 30,
      inspectionDays: 3,
    });
  }

  #act(step: Step): readonly [by: ApiParty, path: string, body: object] {
    const { buyer, cooperative, warehouse, facility } = this.#cell;
    const order = this.#of("order");
    const receipt = this.#of("receipt");
    switch (step) {
      case "order":
        return [buyer, "/orders", this.order];
      case "accept":
        return [cooperative, `/orders/${order}/acceptance`, {}];
      case "receipt":
        return [warehouse, "/receipts", this.#ticket()];
      case "earmark":
        return [cooperative, `/receipts/${receipt}/earmark`, { order }];
      case "drawdown":
        return [
          cooperative,
          `/facilities/${facility}/drawdowns`,
          { order, amount: drawn, revision: 0 },
        ];
      case "despatch":
        return [cooperative, `/orders/${order}/deliveries`, this.#despatch(receipt)];
      case "delivery":
        return [buyer, `/orders/${order}/deliveries/1/acceptance`, { quantity: "1000.000" }];
      case "payment":
        return [
          buyer,
          `/receivables/${this.#of("delivery")}/payment`,
          { amount: value, outstanding: value },
        ];
    }
  }

  #ticket(): object {
    const depositor = this.#cell.cooperative.id;
    const ticket = this.number;
    return receiptBody({ ...goods, ticket, depositor, lot: ticket, lossAllowanceBps: 50 });
  }

  #despatch(receipt: string): object {
    const arrivesBy = timeOf(this.#stage.deliverBy);
    return despatchBody({
      number: 1,
      quantity: goods.quantity,
      arrivesBy,
      receipt: receipt as `0x${string}`,
    });
  }

  #of(step: Step): string {
    return this.#known.get(step) ?? "";
  }
}

function timeOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(/\.\d+Z$/, "+00:00");
}
