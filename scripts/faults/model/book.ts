import type { Id } from "../../api/resources.ts";
import type { Effect } from "./effect.ts";

/** What the campaign asked for and was granted, by its own reckoning: what the chain must say, no more and no less. */
export class Book {
  readonly effects = new Map<Effect, number>();
  /** Minor units. */
  readonly cash = new Map<Id, bigint>();
  /** What went otherwise than a life means it to go, in words. */
  readonly surprises: string[] = [];
  granted = 0;
  /** Supply-chain events. */
  captured = 0;
  refused = 0;

  grant(effect: Effect): void {
    this.granted += 1;
    this.effects.set(effect, (this.effects.get(effect) ?? 0) + 1);
  }

  mint(to: Id, amount: bigint): void {
    this.cash.set(to, (this.cash.get(to) ?? 0n) + amount);
  }

  pay(from: Id, to: Id, amount: bigint): void {
    this.mint(from, -amount);
    this.mint(to, amount);
  }
}
