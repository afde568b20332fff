import { Injectable } from "@nestjs/common";
import type { SelectQueryBuilder } from "typeorm";
import { isOperator, type Actor } from "../auth/actor.ts";
import { PartyDirectory } from "../auth/party-directory.ts";
import { ChainClock } from "../chain/clock.ts";
import { Contracts, type Act } from "../chain/contracts.ts";
import { DomainError } from "../chain/domain-error.ts";
import { RootWatchers } from "../claim/root-watchers.ts";
import { CommandService } from "../command/command.service.ts";
import type { Effect } from "../command/effect.ts";
import { weighed, type Intent } from "../command/intent.ts";
import type { ConsentDto } from "../consent/consent.dto.ts";
import { ConsentService, secondsOf } from "../consent/consent.service.ts";
import { Database } from "../database/database.ts";
import { asOfTime } from "../http/as-of.ts";
import { BadInput } from "../http/bad-input.ts";
import { pageOf, type Page } from "../http/paging.ts";
import { dayOfDate } from "../math/calendar.ts";
import { CurrencyService } from "../money/currency.service.ts";
import { OrderRow } from "../order/order.entity.ts";
import { termsOnRecord } from "../order/order-terms.ts";
import type {
  AssignmentBody,
  ContestBody,
  OfferBody,
  PaymentBody,
  ReceivableDto,
  ReceivableListQuery,
  RulingBody,
} from "./receivable.dto.ts";
import { ReceivableRow } from "./receivable.entity.ts";
import type { ReceivableStatus } from "./receivable-status.ts";
import { ReceivableView } from "./receivable.view.ts";
import { staleAmount, withReadableRefusals } from "./refusal-amounts.ts";

@Injectable()
export class ReceivableService {
  constructor(
    private readonly database: Database,
    private readonly contracts: Contracts,
    private readonly clock: ChainClock,
    private readonly commands: CommandService,
    private readonly currencies: CurrencyService,
    private readonly watchers: RootWatchers,
    private readonly view: ReceivableView,
    private readonly consents: ConsentService,
    private readonly parties: PartyDirectory,
  ) {}

