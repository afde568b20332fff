import type { Withheld } from "./public-event.ts";

/** What the page says, in one language. */
export interface Words {
  readonly name: string;
  readonly title: (lot: string) => string;
  readonly lot: string;
  readonly skip: string;
  readonly languages: string;
  readonly step: string;
  /** By step of the Core Business Vocabulary, or by the event's type and its step. */
  readonly steps: Readonly<Record<string, string>>;
  readonly units: { readonly pieces: string; readonly of: Readonly<Record<string, string>> };
  readonly hero: {
    readonly harvested: (day: string) => string;
    readonly since: (day: string) => string;
    readonly from: string;
    readonly stages: (events: number, places: number) => string;
  };
  readonly recalled: { readonly title: string; readonly text: (by: string, day: string) => string };
  readonly flagged: { readonly title: string; readonly text: string };
  /** By the flag's code; what is not here is shown as its code. */
  readonly flags: Readonly<Record<string, string>>;
  readonly check: {
    readonly title: string;
    readonly plain: string;
    readonly pending: (count: number) => string;
    readonly noScript: string;
    readonly running: string;
  };
  readonly facts: {
    readonly title: string;
    readonly cooperative: string;
    readonly origin: string;
    readonly harvest: string;
    readonly quantity: string;
    readonly country: string;
    readonly store: string;
    readonly gtin: string;
    readonly receipt: string;
  };
  readonly journey: {
    readonly title: string;
    readonly madeOf: string;
    readonly loss: (quantity: string) => string;
    readonly wrong: (day: string) => string;
    readonly replaced: string;
    readonly withheld: Readonly<Record<Withheld, string>>;
    readonly toldBy: (party: string) => string;
    readonly ofLot: (lot: string) => string;
    readonly details: string;
    readonly asCaptured: string;
    readonly cut: string;
    readonly marks: {
      readonly anchored: string;
      readonly pending: string;
    };
  };
  readonly cold: {
    readonly title: string;
    readonly summary: (low: string, high: string, count: number) => string;
    readonly chart: (low: string, high: string, from: string, to: string) => string;
    readonly synthetic: string;
    readonly table: string;
    readonly day: string;
    readonly temperature: string;
  };
  readonly map: {
    readonly title: string;
    readonly note: string;
    readonly chart: (names: string) => string;
    readonly unplaced: (names: string) => string;
    readonly kilometres: (count: number) => string;
  };
  readonly tests: {
    readonly title: string;
    readonly none: string;
    readonly test: string;
    readonly certificate: string;
    readonly document: string;
    readonly note: string;
  };
  readonly proof: {
    readonly title: string;
    readonly how: readonly string[];
    readonly limit: string;
    readonly gap: (party: string, first: string, last: string, missing: string) => string;
    readonly noGap: (party: string) => string;
    readonly data: string;
    readonly linkset: string;
    readonly chain: (id: number) => string;
    readonly contract: string;
    readonly endpoint: {
      readonly title: string;
      readonly label: string;
      readonly note: string;
      readonly use: string;
      readonly ours: string;
    };
  };
  readonly bank: { readonly title: string; readonly text: string; readonly signIn: string };
  readonly footer: string;
  readonly unknown: { readonly title: string; readonly text: string; readonly hint: string };
  readonly wrong: { readonly title: string; readonly text: string };
  readonly busy: { readonly title: string; readonly text: string };
}
