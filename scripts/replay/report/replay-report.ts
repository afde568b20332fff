import type { FacilityOffer } from "../../api/terms.ts";
import type { Mapping } from "../book/mapping.ts";
import type { BookTotals } from "../book/plan.ts";
import type { MemorySample } from "../measure/memory.ts";
import type { Balance } from "../play/balance.ts";
import type { Tally } from "../play/tally.ts";

/** All that a replay has to tell. */
export interface ReplayReport {
  readonly file: string;
  readonly mapping: Mapping;
  readonly offer: FacilityOffer;
  readonly totals: BookTotals;
  /** Days by which it was played later than it was. */
  readonly shift: number;
  readonly tally: Tally;
  readonly balance: Balance;
  readonly memory: readonly MemorySample[];
  /** Lines that the file, or the API, does not let play. */
  readonly refusals: readonly { readonly fileLine: number; readonly reason: string }[];
  /** Where the time went, by name; and the `total`. */
  readonly seconds: Readonly<Record<string, number>>;
}
