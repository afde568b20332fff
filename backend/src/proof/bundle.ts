import { canonicalJson, sha256Of } from "./canonical-json.ts";
import type { DisclosedDocument } from "./document.ts";
import type { Json } from "./event.ts";
import type { Hex } from "./hex.ts";
import type { ProvableEvent } from "./provable-event.ts";
import type { StateProof } from "./state-proof.ts";

export const bundleFormat = "sheaf-bundle-1";

/** The contracts that a bundle speaks of. */
export const provingContracts = [
  "Administration",
  "Provenance",
  "PurchaseOrders",
  "WarehouseReceipts",
  "Receivables",
  "Liens",
] as const;
export type ProvingContract = (typeof provingContracts)[number];

/** Which chain, and where on it. */
export interface BundleChain {
  readonly chainId: number;
  /** Hash of block 0. */
  readonly genesisHash: Hex;
  readonly contracts: Readonly<Record<ProvingContract, Hex>>;
}

/** Of a contract's storage, what is proven. */
export interface AccountState {
  readonly contract: "Liens" | "Provenance";
  readonly proof: StateProof;
  readonly slots: readonly { readonly slot: Hex; readonly proof: StateProof }[];
}

/** The block as of which all of the bundle is told. */
export interface BundleState {
  readonly block: number;
  readonly hash: Hex;
  /** Unix seconds: the block's. */
  readonly time: number;
  /** Null where the node that was asked gives none. */
  readonly proofs: {
    /** The header, as its hash is made of it. */
    readonly header: Hex;
    readonly accounts: readonly AccountState[];
  } | null;
}

/** How much of what a party has captured a bundle has. */
export interface PartyRecord {
  readonly party: Hex;
  /** The sequence of the party's last event on record: those that are not among the bundle's are of other goods, or kept back. */
  readonly last: number;
}

/** A claim that an event names, or that the bundle is about. */
export interface BundleClaim {
  readonly id: Hex;
  readonly kind: "order" | "receipt" | "receivable";
  /** The order on which its lien is; null for a receipt that is for none, and for a receivable that was sold. */
  readonly root: Hex | null;
  /** Root of its document's fields; all zero for a claim without, and for a receivable. */
  readonly termsRoot: Hex;
  /** In which it came to be. */
  readonly transaction: Hex;
}

/** Whether there is a loan on a root. */
export interface BundleLien {
  readonly root: Hex;
  readonly isEncumbered: boolean;
  readonly lender: Hex | null;
  readonly facility: Hex | null;
  /** In which the lien was placed. */
  readonly transaction: Hex | null;
}

/** Who has signed a bundle's digest, and so that it is these events and no others. */
export interface Seal {
  readonly by: Hex;
  /** r, s and v, of EIP-191. */
  readonly signature: Hex;
}

/**
 * All that is needed to check where goods come from, without whoever made it. Its file is this in canonical JSON
 * (RFC 8785), in UTF-8, and not a byte more.
 */
export interface Bundle {
  readonly format: typeof bundleFormat;
  /** A lot, a pallet, or whatever else has a history, by its canonical URI; a claim as `urn:sheaf:order:0x…`. */
  readonly of: string;
  /** Whether all events of the lineage are in it that were on record. */
  readonly isWhole: boolean;
  readonly chain: BundleChain;
  readonly state: BundleState;
  readonly record: readonly PartyRecord[];
  /** In the order of the record. */
  readonly events: readonly ProvableEvent[];
  readonly claims: readonly BundleClaim[];
  readonly liens: readonly BundleLien[];
  readonly documents: readonly DisclosedDocument[];
  /** sha-256 of all the rest but the seal: 64 hexadecimal digits. */
  readonly digest: string;
  /** Null where there was no key to sign with. */
  readonly seal: Seal | null;
}

export type BundleContent = Omit<Bundle, "digest" | "seal">;

export function digestOf(content: BundleContent): string {
  return sha256Of(canonicalJson(content as unknown as Json));
}

/** What a seal signs. */
export function sealedText({ chainId, genesisHash }: BundleChain, digest: string): string {
  return `Sheaf bundle\nchain ${chainId}, genesis ${genesisHash}\nsha-256 ${digest}`;
}

/** The bytes of a bundle's file, as text. */
export function bundleText(bundle: Bundle): string {
  return canonicalJson(bundle as unknown as Json);
}
