import type { PublicEvent } from "./public-event.ts";

/** All that anybody may know of a lot, and what it takes to check it. */
export interface Story {
  readonly lot: { readonly uri: string; readonly name: string; readonly path: string };
  /** As receipts or events call the goods; null where nobody has said it. */
  readonly product: string | null;
  readonly receipts: readonly StoryReceipt[];
  readonly places: readonly StoryPlace[];
  readonly parties: readonly { readonly id: string; readonly name: string }[];
  readonly flags: readonly StoryFlag[];
  /** The event that calls the goods, or what they were made of, back. */
  readonly recall: { readonly sha256: string; readonly at: string; readonly party: string } | null;
  /** In the order of recording. */
  readonly events: readonly PublicEvent[];
  /** False where there are more events than a page takes. */
  readonly isWhole: boolean;
  readonly gaps: readonly Gap[];
  readonly contracts: { readonly chainId: number; readonly provenance: string };
}

/** A warehouse receipt over the lot, by whom it is known: nothing of whose it is or what is owed on it. */
export interface StoryReceipt {
  readonly id: string;
  readonly itemCode: string;
  readonly warehouse: string;
  readonly issuedAt: string;
}

/** A place of a party's, no nearer than some ten kilometres. */
export interface StoryPlace {
  readonly uri: string;
  readonly name: string;
  readonly region: string | null;
  /** `28.9,115.8`: latitude and longitude in tenths of a degree. */
  readonly point: string | null;
}

/** Something that does not add up, or that is wrong by somebody's own word. */
interface StoryFlag {
  readonly code: string;
  /** URI of the lot or the item, or what else it is about. */
  readonly about: string;
  readonly details: Readonly<Record<string, string>>;
}

/** Of the events that a party has numbered from `first` to `last`, those that are not shown here. */
export interface Gap {
  readonly party: string;
  readonly first: number;
  readonly last: number;
  readonly shown: number;
}
