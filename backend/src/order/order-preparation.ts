import { Injectable } from "@nestjs/common";
import type { Actor, PartyRole } from "../auth/actor.ts";
import { PartyDirectory } from "../auth/party-directory.ts";
import { orderIdOf, termsHashOf, type OrderTerms } from "../chain/claim-ids.ts";
import { Contracts } from "../chain/contracts.ts";
import { normalised } from "../chain/hex.ts";
import { BadInput, type Fault } from "../http/bad-input.ts";
import { valueHalfUp } from "../math/amounts.ts";
import { CurrencyService } from "../money/currency.service.ts";
import type { CurrencyRow } from "../money/money.entity.ts";
import type { LimitCurrency } from "../organisation/worth.ts";
import { numberBytes, termsOf } from "./order-terms.ts";
import type { IssueOrderDto } from "./order.dto.ts";

const usualCurrency = "CNY";

/** An order ready to be issued. */
export interface PreparedOrder {
  readonly id: string;
  /** Normalised. */
  readonly number: string;
  readonly line: number;
  readonly terms: OrderTerms;
  readonly termsHash: string;
  /** What it obliges the buyer to: currency and minor units. */
  readonly value: readonly [LimitCurrency, bigint];
}

/** Turns what a buyer asks for into terms, and says all that is wrong with it. */
@Injectable()
export class OrderPreparation {
  constructor(
    private readonly contracts: Contracts,
    private readonly currencies: CurrencyService,
    private readonly parties: PartyDirectory,
  ) {}

  /**
   * @param parties looked up here; a batch gives one that remembers
   * @throws BadInput with every fault
   */
  async prepare(
    by: Actor,
    order: IssueOrderDto,
    parties: Pick<PartyDirectory, "find"> = this.parties,
  ): Promise<PreparedOrder> {
    const faults = [
      ...(await partyFaults(parties, order.seller, "seller", "cooperative")),
      ...(await partyFaults(parties, order.arbiter, "arbiter", "arbiter")),
      ...sameFaults(by, order),
    ];
    const priced = await this.#priced(order).catch((error: unknown) => {
      if (!(error instanceof BadInput)) throw error;
      faults.push(...error.faults);
    });
    if (faults.length > 0 || priced === undefined) throw new BadInput(faults);
    const { terms, currency } = priced;
    return {
      id: orderIdOf(by.id, numberBytes(order.number), order.line),
      number: normalised(order.number),
      line: order.line,
      terms,
      termsHash: termsHashOf(by.id, terms),
      value: [currency, valueHalfUp(BigInt(terms.quantity), BigInt(terms.unitPrice))],
    };
  }

  async #priced(
    order: IssueOrderDto,
  ): Promise<{ readonly terms: OrderTerms; readonly currency: CurrencyRow }> {
    const currency = await this.currencies.meant(order.currency ?? usualCurrency, "/currency");
    const { token, decimals } = currency;
    const { utcOffset } = this.contracts.deployment;
    return { terms: termsOf(order, { id: token, decimals }, utcOffset), currency };
  }
}

async function partyFaults(
  parties: Pick<PartyDirectory, "find">,
  id: string,
  field: string,
  role: PartyRole,
): Promise<Fault[]> {
  const pointer = `/${field}`;
  const party = await parties.find(id);
  if (party === undefined) return [{ pointer, detail: "is no admitted party" }];
  if (!party.roles.includes(role)) {
    return [{ pointer, detail: `${party.name} does not have the role ${role}` }];
  }
  return party.suspended ? [{ pointer, detail: `${party.name} is suspended` }] : [];
}

function sameFaults(by: Actor, { seller, arbiter }: IssueOrderDto): Fault[] {
  const isSame = seller === by.id || arbiter === by.id || seller === arbiter;
  const detail = "buyer, seller and arbiter of an order are three different parties";
  return isSame ? [{ pointer: seller === by.id ? "/seller" : "/arbiter", detail }] : [];
}
