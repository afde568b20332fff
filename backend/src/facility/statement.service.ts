import { Injectable } from "@nestjs/common";
import type { Actor } from "../auth/actor.ts";
import { ChainClock } from "../chain/clock.ts";
import { Contracts } from "../chain/contracts.ts";
import { DomainError } from "../chain/domain-error.ts";
import { isOperator } from "../auth/actor.ts";
import { Database } from "../database/database.ts";
import { BadInput } from "../http/bad-input.ts";
import { dateOf, dayOf, dayOfDate } from "../math/calendar.ts";
import { CurrencyService } from "../money/currency.service.ts";
import { FacilityRow, LoanMovementRow } from "./facility.entity.ts";
import { loansIn, type LoanMovement } from "./loan-movements.ts";
import { LoanService } from "./loan.service.ts";
import type { StatementDto, StatementLineDto, StatementQuery } from "./statement.dto.ts";
import { statementOf, totalsOf, type StatementLine } from "./statement.ts";

type Movement = LoanMovement & { readonly facility: string };

/** A line, and whose it is. */
interface NumberedLine extends StatementLine {
  readonly loan: number;
  readonly facility: string;
}

/** What has happened to the loans of a root, day by day. */
@Injectable()
export class StatementService {
  constructor(
    private readonly database: Database,
    private readonly contracts: Contracts,
    private readonly clock: ChainClock,
    private readonly currencies: CurrencyService,
    private readonly loans: LoanService,
  ) {}

  /** A lender sees its own loans on the root alone. */
  async statement(by: Actor, root: string, query: StatementQuery): Promise<StatementDto> {
    const order = await this.loans.visibleRoot(by, root);
    const { utcOffset } = this.contracts.deployment;
    const isSide = order.buyer === by.id || order.seller === by.id || isOperator(by);
    const today = dayOf(this.clock.now(), utcOffset);
    const to = query.to === undefined ? today : (dayOfDate(query.to) ?? today);
    if (to > today + longestAhead) {
      throw BadInput.in("to", `must not be more than ${longestAhead} days from today`);
    }
    const lines = await this.#lines(root, to, isSide ? undefined : by.id);
    const last = lines.at(-1)?.loan;
    const from =
      query.from === undefined
        ? (lines.find(({ loan }) => loan === last)?.day ?? to)
        : (dayOfDate(query.from) ?? to);
    if (from > to) throw BadInput.in("from", `must not be after ${dateOf(to)}`);
    const shown = lines.filter(({ day, loan }) =>
      query.from === undefined ? loan === last : day >= from,
    );
    const currency = await this.currencies.byToken(order.currency);
    const money = (amount: bigint): string => this.currencies.format(amount, currency);
    const totals = totalsOf(shown);
    return {
      root,
      number: order.number,
      line: order.line,
      currency: currency.symbol,
      from: dateOf(from),
      to: dateOf(to),
      lines: shown.map((line) => lineDto(line, money)),
      totals: {
        drawn: money(totals.drawn),
        repaid: money(totals.repaid),
        interest: money(totals.interest),
        interestPaid: money(totals.interestPaid),
      },
    };
  }

  async #lines(root: string, to: number, lender: string | undefined): Promise<NumberedLine[]> {
    const { read } = this.database;
    const rows = await read.find(LoanMovementRow, {
      where: { root },
      order: { block: "ASC", logIndex: "ASC" },
    });
    const { utcOffset } = this.contracts.deployment;
    const lines: NumberedLine[] = [];
    const loans = loansIn(rows.map((row) => movementOf(row, utcOffset)));
    for (const [index, movements] of loans.entries()) {
      const facility = movements[0]?.facility ?? "";
      const terms = await read.findOneBy(FacilityRow, { id: facility });
      if (terms === null) throw new DomainError("NotFound");
      if (lender !== undefined && terms.lender !== lender) continue;
      for (const line of statementOf(terms, movements, to)) {
        lines.push({ ...line, loan: index + 1, facility });
      }
    }
    return lines;
  }
}

/** A statement may look ahead: what would be due if nobody paid. */
const longestAhead = 3660;

function movementOf(row: LoanMovementRow, utcOffset: number): Movement {
  const { kind, facility, interest, principal } = row;
  const day = dayOf(row.time, utcOffset);
  switch (kind) {
    case "Drawdown":
      return { kind, facility, day, amount: row.amount };
    case "Repayment":
    case "Settlement":
      return { kind, facility, day, interest, principal };
    case "MaturityBroughtForward":
      return { kind, facility, day, maturityDay: row.maturityDay ?? day };
    case "Default":
      return { kind, facility, day };
  }
}

function lineDto(line: NumberedLine, money: (amount: bigint) => string): StatementLineDto {
  return {
    date: dateOf(line.day),
    loan: line.loan,
    facility: line.facility,
    openingPrincipal: money(line.openingPrincipal),
    drawn: money(line.drawn),
    repaid: money(line.repaid),
    closingPrincipal: money(line.closingPrincipal),
    rateBps: line.rateBps,
    interestNumerator: line.interestNumerator.toString(),
    interest: money(line.interest),
    interestAccrued: money(line.interestAccrued),
    interestPaid: money(line.interestPaid),
    interestDue: money(line.interestDue),
    maturityDate: dateOf(line.maturityDay),
    inDefault: line.inDefault,
  };
}
