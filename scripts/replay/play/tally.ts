import type { Id } from "../../api/resources.ts";

/** A line that has been delivered and paid for; amounts in minor units, days from the order. */
export interface PaidLine {
  readonly advance: bigint;
  readonly advancedAfter: number;
  readonly toLender: bigint;
  readonly principal: bigint;
  readonly toSeller: bigint;
  readonly paidAfter: number;
}

const perDay = 1_000_000n;

/** What the played lines come to. */
export class Tally {
  issued = 0;
  accepted = 0;
  drawdowns = 0;
  deliveries = 0;
  collections = 0;
  /** Lines that an act of theirs was refused for. */
  stopped = 0;
  late = 0;
  commands = 0;
  advanced = 0n;
  principal = 0n;
  interest = 0n;
  paid = 0n;
  minted = 0n;
  /** What each party should hold, by what the API answered. */
  readonly cash = new Map<Id, bigint>();
  /** Lines without an advance, by the rule that refuses it. */
  readonly unfinanced = new Map<string, number>();

  /** Days from order to cash, in millionths of a day: sums over lines, and weighted by amount. */
  #lines = 0n;
  #withoutDays = 0n;
  #withDays = 0n;
  #withoutWeighted = 0n;
  #withWeighted = 0n;
  #received = 0n;

  mint(party: Id, amount: bigint): void {
    this.minted += amount;
    this.#move(undefined, party, amount);
  }

  advance(lender: Id, seller: Id, amount: bigint): void {
    this.drawdowns += 1;
    this.advanced += amount;
    this.#move(lender, seller, amount);
  }

  refuseAdvance(rule: string): void {
    this.unfinanced.set(rule, (this.unfinanced.get(rule) ?? 0) + 1);
  }

  pay(buyer: Id, seller: Id, lender: Id, line: PaidLine): void {
    const { toLender, toSeller } = line;
    this.collections += 1;
    this.paid += toLender + toSeller;
    this.principal += line.principal;
    this.interest += toLender - line.principal;
    this.#move(buyer, lender, toLender);
    this.#move(buyer, seller, toSeller);
    this.#count(line);
  }

  /** Mean days from order to cash. `weighted` counts each unit of money once, `plain` each line. */
  daysToCash(): { readonly without: Mean; readonly with: Mean } {
    return {
      without: {
        weighted: mean(this.#withoutWeighted, this.paid),
        plain: mean(this.#withoutDays, this.#lines),
      },
      with: {
        weighted: mean(this.#withWeighted, this.#received),
        plain: mean(this.#withDays, this.#lines),
      },
    };
  }

  #count({ advance, advancedAfter, toLender, toSeller, paidAfter }: PaidLine): void {
    const after = BigInt(paidAfter) * perDay;
    const cash = advance + toSeller;
    const waited = advance * BigInt(advancedAfter) * perDay + toSeller * after;
    this.#lines += 1n;
    this.#withoutDays += after;
    this.#withoutWeighted += (toLender + toSeller) * after;
    this.#withDays += cash === 0n ? after : waited / cash;
    this.#withWeighted += waited;
    this.#received += cash;
  }

  #move(from: Id | undefined, to: Id, amount: bigint): void {
    if (from !== undefined) this.cash.set(from, (this.cash.get(from) ?? 0n) - amount);
    this.cash.set(to, (this.cash.get(to) ?? 0n) + amount);
  }
}

export interface Mean {
  readonly weighted: number | null;
  readonly plain: number | null;
}

/** Days with one decimal; null where there is nothing to take the mean of. */
function mean(sum: bigint, count: bigint): number | null {
  return count === 0n ? null : Number((sum * 10n) / (count * perDay)) / 10;
}
