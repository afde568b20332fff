import { Injectable } from "@nestjs/common";
import type { Actor } from "../auth/actor.ts";
import { Actors } from "../auth/actors.ts";
import { DomainError } from "../chain/domain-error.ts";
import { zeroAddress } from "../chain/hex.ts";
import { Signer } from "../chain/signer.ts";
import { Database } from "../database/database.ts";
import { BadInput, type Fault } from "../http/bad-input.ts";
import { formatTime } from "../http/time.ts";
import { CurrencyService } from "../money/currency.service.ts";
import { ApprovalLimitRow } from "./approval-limit.entity.ts";
import { DayLimitRow } from "./day-limit.entity.ts";
import type {
  LimitDto,
  LimitsDto,
  NamePersonDto,
  OrganisationPeopleDto,
} from "./organisation.dto.ts";
import { People } from "./people.ts";
import type { PersonRow } from "./person.entity.ts";

/** The people of an organisation, and from where on one of them is not enough. */
@Injectable()
export class OrganisationService {
  constructor(
    private readonly database: Database,
    private readonly actors: Actors,
    private readonly members: People,
    private readonly currencies: CurrencyService,
    private readonly signer: Signer,
  ) {}

  /**
   * The operator acts for organisations whose key is kept here alone: of all others somebody can sign in as owner.
   * @throws DomainError `NotFound`, `NotPermitted`
   */
  async requireKept(by: Actor, party: string): Promise<void> {
    const { key } = await this.#organisation(party);
    if (!(await this.signer.signsFor(key)))
      throw new DomainError("NotPermitted", { caller: by.id });
  }

  async people(party: string): Promise<OrganisationPeopleDto> {
    const { key } = await this.#organisation(party);
    const owner = { account: key, rank: "owner" as const, name: null, since: null };
    const others = (await this.members.list(party)).map(personDto);
    return { items: [owner, ...others] };
  }

  /** Names a person, or gives one another rank. */
  async name(
    by: Actor,
    party: string,
    account: string,
    input: NamePersonDto,
  ): Promise<OrganisationPeopleDto> {
    const { key } = await this.#organisation(party);
    if (account === key || account === zeroAddress) {
      throw BadInput.in("account", "must be neither the party's own key nor nobody's account");
    }
    await this.members.name({
      party,
      account,
      rank: input.rank,
      name: input.name,
      namedBy: by.person?.account ?? by.key,
      since: Math.floor(Date.now() / 1000),
    });
    return this.people(party);
  }

  /** @throws DomainError `NotFound` */
  async remove(party: string, account: string): Promise<void> {
    await this.#organisation(party);
    if (!(await this.members.remove(party, account))) throw new DomainError("NotFound");
  }

  async limits(party: string): Promise<LimitsDto> {
    const asked = { where: { party }, order: { kind: "ASC", currency: "ASC" } } as const;
    const rows = await this.database.read.find(ApprovalLimitRow, asked);
    const ofDays = await this.database.read.find(DayLimitRow, asked);
    const items = new Map<string, LimitDto>();
    for (const row of rows) items.set(nameOf(row), await this.#limitDto(row));
    for (const row of ofDays) {
      const known = await this.currencies.byToken(row.currency);
      const { kind, amount } = row;
      const perDay = this.currencies.format(amount, known);
      const item = items.get(nameOf(row)) ?? { kind, currency: known.symbol };
      items.set(nameOf(row), { ...item, perDay });
    }
    return { items: [...items.values()] };
  }

  /** Sets all limits at once; what is left out has none. @throws BadInput */
  async setLimits(party: string, { items }: LimitsDto): Promise<LimitsDto> {
    const { rows, ofDays } = await this.#rowsOf(party, items);
    await this.database.write(async (manager) => {
      await manager.delete(ApprovalLimitRow, { party });
      await manager.delete(DayLimitRow, { party });
      if (rows.length > 0) await manager.insert(ApprovalLimitRow, rows);
      if (ofDays.length > 0) await manager.insert(DayLimitRow, ofDays);
    });
    return this.limits(party);
  }

  async #rowsOf(
    party: string,
    items: readonly LimitDto[],
  ): Promise<{ readonly rows: ApprovalLimitRow[]; readonly ofDays: DayLimitRow[] }> {
    const faults: Fault[] = [];
    const rows: ApprovalLimitRow[] = [];
    const ofDays: DayLimitRow[] = [];
    const names = new Set<string>();
    for (const [index, { kind, currency: symbol, amount, perDay }] of items.entries()) {
      const pointer = `/items/${index}`;
      const hasAmount = amount !== undefined || perDay !== undefined;
      if ((symbol !== undefined) !== hasAmount) {
        faults.push({
          pointer,
          detail: "must have a currency and an amount, of one act or of a day, or neither",
        });
        continue;
      }
      const meant =
        symbol === undefined
          ? undefined
          : await this.currencies.meant(symbol, `${pointer}/currency`);
      const limit = { party, kind, currency: meant?.token ?? zeroAddress };
      if (names.has(nameOf(limit))) {
        faults.push({ pointer, detail: "is a second limit for the same" });
      }
      names.add(nameOf(limit));
      const minor = (text: string, name: string): bigint =>
        meant === undefined ? 0n : this.currencies.parse(text, meant, `${pointer}/${name}`);
      if (meant === undefined) rows.push({ ...limit, amount: 0n });
      if (amount !== undefined) rows.push({ ...limit, amount: minor(amount, "amount") });
      if (perDay !== undefined) ofDays.push({ ...limit, amount: minor(perDay, "perDay") });
    }
    if (faults.length > 0) throw new BadInput(faults);
    return { rows, ofDays };
  }

  async #limitDto({ kind, currency, amount }: ApprovalLimitRow): Promise<LimitDto> {
    if (currency === zeroAddress) return { kind };
    const known = await this.currencies.byToken(currency);
    return { kind, currency: known.symbol, amount: this.currencies.format(amount, known) };
  }

  /** @throws DomainError `NotFound` for what is no party, nor an office's own organisation */
  async #organisation(party: string): Promise<Actor> {
    const subject = this.actors.officeOf(party) ?? party;
    const known = (await this.actors.of(party, null)) ?? (await this.actors.of(subject, null));
    if (known === undefined) throw new DomainError("NotFound");
    return known;
  }
}

function nameOf({ kind, currency }: Pick<ApprovalLimitRow, "kind" | "currency">): string {
  return `${kind} ${currency}`;
}

function personDto({
  account,
  rank,
  name,
  since,
}: PersonRow): OrganisationPeopleDto["items"][number] {
  return { account, rank, name, since: formatTime(since, 0) };
}
