import { Injectable } from "@nestjs/common";
import type { SelectQueryBuilder } from "typeorm";
import { isOperator, type Actor } from "../auth/actor.ts";
import { ChainClock } from "../chain/clock.ts";
import { Contracts } from "../chain/contracts.ts";
import { DomainError } from "../chain/domain-error.ts";
import { zeroAddress } from "../chain/hex.ts";
import type { CommandRow } from "../command/command.entity.ts";
import { CommandService } from "../command/command.service.ts";
import type { Effect } from "../command/effect.ts";
import { weighed, type Intent } from "../command/intent.ts";
import { ConsentService } from "../consent/consent.service.ts";
import { Database } from "../database/database.ts";
import { asOfTime } from "../http/as-of.ts";
import { BadInput } from "../http/bad-input.ts";
import { pageOf, type Page } from "../http/paging.ts";
import { LoanRow } from "../lien/loan.entity.ts";
import type { LoanStatus } from "../lien/loan-status.ts";
import { CurrencyService } from "../money/currency.service.ts";
import { OrderRow } from "../order/order.entity.ts";
import { withReadableRefusals } from "../receivable/refusal-amounts.ts";
import { FacilityRow, LoanMovementRow } from "./facility.entity.ts";
import { lendersFunds } from "./facility.errors.ts";
import { FacilityService } from "./facility.service.ts";
import { FacilityWatchers } from "./facility-watchers.ts";
import type {
  DrawdownBody,
  LoanDto,
  LoanListQuery,
  RepaymentBody,
  RepaymentDto,
} from "./loan.dto.ts";
import { LoanView } from "./loan.view.ts";

/** The debts on roots: drawn, repaid, declared in default. */
@Injectable()
export class LoanService {
  constructor(
    private readonly database: Database,
    private readonly contracts: Contracts,
    private readonly clock: ChainClock,
    private readonly commands: CommandService,
    private readonly consents: ConsentService,
    private readonly currencies: CurrencyService,
    private readonly facilities: FacilityService,
    private readonly watchers: FacilityWatchers,
    private readonly view: LoanView,
  ) {}

  /**
   * The loan on a root, also where there is none: `None`.
   * @throws DomainError `NotFound`, also to a lender for another lender's loan
   */
  async get(by: Actor, root: string, asOf: number): Promise<LoanDto> {
    const order = await this.visibleRoot(by, root);
    const loan = await this.#loanOn(root);
    if (!isOwn(by, order, loan)) throw new DomainError("NotFound");
    return this.view.one(order, loan, asOf);
  }

  /** The loan on a root, as far as the caller may see it; null where there is none, or none of its own. */
  async find(by: Actor, order: OrderRow, asOf: number): Promise<LoanDto | null> {
    const loan = await this.#loanOn(order.id);
    const isThere = loan !== null && loan.facility !== null;
    return isThere && isOwn(by, order, loan) ? this.view.one(order, loan, asOf) : null;
  }

  async list(by: Actor, query: LoanListQuery): Promise<Page<LoanDto>> {
    const { facility, status, borrower, lender } = query;
    const columns = ["sinceDay", "root"] as const;
    const page = await pageOf(this.database.read, LoanRow, query, columns, (rows) => {
      rows.andWhere("row.facility IS NOT NULL");
      if (!isOperator(by)) onlyVisible(rows, by);
      if (facility !== undefined) rows.andWhere("row.facility = :facility", { facility });
      if (lender !== undefined) rows.andWhere("row.lender = :lender", { lender });
      if (borrower !== undefined) {
        rows.andWhere(`row.root IN ${ordersOf(rows, "side.seller = :borrower")}`, { borrower });
      }
      if (status !== undefined) rows.andWhere(byStatus[status]);
    });
    return {
      items: await this.view.many(page.items, asOfTime(query.asOf, this.clock)),
      next: page.next,
    };
  }

  /** The borrower draws on one of its orders. */
  async drawDown(intent: Intent, id: string, body: DrawdownBody): Promise<Effect> {
    const { by } = intent;
    const facility = await this.facilities.visible(by, id);
    if (facility.borrower !== by.id) throw new DomainError("NotPermitted", { caller: by.id });
    if (body.payee === zeroAddress) throw BadInput.at("/payee", "is nobody's account");
    await this.visibleRoot(by, body.order);
    const currency = await this.currencies.byToken(facility.currency);
    const amount = this.currencies.parse(body.amount, currency, "/amount");
    const payee = body.payee ?? zeroAddress;
    const args = [BigInt(id), BigInt(body.order), amount, body.revision, payee] as const;
    const act = this.contracts.act("Facilities", "drawDown", [...args], { renames: lendersFunds });
    const effect = this.commands.perform(weighed(intent, "drawdown", [currency, amount]), act, {
      status: 201,
      read: () => this.get(by, body.order, this.clock.now()),
    });
    return withReadableRefusals(effect, currency.decimals);
  }

