import { Actor } from "../../api/actor.ts";
import { ApiProblem } from "../../api/api-problem.ts";
import { civilTime } from "../../api/civil-time.ts";
import { Reader } from "../../api/reader.ts";
import type { DeliveryResource, Id, LoanResource, RepaymentResource } from "../../api/resources.ts";
import type { OrderTerms } from "../../api/terms.ts";
import { Seeded } from "../../random/seeded.ts";
import type { Book } from "../model/book.ts";
import { effect, valueOf } from "../model/effect.ts";
import { LoanBook } from "../model/loan-book.ts";
import type { LifePlan } from "../plan/life-plan.ts";
import { offer, type Roles } from "./cast.ts";
import { harvestOf } from "./harvest.ts";
import type { Desk, Erp } from "./erp.ts";

const goods = { itemCode: "RICE", unit: "KGM" } as const;
/** Days between acceptance and payment, and between two days of a campaign. */
export const paymentDays = 15;
const storedBps = 500n;
const mostAttempts = 8;

/** What is owed for a delivery. */
interface Debt {
  readonly receivable: Id;
  outstanding: bigint;
}

/** One order from issue to cash, played as planned; what it was granted is in the book. */
export class Life {
  readonly #desk: Desk;
  readonly #loan = new LoanBook(BigInt(offer.rateBps));
  readonly #debts: Debt[] = [];
  readonly #value: bigint;
  #accepted = 0n;
  #receipt: Id | undefined;
  #order: Id | undefined;

  constructor(
    readonly plan: LifePlan,
    readonly roles: Roles,
    erp: Erp,
    private readonly book: Book,
  ) {
    const random = new Seeded(Number(plan.quantity));
    this.#desk = erp.desk(plan.number, random);
    this.#value = valueOf(plan.quantity, plan.unitPrice);
  }

  terms(day: number): OrderTerms {
    const { plan, roles } = this;
    return {
      ...{ number: plan.number, line: 1, seller: roles.cooperative, arbiter: roles.arbiter },
      ...{ ...goods, quantity: plan.quantity, unitPrice: plan.unitPrice },
      ...{ deliverBy: civilTime(day + 80, "23:59:59"), paymentDays, inspectionDays: 3 },
    };
  }