  /** @throws DomainError `NoReceivable`, also for one that the caller is no counterparty of */
  async get(by: Actor, id: string, asOf?: number): Promise<ReceivableDto> {
    return this.view.one(await this.#visible(by, id), asOf ?? this.clock.now());
  }

  async list(by: Actor, query: ReceivableListQuery): Promise<Page<ReceivableDto>> {
    const page = await pageOf(
      this.database.read,
      ReceivableRow,
      query,
      ["dueDay", "block", "logIndex"],
      (rows) => {
        this.#onlyVisible(rows, by);
        narrow(rows, query);
      },
    );
    const asOf = asOfTime(query.asOf, this.clock);
    return { items: await this.view.many(page.items, asOf), next: page.next };
  }

  /** All of an order, for who may see the order. */
  async ofOrder(order: string, asOf: number): Promise<ReceivableDto[]> {
    const rows = await this.database.rows.all(ReceivableRow, { order }, ["delivery"]);
    return this.view.many(rows, asOf);
  }

  /** The debtor pays some of what it sees as outstanding. */
  async pay(intent: Intent, id: string, body: PaymentBody): Promise<Effect> {
    const row = await this.#visible(intent.by, id);
    requireParty(intent.by, row.debtor);
    const amount = await this.#money(row, body.amount, "/amount");
    const outstanding = await this.#money(row, body.outstanding, "/outstanding");
    const payment = this.contracts.act("Receivables", "pay", [...nameOf(row), amount, outstanding]);
    const act = await this.consents.withPermit(intent, payment, row.currency, body.permit);
    const currency = await this.currencies.byToken(row.currency);
    return this.#perform(weighed(intent, "payment", [currency, amount]), row, act);
  }

  /** Anyone collects what is due. */
  async collect(intent: Intent, id: string): Promise<Effect> {
    const row = await this.#existing(id);
    return this.#perform(intent, row, this.contracts.act("Receivables", "collect", nameOf(row)));
  }

  /** The debtor contests an amount, once. */
  async contest(intent: Intent, id: string, body: ContestBody): Promise<Effect> {
    const row = await this.#visible(intent.by, id);
    requireParty(intent.by, row.debtor);
    const amount = await this.#money(row, body.amount, "/amount");
    const act = this.contracts.act("Receivables", "contest", [...nameOf(row), amount]);
    return this.#perform(intent, row, act);
  }

  /** The arbiter that the order names upholds some of what is contested. */
  async rule(intent: Intent, id: string, body: RulingBody): Promise<Effect> {
    const row = await this.#visible(intent.by, id);
    const order = await this.database.rows.existing(OrderRow, { id: row.order });
    requireParty(intent.by, order.arbiter);
    const upheld = await this.#money(row, body.upheld, "/upheld");
    const terms = await termsOnRecord(this.database.read, order);
    const act = this.contracts.act("Receivables", "rule", [...nameOf(row), upheld, terms]);
    const currency = await this.currencies.byToken(row.currency);
    return this.#perform(weighed(intent, "ruling", [currency, upheld]), row, act);
  }

  /**
   * The holder's word, for a lender to buy the receivable by.
   * @throws DomainError `NotPermitted`, `StaleState`, `ConsentBeyondLimit`
   */
  async offer(intent: Intent, id: string, body: OfferBody): Promise<ConsentDto> {
    const row = await this.#visible(intent.by, id);
    requireParty(intent.by, row.holder);
    const currency = await this.currencies.byToken(row.currency);
    const assignee = await this.parties.find(body.assignee);
    if (assignee?.roles.includes("lender") !== true || assignee.id === intent.by.id) {
      throw BadInput.at("/assignee", "is no other party that has the role lender");
    }
    const price = await this.#money(row, body.price, "/price");
    const outstanding = await this.#money(row, body.outstanding, "/outstanding");
    if (outstanding !== row.outstanding) {
      const actual = this.currencies.format(row.outstanding, currency);
      throw new DomainError("StaleState", { expected: body.outstanding, actual });
    }
    const message = saleOf(row, assignee.id, price, outstanding);
    const order = await this.database.rows.existing(OrderRow, { id: row.order });
    const what = `${order.number}/${order.line}/${row.delivery}`;
    const [owed, paid] = [outstanding, price].map(
      (amount) => `${this.currencies.format(amount, currency)} ${currency.symbol}`,
    ) as [string, string];
    const says = {
      en: `Sell the receivable ${what}, of which ${owed} are outstanding, to ${assignee.name} for ${paid}, outright: all later payments are the buyer's.`,
      zh: `将应收款 ${what}（未付 ${owed}）以 ${paid} 卖断给 ${assignee.name}：此后的付款全归受让方。`,
    };
    const weight = weighed(intent, "assignment", [currency, outstanding]);
    return this.consents.give(weight, "Assignment", message, body.deadline, says);
  }

  /** A lender buys by the holder's word. Who does not have that is told nothing. */
  async assign(intent: Intent, id: string, body: AssignmentBody): Promise<Effect> {
    const row = await this.#existing(id);
    const currency = await this.currencies.byToken(row.currency);
    const price = await this.#money(row, body.price, "/price");
    const outstanding = await this.#money(row, body.outstanding, "/outstanding");
    const message = saleOf(row, intent.by.id, price, outstanding);
    const holder = await this.parties.find(row.holder);
    const isMeant = await this.consents.isBy(holder?.key ?? "", "Assignment", message, body);
    if (!isMeant) throw new DomainError("NoReceivable");
    const terms = {
      ...message,
      nonce: BigInt(body.nonce),
      deadline: secondsOf(body.deadline),
    } as const;
    const act = this.contracts.act("Receivables", "assign", [terms, body.signature], {
      renames: buyersFunds,
    });
    const permitted = await this.consents.withPermit(intent, act, row.currency, body.permit);
    return this.#perform(weighed(intent, "payment", [currency, price]), row, permitted);
  }

  async #perform(intent: Intent, row: ReceivableRow, act: Act): Promise<Effect> {
    const { decimals } = await this.currencies.byToken(row.currency);
    const effect = this.commands.perform(intent, act, {
      read: async () => this.view.one(await this.#existing(row.id), this.clock.now()),
    });
    return withReadableRefusals(effect, decimals, staleAmount);
  }

  async #money(row: ReceivableRow, text: string, pointer: string): Promise<bigint> {
    return this.currencies.parse(text, await this.currencies.byToken(row.currency), pointer);
  }

