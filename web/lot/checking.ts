import type { AnchorOnChain } from "../../backend/src/proof/anchor-call.ts";
import { faultOfField, type DisclosedDocument } from "../../backend/src/proof/document.ts";
import type { Hex } from "../../backend/src/proof/hex.ts";
import { leafOf } from "../../backend/src/proof/leaf.ts";
import { rootFrom } from "../../backend/src/proof/merkle-proof.ts";
import { checkEvent, type ProofFault } from "../../backend/src/proof/provable-event.ts";
import { ChainNode, Unreachable } from "./node.ts";
import type { ShownEvent, Story } from "./story.ts";

/** What a reader is told of an event; `sealed` is one whose content is withheld, and whose numbers are on the chain. */
type Verdict = "verified" | "pending" | "broken" | "unasked" | "sealed";

/** What has been found out of one event, and of what is wrong with it the first thing. */
export interface Finding {
  readonly sha256: string;
  readonly verdict: Verdict;
  readonly fault: Fault | undefined;
  readonly event: ShownEvent;
}

export type Fault = ProofFault | "unanchored" | "otherTree";

/** Of all of them: the worst decides. */
export type Whole =
  "forged" | "verified" | "pending" | "broken" | "unreachable" | "otherChain" | "empty";

/** Of a document that fields are shown of: whether they are its own, and a step that holds names it. */
interface PaperFinding {
  readonly root: string;
  readonly verdict: Exclude<Verdict, "sealed">;
}

export interface Findings {
  readonly whole: Whole;
  readonly events: readonly Finding[];
  readonly papers: readonly PaperFinding[];
}

interface Contract {
  readonly chainId: number;
  readonly provenance: string;
}

/** Recomputes every event, and asks the chain for each root once. */
export async function checkStory(
  { events, documents }: Story,
  { chainId, provenance }: Contract,
  url: string,
): Promise<Findings> {
  const node = new ChainNode(url);
  const roots = new Map<Hex, Promise<AnchorOnChain | null>>();
  const found = new Map<Hex, AnchorOnChain | null>();
  const computed = events.map((event) => ({ event, ...recomputed(event) }));
  let trouble: "unreachable" | "otherChain" | undefined;
  try {
    for (const { root } of computed) {
      if (root !== undefined && !roots.has(root)) {
        if (roots.size === 0 && (await node.chainId()) !== chainId) {
          trouble = "otherChain";
          break;
        }
        roots.set(root, node.anchorOf(provenance, root));
      }
    }
    for (const [root, answer] of roots) found.set(root, await answer);
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    trouble = "unreachable";
  }
  const judged = computed.map((each) => judge(each, trouble === undefined ? found : undefined));
  const papers = documents.map((document) => judgePaper(document, judged));
  const isForged = papers.some(({ verdict }) => verdict === "broken");
  return { whole: isForged ? "forged" : wholeOf(judged, trouble), events: judged, papers };
}

interface Computed {
  readonly event: ShownEvent;
  readonly fault: Fault | undefined;
  readonly root: Hex | undefined;
}

function recomputed(event: ShownEvent): Pick<Computed, "fault" | "root"> {
  try {
    if (event.event !== null) return checkEvent({ ...event, event: event.event });
    // What it says is not known; that its numbers are on the chain can be checked all the same.
    if (event.anchor === null) return { fault: undefined, root: undefined };
    const { root, proof } = event.anchor;
    return rootFrom(leafOf(event), proof) === root
      ? { fault: undefined, root }
      : { fault: "root", root: undefined };
  } catch {
    return { fault: "form", root: undefined };
  }
}

function judge(
  { event, fault, root }: Computed,
  found: ReadonlyMap<Hex, AnchorOnChain | null> | undefined,
): Finding {
  const { sha256, anchor } = event;
  const said = (verdict: Finding["verdict"], why?: Fault): Finding => ({
    sha256,
    verdict,
    fault: why,
    event,
  });
  if (fault !== undefined) return said("broken", fault);
  if (root === undefined || anchor === null) return said("pending");
  if (found === undefined) return said("unasked");
  const kept = found.get(root);
  if (kept === undefined || kept === null) return said("broken", "unanchored");
  const isSame = kept.first === anchor.first && kept.count === anchor.count;
  if (!isSame) return said("broken", "otherTree");
  return said(event.event === null ? "sealed" : "verified");
}

function judgePaper(document: DisclosedDocument, judged: readonly Finding[]): PaperFinding {
  const { root, fields } = document;
  const isWrong = fields.some((field) => faultOfField(document, field) !== undefined);
  if (isWrong) return { root, verdict: "broken" };
  const naming = judged.filter(({ event }) => JSON.stringify(event.event).includes(root));
  const best = (["verified", "pending"] as const).find((verdict) =>
    naming.some((event) => event.verdict === verdict),
  );
  return { root, verdict: best ?? "unasked" };
}

function wholeOf(
  events: readonly Finding[],
  trouble: "unreachable" | "otherChain" | undefined,
): Whole {
  const has = (verdict: Finding["verdict"]): boolean =>
    events.some((event) => event.verdict === verdict);
  if (events.length === 0) return "empty";
  if (has("broken")) return "broken";
  if (trouble !== undefined) return trouble;
  return has("pending") ? "pending" : "verified";
}
