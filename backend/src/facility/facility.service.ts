import { Injectable } from "@nestjs/common";
import { isOperator, type Actor } from "../auth/actor.ts";
import { PartyDirectory } from "../auth/party-directory.ts";
import { Contracts, type Act } from "../chain/contracts.ts";
import { DomainError } from "../chain/domain-error.ts";
import { PartyNames } from "../claim/party-names.ts";
import { CommandService } from "../command/command.service.ts";
import type { Effect } from "../command/effect.ts";
import { weighed, type Intent } from "../command/intent.ts";
import { ScheduledActs } from "../command/scheduled-acts.ts";
import { Database } from "../database/database.ts";
import { mapPage, pageOf, type Page } from "../http/paging.ts";
import { formatTime } from "../http/time.ts";
import { lessDownToZero } from "../math/amounts.ts";
import { dateOf } from "../math/calendar.ts";
import { CurrencyService } from "../money/currency.service.ts";
import { withReadableRefusals } from "../receivable/refusal-amounts.ts";
import type { FacilityDto, FacilityListQuery } from "./facility.dto.ts";
import { FacilityRow } from "./facility.entity.ts";

/** The agreements: what a lender lowers, suspends and closes. */
@Injectable()
export class FacilityService {
  constructor(
    private readonly database: Database,
    private readonly contracts: Contracts,
    private readonly commands: CommandService,
    private readonly administration: ScheduledActs,
    private readonly currencies: CurrencyService,
    private readonly parties: PartyDirectory,
  ) {}

  async get(by: Actor, id: string): Promise<FacilityDto> {
    return this.#dto(await this.visible(by, id), new PartyNames(this.parties));
  }

  async list(by: Actor, query: FacilityListQuery): Promise<Page<FacilityDto>> {
    const { lender, borrower, buyer, status } = query;
    const columns = ["block", "logIndex"] as const;
    const page = await pageOf(this.database.read, FacilityRow, query, columns, (rows) => {
      if (!isOperator(by)) {
        rows.andWhere("(row.lender = :me OR row.borrower = :me OR row.buyer = :me)", { me: by.id });
      }
      if (lender !== undefined) rows.andWhere("row.lender = :lender", { lender });
      if (borrower !== undefined) rows.andWhere("row.borrower = :borrower", { borrower });
      if (buyer !== undefined) rows.andWhere("row.buyer = :buyer", { buyer });
      if (status !== undefined) rows.andWhere("row.status = :status", { status });
    });
    const names = new PartyNames(this.parties);
    return mapPage(page, (row) => this.#dto(row, names));
  }

  /**
   * The facility, for its lender, its borrower and its buyer.
   * @throws DomainError `NotFound` for all others
   */
  async visible(by: Actor, id: string): Promise<FacilityRow> {
    const row = await this.database.rows.one(FacilityRow, { id });
    const sides = row === null ? [] : [row.lender, row.borrower, row.buyer];
    if (row === null || !(sides.includes(by.id) || isOperator(by))) {
      throw new DomainError("NotFound");
    }
    return row;
  }

  async lowerLimit(intent: Intent, id: string, limit: string): Promise<Effect> {
    const row = await this.#ownedBy(intent.by, id);
    const currency = await this.currencies.byToken(row.currency);
    const amount = this.currencies.parse(limit, currency, "/limit");
    const act = this.contracts.act("Facilities", "lowerLimit", [BigInt(id), amount]);
    return withReadableRefusals(this.#perform(intent, id, act), currency.decimals);
  }

  async suspend(intent: Intent, id: string): Promise<Effect> {
    await this.#ownedBy(intent.by, id);
    return this.#perform(intent, id, this.contracts.act("Facilities", "suspend", [BigInt(id)]));
  }

  /** What may be drawn is promised once more. */
  async resume(intent: Intent, id: string): Promise<Effect> {
    const row = await this.#ownedBy(intent.by, id);
    const currency = await this.currencies.byToken(row.currency);
    const promised = weighed(intent, "facility", [currency, row.limit]);
    return this.#perform(promised, id, this.contracts.act("Facilities", "resume", [BigInt(id)]));
  }

  async close(intent: Intent, id: string): Promise<Effect> {
    await this.#ownedBy(intent.by, id);
    return this.#perform(intent, id, this.contracts.act("Facilities", "close", [BigInt(id)]));
  }

  /** Names another account where the lender is paid. */
  async setPayee(intent: Intent, id: string, payee: string): Promise<Effect> {
    await this.#ownedBy(intent.by, id);
    const act = this.contracts.act("Facilities", "setPayee", [BigInt(id), payee]);
    return this.#perform(weighed(intent, "payee"), id, act);
  }

  /** Names another depositary, where the present one is of no use any more. For the operator. */
  async setDepositary(intent: Intent, id: string, depositary: string): Promise<Effect> {
    await this.visible(intent.by, id);
    const act = this.contracts.act("Facilities", "setDepositary", [BigInt(id), depositary]);
    return this.administration.perform(weighed(intent, "payee"), act, {
      read: () => this.get(intent.by, id),
    });
  }

  #perform(intent: Intent, id: string, act: Act): Promise<Effect> {
    return this.commands.perform(intent, act, { read: () => this.get(intent.by, id) });
  }

  async #ownedBy(by: Actor, id: string): Promise<FacilityRow> {
    const row = await this.visible(by, id);
    if (row.lender !== by.id) throw new DomainError("NotPermitted", { caller: by.id });
    return row;
  }

  async #dto(row: FacilityRow, names: PartyNames): Promise<FacilityDto> {
    const { expiresDay, openedAt, logIndex: _, ...same } = row;
    const currency = await this.currencies.byToken(row.currency);
    return {
      ...same,
      lenderName: await names.of(row.lender),
      borrowerName: await names.of(row.borrower),
      buyerName: await names.of(row.buyer),
      currency: currency.symbol,
      limit: this.currencies.format(row.limit, currency),
      drawn: this.currencies.format(row.drawn, currency),
      available: this.currencies.format(lessDownToZero(row.limit, row.drawn), currency),
      expires: dateOf(expiresDay),
      openedAt: formatTime(openedAt, this.contracts.deployment.utcOffset),
    };
  }
}
