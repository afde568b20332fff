import { expect } from "chai";
import type { Trace } from "../../../backend/src/trace/trace.ts";
import { partyId, ToldLedger } from "../../support/told-ledger.ts";
import { declarationsOf, randomRecord, type Fact, type RandomEvent } from "./random-record.ts";
import { uriOf } from "./told.ts";

const seeds = Array.from({ length: 12 }, (_, at) => at + 1);
const length = 60;

type Made = Extract<Fact, { kind: "made" }>;

/** What a person with pen and paper would find: all facts, again and again, until nothing is new. */
class Model {
  readonly #facts: readonly Fact[];

  constructor(events: readonly RandomEvent[]) {
    this.#facts = events.filter(({ isWrong }) => !isWrong).map(({ fact }) => fact);
  }

  get #made(): Made[] {
    return this.#facts.filter((fact) => fact.kind === "made");
  }

  ancestors(lot: string): Set<string> {
    return this.#closure(lot, ({ from, to }, known) =>
      to.some(([one]) => known.has(one)) ? from.map(([one]) => one) : [],
    );
  }

  descendants(lot: string): Set<string> {
    return this.#closure(lot, ({ from, to }, known) =>
      from.some(([one]) => known.has(one)) ? to.map(([one]) => one) : [],
    );
  }

  /** Grams. */
  balance(lot: string): { in: number; out: number } {
    let [into, out] = [0, 0];
    for (const fact of this.#facts) {
      if (fact.kind === "grown" && fact.lot === lot) into += fact.grams;
      if (fact.kind !== "made") continue;
      for (const [one, grams] of fact.to) if (one === lot) into += grams;
      for (const [one, grams] of fact.from) if (one === lot) out += grams;
    }
    return { in: into, out };
  }

  #closure(lot: string, step: (fact: Made, known: Set<string>) => string[]): Set<string> {
    const known = new Set([lot]);
    for (let size = 0; size !== known.size;) {
      size = known.size;
      for (const fact of this.#made) for (const one of step(fact, known)) known.add(one);
    }
    known.delete(lot);
    return known;
  }
}

/** Kilograms, without a float: what the answer says of so many grams. */
function kilograms(grams: number): string {
  const digits = String(Math.abs(grams)).padStart(4, "0");
  const fraction = digits.slice(-3).replace(/0+$/, "");
  return `${grams < 0 ? "-" : ""}${digits.slice(0, -3)}${fraction === "" ? "" : `.${fraction}`}`;
}

function lotsOf(trace: Trace, relation: string): string[] {
  return trace.nodes
    .filter((node) => node.kind === "lot" && node.relation === relation)
    .map(({ id }) => id)
    .sort();
}

describe("Traces of random records", function () {
  this.timeout(120_000);

  for (const seed of seeds) {
    it(`are what pen and paper find, seed ${String(seed)}`, async () => {
      const ledger = await ToldLedger.open();
      try {
        const events = randomRecord(seed, length);
        const model = new Model(events);
        // Told late and in any order: what counts is when it happened.
        const told = [...events.map(({ event }) => event), ...declarationsOf(events)];
        const shuffled = told
          .map((event, at) => [(at * 7919 + seed * 31) % told.length, event] as const)
          .sort(([a], [b]) => a - b);
        await ledger.tell(partyId(1), ...shuffled.map(([, event]) => event));
        const lots = new Set(
          events.flatMap(({ fact }) => {
            if (fact.kind === "grown") return [fact.lot];
            return fact.kind === "made" ? fact.to.map(([lot]) => lot) : [];
          }),
        );
        for (const lot of lots) {
          const uris = (some: Set<string>): string[] => [...some].map(uriOf).sort();
          const back = await ledger.trace(uriOf(lot), { direction: "backward" });
          expect(lotsOf(back, "ancestor"), lot).to.deep.equal(uris(model.ancestors(lot)));
          const forth = await ledger.trace(uriOf(lot), { direction: "forward" });
          expect(lotsOf(forth, "descendant"), lot).to.deep.equal(uris(model.descendants(lot)));
          expect(back.isWhole && forth.isWhole).to.equal(true);
          checkBalances(back, model, lot);
          checkBalances(forth, model, lot);
        }
      } finally {
        await ledger.close();
      }
    });
  }
});

function checkBalances(trace: Trace, model: Model, lot: string): void {
  const flagged = new Set(
    trace.flags.filter(({ code }) => code === "MoreOutThanIn").map(({ about }) => about),
  );
  const lots = trace.balances.filter(({ of, unit }) => of === "lot" && unit === "KGM");
  const own = model.balance(lot);
  const isCounted = own.in > 0 || own.out > 0;
  expect(lots.some(({ id }) => id === uriOf(lot))).to.equal(isCounted);
  for (const { id, ...balance } of lots) {
    const name = id.slice(id.lastIndexOf("/") + 1);
    const { in: into, out } = model.balance(name);
    expect([balance.in, balance.out, balance.left], id).to.deep.equal(
      [into, out, into - out].map(kilograms),
    );
    if (into > 0) expect(flagged.has(id), id).to.equal(out > into);
  }
  const made = trace.balances.filter(({ of }) => of === "transformation");
  for (const { id, left } of made) {
    expect(flagged.has(id), id).to.equal(left.startsWith("-"));
  }
}
