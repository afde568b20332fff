import type { EpcisEventRow } from "../epcis/epcis.entity.ts";

export const traceDirections = ["backward", "forward", "both"] as const;
export type TraceDirection = (typeof traceDirections)[number];

export const nodeKinds = ["lot", "item", "place", "party"] as const;
export type NodeKind = (typeof nodeKinds)[number];

/** How something comes to be in the answer. */
export const relations = ["start", "ancestor", "descendant", "carrier"] as const;
export type Relation = (typeof relations)[number];

/**
 * A lot, a single item or a carrier; a place; a party. `name` is what the ledger has for it; of a thing, its lot number
 * where the events tell one.
 */
export interface TraceNode {
  /** Canonical URI; of a party, its id. */
  readonly id: string;
  readonly kind: NodeKind;
  /** Of things alone. */
  readonly relation?: Relation;
  readonly name?: string;
}

export const edgeKinds = ["object", "parent", "child", "input", "output", "at", "by"] as const;
export type EdgeKind = (typeof edgeKinds)[number];

/** What an event of the answer says of a thing of the answer, where it happened (`at`) and who captured it (`by`). */
export interface TraceEdge {
  /** `id` of the event's row. */
  readonly event: number;
  readonly node: string;
  readonly kind: EdgeKind;
  /** Decimal text; null where the event gives none, and of places and parties. */
  readonly quantity: string | null;
  /** UN/ECE recommendation 20; null for pieces. */
  readonly unit: string | null;
  /** Whether it has been declared wrong since. */
  readonly isDeclaredWrong: boolean;
}

export const amountKinds = [
  "commissioned",
  "produced",
  "unpacked",
  "used",
  "ended",
  "input",
  "output",
  "declaredLoss",
  "packed",
  "sent",
  "received",
  "accepted",
  "receipted",
  "inStore",
] as const;
export type AmountKind = (typeof amountKinds)[number];

/** One of the sums that a balance is made of. */
export interface Amount {
  readonly kind: AmountKind;
  readonly quantity: string;
  /** Of `sent`, `received` and `accepted`: by whom; of `receipted` and `inStore`: the warehouse. */
  readonly party?: string;
}

/** What came in and what went out, of one lot or one transformation, in one unit. */
export interface Balance {
  readonly of: "lot" | "transformation";
  /** The lot's URI; the transformation's id, or of one that has none its event's. */
  readonly id: string;
  /** Masses are in kilograms, volumes in litres, pieces have none. */
  readonly unit: string | null;
  readonly in: string;
  /** With the declared loss. */
  readonly out: string;
  /** in − out; below zero where it does not hold. */
  readonly left: string;
  /** False where an event gives no quantity, so that one side says too little. */
  readonly isWhole: boolean;
  readonly amounts: readonly Amount[];
}

export const flagCodes = [
  /** More packed, sent, receipted or in store than was commissioned or produced. */
  "MoreThanCommissioned",
  /** More used or ended than there was; more out of a transformation than went in, less the declared loss. */
  "MoreOutThanIn",
  /** A party has used and sent more of a lot than it tells to have made or received. */
  "MoreSentThanHad",
  /** Nobody tells where it comes from. */
  "NeverCommissioned",
  /** An event about it has been declared wrong, and is not counted. */
  "DeclaredWrong",
  "Recalled",
  /** What came in and what went out is in units that do not convert. */
  "UnitsDiffer",
  /** An event gives no quantity, so that nothing can be said of the balance. */
  "QuantityMissing",
] as const;
export type FlagCode = (typeof flagCodes)[number];

export interface Flag {
  readonly code: FlagCode;
  /** The lot's or the item's URI; of a transformation, its id; of a receipt that no event names, `urn:sheaf:receipt:…`. */
  readonly about: string;
  /** Text values that say it in numbers: `quantity`, `most`, `unit`, `amount`, `party`, `event`, `receipt`. */
  readonly details: Readonly<Record<string, string>>;
}

/** The lineage of what was asked for. */
export interface Trace {
  /** What was asked for, in its canonical spelling. */
  readonly of: string;
  readonly direction: TraceDirection;
  /** The lots and items that it stands for: itself, or those of a claim. */
  readonly start: readonly string[];
  /** In the order of recording. */
  readonly events: readonly EpcisEventRow[];
  readonly nodes: readonly TraceNode[];
  readonly edges: readonly TraceEdge[];
  readonly balances: readonly Balance[];
  readonly flags: readonly Flag[];
  /** False where it was cut: there are more events than were asked for. */
  readonly isWhole: boolean;
}
