import { Injectable } from "@nestjs/common";
import { PartyDirectory } from "../auth/party-directory.ts";
import { Contracts } from "../chain/contracts.ts";
import { PartyNames } from "../claim/party-names.ts";
import { Database } from "../database/database.ts";
import { formatTime } from "../http/time.ts";
import { LoanRow } from "../lien/loan.entity.ts";
import { loanDaysPastDue, loanStatus } from "../lien/loan-status.ts";
import { dateOf, dayOf } from "../math/calendar.ts";
import { CurrencyService } from "../money/currency.service.ts";
import { OrderRow } from "../order/order.entity.ts";
import { FacilityRow } from "./facility.entity.ts";
import { requireNotBefore } from "./loan-day.ts";
import type { LoanDto } from "./loan.dto.ts";
import { quoteRoot, type RootQuote } from "./quote.ts";
import { quotedFacility, quotedRoot } from "./roots.ts";
import { StandingService } from "./standing.service.ts";

/** Loans as the API shows them. */
@Injectable()
export class LoanView {
  constructor(
    private readonly database: Database,
    private readonly contracts: Contracts,
    private readonly currencies: CurrencyService,
    private readonly parties: PartyDirectory,
    private readonly standings: StandingService,
  ) {}

  /** @param loan null where no money has ever moved on the root */
  async one(order: OrderRow, loan: LoanRow | null, asOf: number): Promise<LoanDto> {
    const id = loan?.facility ?? null;
    const facility = id === null ? null : await this.database.rows.existing(FacilityRow, { id });
    return this.#dto(order, loan, facility, new PartyNames(this.parties), asOf);
  }

  async many(loans: readonly LoanRow[], asOf: number): Promise<LoanDto[]> {
    const { rows } = this.database;
    const orders = await rows.all(OrderRow, { id: loans.map(({ root }) => root) });
    const ids = new Set(loans.flatMap(({ facility }) => facility ?? []));
    const facilities = await rows.all(FacilityRow, { id: [...ids] });
    const names = new PartyNames(this.parties);
    return Promise.all(
      loans.map((loan) => {
        const order = orders.find(({ id }) => id === loan.root);
        const facility = facilities.find(({ id }) => id === loan.facility) ?? null;
        if (order === undefined) throw new Error(`The loan on ${loan.root} has no order.`);
        return this.#dto(order, loan, facility, names, asOf);
      }),
    );
  }

  async #dto(
    order: OrderRow,
    loan: LoanRow | null,
    facility: FacilityRow | null,
    names: PartyNames,
    asOf: number,
  ): Promise<LoanDto> {
    const { utcOffset } = this.contracts.deployment;
    const today = dayOf(asOf, utcOffset);
    const currency = await this.currencies.byToken(order.currency);
    const money = (amount: bigint): string => this.currencies.format(amount, currency);
    requireNotBefore(today, loan);
    const quote = facility === null ? undefined : await this.#quote(facility, order, loan, asOf);
    const [principal, interest] = [quote?.principal ?? 0n, quote?.interestDue ?? 0n];
    const lender = facility?.lender ?? null;
    return {
      root: order.id,
      number: order.number,
      line: order.line,
      facility: facility?.id ?? null,
      status: loan === null ? "None" : loanStatus(loan),
      lender,
      lenderName: lender === null ? null : await names.of(lender),
      borrower: order.seller,
      borrowerName: await names.of(order.seller),
      currency: currency.symbol,
      principal: money(principal),
      interestDue: money(interest),
      due: money(principal + interest),
      maturityDate: dateOrNull(loan?.maturityDay),
      since: dateOrNull(loan?.sinceDay),
      daysPastDue: loan === null ? 0 : loanDaysPastDue(loan, today),
      defaultedOn: dateOrNull(loan?.defaultedDay),
      writtenOffOn: loan?.writtenOffAt ? dateOf(dayOf(loan.writtenOffAt, utcOffset)) : null,
      revision: loan?.revision ?? 0,
      borrowingBase: quote === undefined ? null : money(quote.base.total),
      available: quote === undefined ? null : money(quote.available),
      asOf: formatTime(asOf, utcOffset),
    };
  }

  async #quote(
    row: FacilityRow,
    order: OrderRow,
    loan: LoanRow | null,
    asOf: number,
  ): Promise<RootQuote> {
    const today = dayOf(asOf, this.contracts.deployment.utcOffset);
    const standing = await this.standings.of(row);
    return quoteRoot(quotedFacility(row), standing, quotedRoot(order, loan), asOf, today);
  }
}

function dateOrNull(day: number | null | undefined): string | null {
  return day === null || day === undefined ? null : dateOf(day);
}
