import { isDeepStrictEqual } from "node:util";
import { Injectable } from "@nestjs/common";
import type { Actor } from "../auth/actor.ts";
import { PartyDirectory } from "../auth/party-directory.ts";
import { Contracts, type Act } from "../chain/contracts.ts";
import { DomainError } from "../chain/domain-error.ts";
import { normalised, zeroAddress } from "../chain/hex.ts";
import { CommandService } from "../command/command.service.ts";
import type { Effect } from "../command/effect.ts";
import { redirecting, weighed, type Intent } from "../command/intent.ts";
import { Database } from "../database/database.ts";
import { BadInput, type Fault } from "../http/bad-input.ts";
import { decimalFault, widest } from "../http/decimal.ts";
import { dateOf, dayOfDate } from "../math/calendar.ts";
import { CurrencyService } from "../money/currency.service.ts";
import type { CurrencyRow } from "../money/money.entity.ts";
import { numberBytes } from "../order/order-terms.ts";
import { ProjectionEngine } from "../projection/projection.engine.ts";
import { ChainEventRow } from "../projection/projection.entity.ts";
import type { FacilityDto, OpenFacilityBody } from "./facility.dto.ts";
import { FacilityRow } from "./facility.entity.ts";
import { FacilityService } from "./facility.service.ts";

/** The contracts count days in 16 bits. */
const lastDay = 2 ** 16 - 1;

/** What a lender opens. */
@Injectable()
export class FacilityOpening {
  constructor(
    private readonly database: Database,
    private readonly contracts: Contracts,
    private readonly commands: CommandService,
    private readonly projection: ProjectionEngine,
    private readonly currencies: CurrencyService,
    private readonly parties: PartyDirectory,
    private readonly facilities: FacilityService,
  ) {}