  /** Anyone repays; what is beyond the debt is not taken. */
  async repay(intent: Intent, root: string, body: RepaymentBody): Promise<Effect> {
    const order = await this.#existingRoot(root);
    const currency = await this.currencies.byToken(order.currency);
    const amount = this.currencies.parse(body.amount, currency, "/amount");
    const args = [BigInt(root), amount, body.revision] as const;
    const repayment = this.contracts.act("Facilities", "repay", [...args]);
    const act = await this.consents.withPermit(intent, repayment, currency.token, body.permit);
    const effect = this.commands.perform(weighed(intent, "repayment", [currency, amount]), act, {
      status: 201,
      read: (command) => this.#repayment(order, command),
    });
    return withReadableRefusals(effect, currency.decimals);
  }

  /** The lender declares default, past maturity plus grace. */
  declareDefault(intent: Intent, root: string): Promise<Effect> {
    return this.#lendersAct(intent, root, "declareDefault");
  }

  /** The lender writes a loan in default off in its own books; what is owed stays owed. */
  writeOff(intent: Intent, root: string): Promise<Effect> {
    return this.#lendersAct(intent, root, "writeOff");
  }

  async #lendersAct(
    intent: Intent,
    root: string,
    method: "declareDefault" | "writeOff",
  ): Promise<Effect> {
    const { by } = intent;
    const order = await this.visibleRoot(by, root);
    const loan = await this.#loanOn(root);
    const id = loan?.facility ?? null;
    const lends =
      id !== null && (await this.database.read.existsBy(FacilityRow, { id, lender: by.id }));
    if (id !== null && !lends) throw new DomainError("NotPermitted", { caller: by.id });
    const { decimals } = await this.currencies.byToken(order.currency);
    const act = this.contracts.act("Facilities", method, [BigInt(root)]);
    const effect = this.commands.perform(intent, act, {
      read: () => this.get(by, root, this.clock.now()),
    });
    return withReadableRefusals(effect, decimals);
  }

  /**
   * The order that is the root, for its buyer, its seller and who may lend on it.
   * @throws DomainError `NotFound` for all others
   */
  async visibleRoot(by: Actor, root: string): Promise<OrderRow> {
    const order = await this.#existingRoot(root);
    const isSide = order.buyer === by.id || order.seller === by.id || isOperator(by);
    if (isSide || (await this.watchers.mayWatch(by.id, root))) return order;
    throw new DomainError("NotFound");
  }

  #loanOn(root: string): Promise<LoanRow | null> {
    return this.database.rows.one(LoanRow, { root });
  }

  async #existingRoot(id: string): Promise<OrderRow> {
    const order = await this.database.rows.one(OrderRow, { id });
    if (order === null) throw new DomainError("NotFound");
    return order;
  }

  async #repayment(order: OrderRow, { transaction }: CommandRow): Promise<RepaymentDto> {
    const where = { root: order.id, kind: "Repayment" as const, transaction: transaction ?? "" };
    const { interest, principal } = await this.database.read.findOneByOrFail(
      LoanMovementRow,
      where,
    );
    const currency = await this.currencies.byToken(order.currency);
    return {
      taken: this.currencies.format(interest + principal, currency),
      interest: this.currencies.format(interest, currency),
      principal: this.currencies.format(principal, currency),
      loan: await this.view.one(order, await this.#loanOn(order.id), this.clock.now()),
    };
  }
}

/** Of its lender, its borrower and the buyer; where nobody ever lent, of all who see the root. */
function isOwn(by: Actor, order: OrderRow, loan: LoanRow | null): boolean {
  const lender = loan?.lender ?? by.id;
  return [lender, order.buyer, order.seller].includes(by.id) || isOperator(by);
}

const byStatus: Readonly<Record<LoanStatus, string>> = {
  None: "row.facility IS NULL",
  Active: "row.principal <> '0' AND row.defaultedDay IS NULL",
  Defaulted: "row.principal <> '0' AND row.defaultedDay IS NOT NULL",
  Repaid: "row.principal = '0'",
};

function onlyVisible(rows: SelectQueryBuilder<LoanRow>, by: Actor): void {
  const own = ordersOf(rows, "side.seller = :me OR side.buyer = :me");
  rows.andWhere(`(row.lender = :me OR row.root IN ${own})`, { me: by.id });
}

function ordersOf(rows: SelectQueryBuilder<LoanRow>, condition: string): string {
  return rows.subQuery().select("side.id").from(OrderRow, "side").where(condition).getQuery();
}