  /** @param order where it was issued in a batch */
  async begin(day: number, order?: Id): Promise<void> {
    const { variation, drawnBps } = this.plan;
    if (order === undefined) {
      const { id } = await this.#as("buyer").issueOrder(this.terms(day));
      this.issued(id);
    } else this.issued(order);
    if (variation === "cancelled") {
      await this.#as("buyer").cancelOrder(this.#known);
      this.book.grant(effect("OrderCancelled", this.#known));
      return;
    }
    await this.#as("cooperative").acceptOrder(this.#known);
    this.book.grant(effect("OrderAccepted", this.#known));
    await this.#desk.capture(this.roles.cooperative, harvestOf(this.plan, this.roles.cooperative));
    this.book.captured += 1;
    if (variation === "greedy")
      await this.#refused("BorrowingBaseExceeded", () => this.#drawDown(this.#value));
    await this.#draw(day, (this.#value * drawnBps) / 10_000n);
  }

  async store(day: number): Promise<void> {
    if (this.plan.variation === "cancelled") return;
    const ticket = `T-${this.plan.number}`;
    await this.#weighIn(ticket, this.plan.quantity);
    const { id } = await this.#as("cooperative").earmark(this.#stored, this.#known);
    this.book.grant(effect("Earmarked", id, this.#known));
    await this.#draw(day, (this.#value * storedBps) / 10_000n);
  }

  async deliver(day: number): Promise<void> {
    const { variation, quantity, acceptedBps } = this.plan;
    if (variation === "cancelled") return;
    const taken = variation === "partial" ? (quantity * acceptedBps) / 10_000n : quantity;
    await this.#deliver(day, 1, quantity, taken);
    if (taken < quantity) {
      const back = quantity - taken;
      await this.#weighIn(`R-${this.plan.number}`, back, 1);
      this.book.grant(effect("DeliveryReturned", this.#known, 1, back));
      await this.#deliver(day, 2, back, back);
    }
    if (variation === "repaid") await this.#repay(day, this.#value / 7n);
    if (variation === "paid") await this.#pay(day, this.#value / 3n);
  }

  async collect(day: number): Promise<void> {
    if (this.plan.variation === "cancelled") return;
    for (const debt of this.#debts) {
      if (this.plan.variation === "paid") await this.#pay(day, debt.outstanding);
      else {
        await this.#as("cooperative").collect(debt.receivable);
        this.#settle(day, debt, debt.outstanding);
      }
    }
  }

  issued(order: Id): void {
    this.#order = order;
    this.book.grant(effect("OrderIssued", this.plan.number, order));
  }

  async #weighIn(ticket: string, quantity: bigint, delivery?: number): Promise<void> {
    const depositor = this.roles.cooperative;
    const returned = delivery === undefined ? {} : { returned: { order: this.#known, delivery } };
    const terms = { ...goods, ticket, depositor, lot: ticket, quantity, lossAllowanceBps: 0 };
    const receipt = await this.#as("warehouse").issueReceipt({ ...terms, ...returned });
    this.#receipt = receipt.id;
    this.book.grant(effect("ReceiptIssued", ticket, quantity));
  }

  async #deliver(day: number, number: number, quantity: bigint, taken: bigint): Promise<void> {
    const arrivesBy = civilTime(day, "23:59:59");
    const receipt = this.#stored;
    await this.#as("cooperative").despatch(this.#known, { number, quantity, arrivesBy, receipt });
    this.book.grant(effect("Despatched", this.#known, number, quantity));
    const answered = await this.#as("buyer").acceptDelivery(this.#known, number, taken);
    const { unitPrice } = this.plan;
    const before = valueOf(this.#accepted, unitPrice);
    this.#accepted += taken;
    const amount = valueOf(this.#accepted, unitPrice) - before;
    this.book.grant(effect("DeliveryAccepted", this.#known, number, taken, amount));
    this.#debts.push({ receivable: receivableOf(answered), outstanding: amount });
  }

  async #draw(day: number, amount: bigint): Promise<void> {
    await this.#drawDown(amount);
    const { lender, cooperative } = this.roles;
    this.book.grant(effect("DrawnDown", this.#known, amount));
    this.book.pay(lender, cooperative, amount);
    this.#loan.draw(day, amount);
  }

  #drawDown(amount: bigint): Promise<LoanResource> {
    return this.#onRevision((revision) =>
      this.#as("cooperative").drawDown(this.roles.facility, this.#known, amount, revision),
    );
  }

  async #repay(day: number, amount: bigint): Promise<void> {
    await this.#onRevision((revision) =>
      this.#as("cooperative").repay(this.#known, amount, revision),
    );
    const { interest, principal } = this.#loan.pay(day, amount);
    const { lender, cooperative } = this.roles;
    this.book.grant(effect("Repaid", this.#known, interest, principal));
    this.book.pay(cooperative, lender, interest + principal);
  }

  /** The buyer pays on the only debt. */
  async #pay(day: number, amount: bigint): Promise<void> {
    const [debt] = this.#debts;
    if (debt === undefined) throw new Error("Nothing is owed.");
    await this.#as("buyer").pay(debt.receivable, amount, debt.outstanding);
    this.#settle(day, debt, amount);
  }

  #settle(day: number, debt: Debt, amount: bigint): void {
    const { interest, principal } = this.#loan.pay(day, amount);
    const toLender = interest + principal;
    const { buyer, lender, cooperative } = this.roles;
    debt.outstanding -= amount;
    this.book.grant(effect("ReceivablePaid", debt.receivable, amount, toLender, amount - toLender));
    this.book.pay(buyer, lender, toLender);
    this.book.pay(buyer, cooperative, amount - toLender);
  }

  /** What was read at one process may not have reached another: read again, and another command. */
  async #onRevision<T extends LoanResource | RepaymentResource>(
    act: (revision: number) => Promise<T>,
  ): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      const reader = new Reader(this.#desk.as(this.roles.cooperative));
      const { revision } = await reader.loan(this.#known);
      try {
        return await act(revision);
      } catch (error) {
        const isStale = error instanceof ApiProblem && error.code === "StaleState";
        if (!isStale || attempt === mostAttempts) throw error;
        this.book.refused += 1;
      }
    }
  }

  async #refused(code: string, act: () => Promise<unknown>): Promise<void> {
    const answer = await act().catch((error: unknown) => error);
    if (!(answer instanceof ApiProblem) || answer.code !== code)
      throw new Error(`It should be refused with ${code}: ${String(answer)}`);
    this.book.refused += 1;
  }

  #as(role: "buyer" | "cooperative" | "warehouse"): Actor {
    return new Actor(this.#desk.as(this.roles[role]));
  }

  get #known(): Id {
    if (this.#order === undefined) throw new Error("There is no order yet.");
    return this.#order;
  }

  get #stored(): Id {
    if (this.#receipt === undefined) throw new Error("Nothing is in store.");
    return this.#receipt;
  }
}

function receivableOf({ receivable }: DeliveryResource): Id {
  if (receivable === null) throw new Error("What was accepted made no receivable.");
  return receivable;
}
