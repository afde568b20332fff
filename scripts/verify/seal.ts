import { getAddress, Signature, verifyMessage } from "ethers";
import { digestOf, sealedText, type Bundle } from "../../backend/src/proof/bundle.ts";
import type { Hex } from "../../backend/src/proof/hex.ts";
import { DoesNotHold, hold, type Findings } from "./finding.ts";

/** Whether the bundle is as it was made, and who says so. */
export function checkSeal(bundle: Bundle, findings: Findings, mayBeUnsealed: boolean): void {
  const { digest, seal, ...content } = bundle;
  hold(digestOf(content) === digest, "/digest", "the bundle is another one than its digest says");
  findings.checked.push("the bundle's bytes are canonical and have the digest that it names");
  if (seal === null) {
    const says = "nobody has signed this bundle: events may have been taken out of it or put in";
    if (!mayBeUnsealed) {
      throw new DoesNotHold("/seal", `${says} (--unsealed checks the rest of it all the same)`);
    }
    findings.told.push(`UNSEALED: ${says}`);
    return;
  }
  const signer = signerOf(sealedText(bundle.chain, digest), seal.signature);
  hold(signer === seal.by, "/seal/signature", `is not ${seal.by}'s on this bundle's digest`);
  findings.checked.push(
    `${getAddress(seal.by)} has signed the bundle, and so these events and no others`,
  );
  const anchoring = new Set(bundle.events.flatMap(({ anchor }) => anchor?.by ?? []));
  if (anchoring.has(seal.by)) findings.checked.push("the same account has anchored its events");
}

/** Undefined for what is no signature, or is one that is written otherwise: there are several ways to write v. */
function signerOf(text: string, signature: Hex): string | undefined {
  try {
    if (Signature.from(signature).serialized !== signature) return undefined;
    return verifyMessage(text, signature).toLowerCase();
  } catch {
    return undefined;
  }
}
