import { Actor } from "../../api/actor.ts";
import { ApiProblem } from "../../api/api-problem.ts";
import { civilTime } from "../../api/civil-time.ts";
import { Reader } from "../../api/reader.ts";
import type { BatchResult, Id, ReceivableResource } from "../../api/resources.ts";
import type { SandboxClient } from "../../api/sandbox-client.ts";
import type { OrderTerms } from "../../api/terms.ts";
import { minorUnits } from "../../api/wire.ts";
import type { BookLine } from "../book/book-line.ts";
import type { Mapping } from "../book/mapping.ts";
import type { Cast, Roles } from "./cast.ts";
import type { Phase } from "./event-queue.ts";
import type { Gate } from "./gate.ts";
import { refusable } from "./refusable.ts";
import type { Tally } from "./tally.ts";

/** A line between its order and its payment. Days are the book's. */
export interface PlayedLine {
  readonly line: BookLine;
  readonly roles: Roles;
  steps: number;
  order: Id | undefined;
  receivable: Id | undefined;
  advance: bigint;
  acceptedDay: number;
}

/** What comes next for a line. */
export interface Act {
  readonly day: number;
  readonly phase: Phase;
}

export interface LineActsOptions {
  readonly client: SandboxClient;
  readonly mapping: Mapping;
  readonly cast: Cast;
  readonly gate: Gate;
  readonly tally: Tally;
  readonly shift: number;
}

/** Orders that one request issues. */
const largestBatch = 50;
const endOfDay = "23:59:59";

/** The acts of the lines of a book, each through the API. */
export class LineActs {
  readonly #options: LineActsOptions;

  constructor(options: LineActsOptions) {
    this.#options = options;
  }

  prepare(line: BookLine): PlayedLine {
    const roles = this.#options.cast.rolesOf(line);
    const nothing = { order: undefined, receivable: undefined, advance: 0n };
    return { line, roles, steps: 0, ...nothing, acceptedDay: line.deliveredDay };
  }