  /**
   * The signed-in lender opens a facility; one that was opened with the same terms is the answer.
   * @throws BadInput with every fault; DomainError `AlreadyExists` with both, for other terms
   */
  async open(intent: Intent, body: OpenFacilityBody): Promise<Effect | FacilityDto> {
    const currency = await this.#currencyOf(body);
    const act = await this.#actOf(intent.by, body, currency);
    const existing = await this.#existing(intent.by, body, act);
    if (existing !== undefined) return existing;
    try {
      const limit = this.currencies.parse(body.limit, currency, "/limit");
      const opening = weighed(intent, "facility", [currency, limit]);
      const isElsewhere = await this.#isElsewhere(intent.by, body);
      return await this.commands.perform(isElsewhere ? redirecting(opening) : opening, act, {
        status: 201,
        read: async () => {
          const row = await this.database.rows.existing(FacilityRow, keyOf(intent.by, body));
          return this.facilities.get(intent.by, row.id);
        },
      });
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== "AlreadyExists") throw error;
      // Somebody was faster, and the read model may not have it yet.
      await this.projection.catchUp();
      const other = await this.#existing(intent.by, body, act);
      if (other === undefined) throw error;
      return other;
    }
  }

  /** Whether the lender would be paid where nobody has said so before. */
  async #isElsewhere(by: Actor, { payee }: OpenFacilityBody): Promise<boolean> {
    return payee !== undefined && payee !== (await this.parties.find(by.id))?.payoutAccount;
  }

  #currencyOf({ currency }: OpenFacilityBody): Promise<CurrencyRow> {
    const { DepositCurrency } = this.contracts.deployment.contracts;
    return this.currencies.meant(currency ?? DepositCurrency, "/currency");
  }

  async #actOf(by: Actor, body: OpenFacilityBody, currency: CurrencyRow): Promise<Act> {
    const limit = this.currencies.parse(body.limit, currency, "/limit");
    const expiresDay = dayOfDate(body.expires) ?? 0;
    const faults = [
      ...(await this.#partyFaults(by, body)),
      ...limitFaults(body, currency.decimals),
      ...termFaults(body, expiresDay),
    ];
    if (faults.length > 0) throw new BadInput(faults);
    const payee = body.payee ?? (await this.parties.find(by.id))?.payoutAccount ?? by.key;
    const terms = {
      number: numberBytes(body.number),
      borrower: body.borrower,
      buyer: body.buyer,
      currency: currency.token,
      limit,
      orderAdvanceBps: body.orderAdvanceBps,
      storedAdvanceBps: body.storedAdvanceBps,
      acceptedAdvanceBps: body.acceptedAdvanceBps,
      rateBps: body.rateBps,
      penaltyRateBps: body.penaltyRateBps,
      dayBasis: body.dayBasis,
      tenorDays: body.tenorDays,
      graceDays: body.graceDays,
      sweepBps: body.sweepBps,
      expiresDay,
      payee,
      depositary: body.depositary ?? zeroAddress,
      approvedPayees: body.approvedPayees ?? [],
    };
    return this.contracts.act("Facilities", "open", [terms]);
  }

  async #existing(by: Actor, asked: OpenFacilityBody, act: Act): Promise<FacilityDto | undefined> {
    const row = await this.database.rows.one(FacilityRow, keyOf(by, asked));
    if (row === null) return undefined;
    const existing = await this.facilities.get(by, row.id);
    // As it was opened: limit and payee may be others by now.
    const { block, logIndex } = row;
    const opened = await this.database.read.findOneByOrFail(ChainEventRow, { block, logIndex });
    if (isSame(opened.args["terms"], act.args["terms"], asked)) return existing;
    throw new DomainError("AlreadyExists", { id: row.id, existing, asked });
  }

  async #partyFaults(by: Actor, body: OpenFacilityBody): Promise<Fault[]> {
    const { borrower, buyer, depositary } = body;
    const borrows = await this.parties.find(borrower);
    const buys = await this.parties.find(buyer);
    const keeps = depositary === undefined ? undefined : await this.parties.find(depositary);
    const checks: [boolean, string, string][] = [
      [borrows?.roles.includes("cooperative") ?? false, "/borrower", "is no cooperative"],
      [borrower !== by.id, "/borrower", "is the lender itself"],
      [buys?.roles.includes("buyer") ?? false, "/buyer", "is no buyer"],
      [buyer !== borrower, "/buyer", "is the borrower itself"],
      [depositary === undefined || keeps !== undefined, "/depositary", "is no party"],
      [depositary !== by.id, "/depositary", "is the lender itself"],
      [body.payee !== zeroAddress, "/payee", "is nobody's account"],
      [
        body.approvedPayees?.includes(zeroAddress) !== true,
        "/approvedPayees",
        "has nobody's account",
      ],
    ];
    return checks.flatMap(([passes, pointer, detail]) => (passes ? [] : [{ pointer, detail }]));
  }
}

function keyOf(by: Actor, { number }: OpenFacilityBody): { lender: string; number: string } {
  return { lender: by.id, number: normalised(number) };
}

/** Who leaves the payee to the payout account agrees with whichever that was then. */
function isSame(opened: unknown, asked: unknown, { payee }: OpenFacilityBody): boolean {
  const left = payee === undefined ? { payee } : {};
  return isDeepStrictEqual({ ...asText(opened), ...left }, { ...asText(asked), ...left });
}

/** Terms as an event on record has them: integers as decimal text. */
function asText(terms: unknown): Record<string, unknown> {
  const entries = Object.entries(terms as Readonly<Record<string, unknown>>);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, typeof value === "bigint" ? value.toString() : value]),
  );
}

/** A limit is narrower than money is elsewhere. */
function limitFaults({ limit }: OpenFacilityBody, decimals: number): Fault[] {
  const detail = decimalFault(limit, decimals, widest.principal);
  return detail === undefined ? [] : [{ pointer: "/limit", detail }];
}

function termFaults(body: OpenFacilityBody, expiresDay: number): Fault[] {
  return [
    ...(body.penaltyRateBps < body.rateBps
      ? [{ pointer: "/penaltyRateBps", detail: "must not be below rateBps" }]
      : []),
    ...(expiresDay < 0 || expiresDay > lastDay
      ? [{ pointer: "/expires", detail: `must be from ${dateOf(0)} to ${dateOf(lastDay)}` }]
      : []),
  ];
}
