import { headerOf } from "../../backend/src/proof/block-header.ts";
import type { Bundle } from "../../backend/src/proof/bundle.ts";
import { checkClaims } from "./claims.ts";
import { checkDeclarations } from "./declarations.ts";
import { checkDocuments } from "./documents.ts";
import { checkEvents } from "./events.ts";
import { DoesNotHold, hold, type Findings } from "./finding.ts";
import { checkRecord } from "./record.ts";
import { checkSeal } from "./seal.ts";
import { checkStateProofs } from "./state-proofs.ts";

/**
 * What can be known of a bundle from its own bytes.
 * @throws DoesNotHold
 */
export function checkOffline(bundle: Bundle, findings: Findings, mayBeUnsealed: boolean): void {
  checkSeal(bundle, findings, mayBeUnsealed);
  if (!bundle.isWhole) {
    findings.told.push("NOT WHOLE: there are more events than a bundle takes");
  }
  checkEvents(bundle, findings);
  checkRecord(bundle, findings);
  checkDeclarations(bundle, findings);
  checkDocuments(bundle, findings);
  checkClaims(bundle, findings);
  checkHeader(bundle);
  checkStateProofs(bundle, findings);
}

function checkHeader({ state }: Bundle): void {
  if (state.proofs === null) return;
  let header;
  try {
    header = headerOf(state.proofs.header);
  } catch {
    throw new DoesNotHold("/state/proofs/header", "is no block's header");
  }
  hold(header.hash === state.hash, "/state/proofs/header", "is not that of the block's hash");
  hold(header.number === state.block, "/state/block", "is not the number in the block's header");
  hold(header.time === state.time, "/state/time", "is not the time in the block's header");
}
