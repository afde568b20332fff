import { canonicalJson, sha256Of } from "./canonical-json.ts";
import { isObject, type JsonObject } from "./event.ts";
import { eventHash } from "./event-hash.ts";
import { isHex, type Hex } from "./hex.ts";
import { leafOf } from "./leaf.ts";
import { rootFrom } from "./merkle-proof.ts";
import { Namespaces } from "./namespaces.ts";

/** Where an event's leaf stands on chain. */
export interface AnchorProof {
  readonly root: Hex;
  /** Place in the record of the tree's first event, from 1. */
  readonly first: number;
  /** Leaves of the tree. */
  readonly count: number;
  /** Of the event among them, from 0: said by whoever gives the proof, which does not prove it. */
  readonly index: number;
  /** The nodes beside the leaf's way to the root, from below. */
  readonly proof: readonly Hex[];
  readonly transaction: Hex;
  readonly block: number;
  /** Unix seconds: the block's. */
  readonly at: number;
  /** The account that anchored it. */
  readonly by: string;
}

/** An event with all that is needed to check it. */
export interface ProvableEvent {
  /** As it is stored, without recordTime. */
  readonly event: JsonObject;
  /** The account of who captured it. */
  readonly party: string;
  /** Among the events of the party, from 1, without a gap. */
  readonly sequence: number;
  /** Of the event in canonical JSON: 64 hexadecimal digits. */
  readonly sha256: string;
  /** CBV 2.0's event hash: the 64 digits of its name. */
  readonly hash: string;
  /** Milliseconds. Not part of what is anchored. */
  readonly recordTime: number;
  /** Null where it is still pending. */
  readonly anchor: AnchorProof | null;
}

/**
 * What first fails to hold: it has not the form, its bytes are others, its event hash is another one, or its leaf does
 * not lead to the root.
 */
export type ProofFault = "form" | "sha256" | "hash" | "root";

export interface CheckedEvent {
  readonly fault: ProofFault | undefined;
  /** The root to ask the chain for; undefined for a faulty event and for a pending one. */
  readonly root: Hex | undefined;
}

/** Recomputes all that can be without the chain, from the event itself. Takes what comes from anybody. */
export function checkEvent(provable: ProvableEvent): CheckedEvent {
  const fault = faultOfAny(provable);
  return { fault, root: fault === undefined ? provable.anchor?.root : undefined };
}

/** What cannot be read cannot be checked: text that is no Unicode, or a value a thousand levels deep. */
function faultOfAny(provable: ProvableEvent): ProofFault | undefined {
  try {
    return faultOf(provable);
  } catch {
    return "form";
  }
}

function faultOf(provable: ProvableEvent): ProofFault | undefined {
  if (!hasForm(provable)) return "form";
  const { event, sha256, hash, anchor } = provable;
  if (sha256Of(canonicalJson(event)) !== sha256) return "sha256";
  const name = eventHash(event, Namespaces.of(event["@context"]));
  if (name !== `ni:///sha-256;${hash}?ver=CBV2.0`) return "hash";
  if (anchor === null) return undefined;
  return rootFrom(leafOf(provable), anchor.proof) === anchor.root.toLowerCase()
    ? undefined
    : "root";
}

function hasForm({ event, party, sequence, sha256, hash, anchor }: ProvableEvent): boolean {
  return (
    isDigest(sha256) &&
    isDigest(hash) &&
    isHex(party, 20) &&
    Number.isSafeInteger(sequence) &&
    sequence > 0 &&
    isObject(event) &&
    (anchor === null || (isHex(anchor.root, 32) && anchor.proof.every((node) => isHex(node, 32))))
  );
}

function isDigest(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text);
}