  async #existing(id: string): Promise<ReceivableRow> {
    const row = await this.database.rows.one(ReceivableRow, { id });
    if (row === null) throw new DomainError("NoReceivable");
    return row;
  }

  async #visible(by: Actor, id: string): Promise<ReceivableRow> {
    const row = await this.#existing(id);
    if (isOperator(by) || row.debtor === by.id || row.holder === by.id) return row;
    const order = await this.database.rows.existing(OrderRow, { id: row.order });
    if (order.seller === by.id || order.arbiter === by.id) return row;
    if (await this.watchers.mayWatch(by.id, row.order)) return row;
    throw new DomainError("NoReceivable");
  }

  #onlyVisible(rows: SelectQueryBuilder<ReceivableRow>, by: Actor): void {
    if (isOperator(by)) return;
    const own = rows
      .subQuery()
      .select("side.id")
      .from(OrderRow, "side")
      .where("side.seller = :me OR side.arbiter = :me")
      .getQuery();
    const watched = this.watchers.watchedRoots(rows, by.id);
    rows.andWhere(
      `(row.debtor = :me OR row.holder = :me OR row.order IN ${own} OR row.order IN ${watched})`,
      { me: by.id },
    );
  }
}

/** What the currency says of a lender that cannot pay the price. */
const buyersFunds = {
  ERC20InsufficientBalance: "PayerFundsUnavailable",
  ERC20InsufficientAllowance: "PayerFundsUnavailable",
};

/** The words of an `Assignment`, but for when it is good. */
function saleOf(row: ReceivableRow, assignee: string, price: bigint, outstanding: bigint) {
  const { order, delivery } = row;
  return {
    order: BigInt(order).toString(),
    delivery: String(delivery),
    assignee,
    price: price.toString(),
    outstanding: outstanding.toString(),
  };
}

/** What the contracts name a receivable by. */
function nameOf({ order, delivery }: ReceivableRow): [order: string, delivery: number] {
  return [order, delivery];
}

function requireParty(by: Actor, party: string): void {
  if (by.id !== party) throw new DomainError("NotPermitted", { caller: by.id });
}

const byStatus: Readonly<Record<ReceivableStatus, string>> = {
  Settled: "row.outstanding = '0'",
  Disputed: "row.outstanding <> '0' AND row.contested <> '0'",
  Overdue: "row.outstanding <> '0' AND row.contested = '0' AND row.overdue = :yes",
  PartiallyPaid:
    "row.outstanding <> '0' AND row.contested = '0' AND row.overdue = :no AND row.paid <> '0'",
  Confirmed:
    "row.outstanding <> '0' AND row.contested = '0' AND row.overdue = :no AND row.paid = '0'",
};

function narrow(rows: SelectQueryBuilder<ReceivableRow>, query: ReceivableListQuery): void {
  const { debtor, holder, order, status, dueFrom, dueTo } = query;
  if (debtor !== undefined) rows.andWhere("row.debtor = :debtor", { debtor });
  if (holder !== undefined) rows.andWhere("row.holder = :holder", { holder });
  if (order !== undefined) rows.andWhere("row.order = :order", { order });
  if (status !== undefined) rows.andWhere(`(${byStatus[status]})`, { yes: true, no: false });
  if (dueFrom !== undefined) rows.andWhere("row.dueDay >= :from", { from: dayOfDate(dueFrom) });
  if (dueTo !== undefined) rows.andWhere("row.dueDay <= :to", { to: dayOfDate(dueTo) });
}