  /**
   * Performs one phase of a day for these lines, together.
   * @param day as it is played
   * @returns for each what comes next: nothing where it has ended, the problem where the API refuses
   */
  async perform(
    phase: Phase,
    items: readonly PlayedLine[],
    day: number,
  ): Promise<readonly (Act | ApiProblem | undefined)[]> {
    switch (phase) {
      case "order":
        return this.#order(items);
      case "draw":
        return this.#draw(items);
      case "deliver":
        return Promise.all(items.map((item) => refusable(() => this.#deliver(item, day))));
      case "collect":
        return Promise.all(items.map((item) => refusable(() => this.#collect(item))));
    }
  }

  /** One batch for each buyer, then each seller's word. */
  async #order(items: readonly PlayedLine[]): Promise<(Act | ApiProblem | undefined)[]> {
    const batches = groups(items, ({ roles }) => roles.buyer).flatMap(slices);
    const results = new Map<PlayedLine, Act | ApiProblem | undefined>();
    const issue = async (batch: readonly PlayedLine[]): Promise<void> => {
      const terms = batch.map((item) => this.#termsOf(item));
      const buyer = batch[0]?.roles.buyer;
      const answer = await refusable(() =>
        this.#command((actor) => actor.issueOrders(terms), buyer),
      );
      const accept = async (item: PlayedLine, index: number): Promise<void> => {
        const issued =
          answer instanceof ApiProblem
            ? answer
            : answer.results.find((result) => result.index === index);
        results.set(item, await refusable(() => this.#accept(item, issued)));
      };
      await Promise.all(batch.map(accept));
    };
    await Promise.all(batches.map(issue));
    return items.map((item) => results.get(item));
  }

  async #accept(item: PlayedLine, issued: BatchResult | ApiProblem | undefined): Promise<Act> {
    const { tally } = this.#options;
    if (issued instanceof ApiProblem) throw issued;
    const order = issued?.order?.id;
    if (order === undefined) throw new ApiProblem(422, "POST /orders/batch", issued?.problem ?? {});
    tally.issued += 1;
    item.order = order;
    await this.#command((actor) => actor.acceptOrder(order), item.roles.seller);
    tally.accepted += 1;
    return { day: item.line.orderDay, phase: "draw" };
  }

  /** What is available under the facility, one line after the other: its limit binds over all of them. */
  async #draw(items: readonly PlayedLine[]): Promise<(Act | ApiProblem | undefined)[]> {
    const results = new Map<PlayedLine, Act | ApiProblem | undefined>();
    const byFacility = groups(items, ({ roles }) => roles.facility).map(async (group) => {
      for (const item of group) results.set(item, await refusable(() => this.#drawOne(item)));
    });
    await Promise.all(byFacility);
    return items.map((item) => results.get(item));
  }

  async #drawOne(item: PlayedLine): Promise<Act> {
    const { client, tally, cast, gate } = this.#options;
    const { seller, facility } = item.roles;
    const next: Act = { day: item.line.deliveredDay, phase: "deliver" };
    const order = known(item.order);
    const reader = new Reader(client.as(seller));
    const { roots } = await gate.pass(() => reader.quote(facility, order));
    const quote = roots.find((root) => root.order === order);
    const available = quote === undefined ? 0n : minorUnits(quote.available);
    if (quote === undefined || available === 0n) {
      tally.refuseAdvance(quote?.refusal ?? "nothing available");
      return next;
    }
    await this.#command(
      (actor) => actor.drawDown(facility, order, available, quote.revision),
      seller,
    );
    tally.advance(cast.lender, seller, available);
    item.advance = available;
    return next;
  }

  async #deliver(item: PlayedLine, day: number): Promise<Act | undefined> {
    const { client, tally, mapping, gate } = this.#options;
    const { line, roles } = item;
    const order = known(item.order);
    const despatch = { number: 1, quantity: line.quantity, arrivesBy: civilTime(day, endOfDay) };
    await this.#command((actor) => actor.despatch(order, despatch), roles.seller);
    const { receivable } = await this.#command(
      (actor) => actor.acceptDelivery(order, 1, line.quantity),
      roles.buyer,
    );
    if (receivable === null) throw new Error(`The delivery of ${order} made no receivable.`);
    tally.deliveries += 1;
    if (line.deliveredDay > line.scheduledDay) tally.late += 1;
    item.receivable = receivable;
    if (mapping.paymentDays > 0) {
      return { day: line.deliveredDay + mapping.paymentDays, phase: "collect" };
    }
    const reader = new Reader(client.as(roles.seller));
    await this.#book(item, await gate.pass(() => reader.receivable(receivable)));
    return undefined;
  }

  async #collect(item: PlayedLine): Promise<undefined> {
    const receivable = known(item.receivable);
    await this.#book(
      item,
      await this.#command((actor) => actor.collect(receivable), item.roles.seller),
    );
    return undefined;
  }

  /** What the collection did with the money, and what it left of the loan. */
  async #book(item: PlayedLine, receivable: ReceivableResource): Promise<void> {
    const { client, cast, tally, gate, mapping } = this.#options;
    const { line, roles, advance } = item;
    const reader = new Reader(client.as(roles.seller));
    const left =
      advance === 0n
        ? 0n
        : minorUnits((await gate.pass(() => reader.loan(known(item.order)))).principal);
    tally.pay(roles.buyer, roles.seller, cast.lender, {
      advance,
      advancedAfter: 0,
      toLender: sum(receivable.payments.map(({ toLender }) => toLender)),
      principal: advance - left,
      toSeller: sum(receivable.payments.map(({ toHolder }) => toHolder)),
      paidAfter: line.deliveredDay + mapping.paymentDays - line.orderDay,
    });
  }

  #command<Value>(act: (actor: Actor) => Promise<Value>, party: Id | undefined): Promise<Value> {
    const { client, gate, tally } = this.#options;
    return gate.pass(async () => {
      const answer = await act(new Actor(client.as(known(party))));
      tally.commands += 1;
      return answer;
    });
  }

  #termsOf({ line, roles }: PlayedLine): OrderTerms {
    const { mapping, cast, shift } = this.#options;
    return {
      number: line.number,
      line: line.line,
      seller: roles.seller,
      arbiter: cast.arbiter,
      itemCode: line.item,
      unit: mapping.unit,
      quantity: line.quantity,
      unitPrice: line.unitPrice,
      deliverBy: civilTime(line.scheduledDay + shift, endOfDay),
      paymentDays: mapping.paymentDays,
      inspectionDays: mapping.inspectionDays,
    };
  }
}

function groups<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[][] {
  return [...Map.groupBy(items, keyOf).values()];
}

function slices<Item>(items: readonly Item[]): Item[][] {
  const count = Math.ceil(items.length / largestBatch);
  return Array.from({ length: count }, (_, index) =>
    items.slice(index * largestBatch, (index + 1) * largestBatch),
  );
}

function known(id: Id | undefined): Id {
  if (id === undefined) throw new Error("An act came before the one that it needs.");
  return id;
}

function sum(amounts: readonly string[]): bigint {
  return amounts.reduce((total, amount) => total + minorUnits(amount), 0n);
}
