import { Injectable } from "@nestjs/common";
import { In } from "typeorm";
import { isOperator, type Actor } from "../auth/actor.ts";
import { ChainClock } from "../chain/clock.ts";
import { Contracts } from "../chain/contracts.ts";
import { DomainError } from "../chain/domain-error.ts";
import { Database } from "../database/database.ts";
import { asOfTime } from "../http/as-of.ts";
import { BadInput } from "../http/bad-input.ts";
import { decimalFault, parseMoney, widest } from "../http/decimal.ts";
import { formatTime } from "../http/time.ts";
import { dateOf, dayOf } from "../math/calendar.ts";
import { CurrencyService } from "../money/currency.service.ts";
import type { CurrencyRow } from "../money/money.entity.ts";
import { LoanRow } from "../lien/loan.entity.ts";
import { OrderRow } from "../order/order.entity.ts";
import type { FacilityRow } from "./facility.entity.ts";
import { FacilityService } from "./facility.service.ts";
import { requireNotBefore } from "./loan-day.ts";
import type { DrawingCostDto, QuoteDto, QuoteQuery, RootQuoteDto } from "./quote.dto.ts";
import { quoteCost, quoteRoot, refusalOf, totalAvailable, type RootQuote } from "./quote.ts";
import { quotedFacility, quotedRoot } from "./roots.ts";
import { StandingService } from "./standing.service.ts";

interface Root {
  readonly order: OrderRow;
  readonly loan: LoanRow | null;
}

/** What could be drawn under a facility now, on which roots, at what cost. */
@Injectable()
export class QuoteService {
  constructor(
    private readonly database: Database,
    private readonly contracts: Contracts,
    private readonly clock: ChainClock,
    private readonly currencies: CurrencyService,
    private readonly facilities: FacilityService,
    private readonly standings: StandingService,
  ) {}

  /** For lender and borrower. */
  async quote(by: Actor, id: string, query: QuoteQuery): Promise<QuoteDto> {
    const row = await this.facilities.visible(by, id);
    if (![row.lender, row.borrower].includes(by.id) && !isOperator(by)) {
      throw new DomainError("NotFound");
    }
    const { utcOffset } = this.contracts.deployment;
    const asOf = asOfTime(query.asOf, this.clock);
    const today = dayOf(asOf, utcOffset);
    const currency = await this.currencies.byToken(row.currency);
    const money = (amount: bigint): string => this.currencies.format(amount, currency);
    const amount = query.amount === undefined ? undefined : amountIn(query.amount, currency);
    const roots =
      query.order === undefined
        ? await this.#rootsOf(row)
        : [await this.#root(by, row, query.order)];
    const facility = quotedFacility(row);
    const standing = await this.standings.of(row);
    const quotes = roots.map(({ order, loan }) => {
      requireNotBefore(today, loan);
      return quoteRoot(facility, standing, quotedRoot(order, loan), asOf, today);
    });
    const [only] = query.order === undefined ? [] : roots;
    return {
      facility: id,
      asOf: formatTime(asOf, utcOffset),
      currency: currency.symbol,
      roots: roots.map(({ order }, index) => rootDto(order, quotes[index], money)),
      totalAvailable: money(totalAvailable(facility, quotes)),
      cost: amount === undefined ? null : costDto(row, only, quotes[0], amount, today, money),
    };
  }

  /** Those that could carry a loan now, or do: what is neither undelivered nor owed nor lent on is left out. */
  async #rootsOf({ borrower, buyer, currency }: FacilityRow): Promise<Root[]> {
    const orders = await this.database.read
      .createQueryBuilder(OrderRow, "row")
      .leftJoin(LoanRow, "loan", "loan.root = row.id")
      .where({ seller: borrower, buyer, currency, status: In(["Accepted", "Lapsed"]) })
      .andWhere(
        "(row.accepted <> row.quantity OR row.owed <> '0' OR (loan.principal IS NOT NULL AND loan.principal <> '0'))",
      )
      .orderBy("row.block")
      .addOrderBy("row.logIndex")
      .getMany();
    const loans = await this.#loansOn(orders);
    return orders.map((order) => ({ order, loan: loans.get(order.id) ?? null }));
  }

  async #loansOn(orders: readonly OrderRow[]): Promise<Map<string, LoanRow>> {
    const loans = new Map<string, LoanRow>();
    // SQLite takes a limited number of parameters.
    for (let from = 0; from < orders.length; from += 500) {
      const roots = orders.slice(from, from + 500).map(({ id }) => id);
      for (const loan of await this.database.rows.all(LoanRow, { root: roots })) {
        loans.set(loan.root, loan);
      }
    }
    return loans;
  }

  /** One order of the borrower's; of another buyer's the lender sees nothing. */
  async #root(by: Actor, facility: FacilityRow, id: string): Promise<Root> {
    const order = await this.database.rows.one(OrderRow, { id });
    const isOwn = order?.seller === facility.borrower;
    const isSeen = order?.buyer === facility.buyer || by.id === facility.borrower;
    if (order === null || !isOwn || !isSeen) throw new DomainError("NotFound");
    const loan = await this.database.rows.one(LoanRow, { root: id });
    return { order, loan };
  }
}

/** @throws BadInput */
function amountIn(text: string, currency: CurrencyRow): bigint {
  const fault = decimalFault(text, currency.decimals, widest.money);
  if (fault !== undefined) throw BadInput.in("amount", fault);
  const amount = parseMoney(text, currency.decimals, "");
  if (amount === 0n) throw BadInput.in("amount", "must be more than zero");
  return amount;
}

type Format = (amount: bigint) => string;

function rootDto(order: OrderRow, quote: RootQuote | undefined, money: Format): RootQuoteDto {
  if (quote === undefined) throw new Error(`Order ${order.id} has no quote.`);
  const { base } = quote;
  return {
    order: order.id,
    number: order.number,
    line: order.line,
    borrowingBase: money(base.total),
    stages: {
      order: money(base.order),
      stored: money(base.stored),
      accepted: money(base.accepted),
    },
    principal: money(quote.principal),
    interestDue: money(quote.interestDue),
    available: money(quote.available),
    refusal: quote.refusal ?? null,
    revision: quote.revision,
  };
}

function costDto(
  row: FacilityRow,
  root: Root | undefined,
  quote: RootQuote | undefined,
  amount: bigint,
  today: number,
  money: Format,
): DrawingCostDto {
  const facility = quotedFacility(row);
  const loan = root && quotedRoot(root.order, root.loan).loan;
  const cost = quoteCost(facility, loan, amount, today);
  const refusal = root && quote && refusalOf(facility, quote, amount);
  return {
    amount: money(amount),
    order: root?.order.id ?? null,
    refusal: refusal ?? null,
    maturityDate: dateOf(cost.maturityDay),
    days: cost.days,
    interest: money(cost.interest),
    toRepay: money(cost.toRepay),
    allInYearlyRateBps: cost.allInYearlyRateBps,
    rounding: "half up to two places; simple interest, year of 365 days",
  };
}
