import type { Bundle, BundleState } from "../../backend/src/proof/bundle.ts";
import { bundleIn } from "./bundle-file.ts";
import { checkDeployment, knownDeployment } from "./deployment.ts";
import { CannotAsk, DoesNotHold, Findings } from "./finding.ts";
import { Node } from "./node.ts";
import { checkOffline } from "./offline.ts";
import { checkOnline } from "./online.ts";

interface Fault {
  /** RFC 6901, into the bundle. */
  readonly pointer: string;
  readonly says: string;
}

export interface Verdict {
  /** Undefined where the bytes are no bundle. */
  readonly bundle:
    | (Pick<Bundle, "of" | "chain" | "digest"> & { readonly state: Omit<BundleState, "proofs"> })
    | undefined;
  /** The first thing that does not hold. */
  readonly fault: Fault | undefined;
  readonly checked: readonly string[];
  readonly notChecked: readonly string[];
  readonly told: readonly string[];
}

export interface VerifyOptions {
  /** Nodes of the bundle's chain. */
  readonly rpc?: readonly string[];
  /** Manifest of the contracts that are meant. */
  readonly deployment?: string | undefined;
  readonly unsealed?: boolean;
}

/** What no bundle shows, whoever checks it. */
const never = [
  "that no event was kept back by whoever made the bundle: its seal says that these are all, and by whom that is said",
  "that what the events tell is true: only who told it, and that it has not been changed since it was anchored",
];

/**
 * Looks through a bundle's bytes.
 * @throws CannotAsk where a node does not answer, or not as nodes do; Error for a deployment that cannot be read
 */
export async function verify(bytes: Uint8Array, options: VerifyOptions = {}): Promise<Verdict> {
  const { rpc = [], unsealed = false } = options;
  const findings = new Findings();
  let bundle: Bundle | undefined;
  let fault: Fault | undefined;
  try {
    bundle = bundleIn(bytes);
    checkOffline(bundle, findings, unsealed);
    checkDeployment(bundle, knownDeployment(bundle, options.deployment), findings);
    for (const url of rpc) await ask(bundle, url, findings);
  } catch (error) {
    if (!(error instanceof DoesNotHold)) throw error;
    fault = { pointer: error.pointer, says: error.says };
  }
  if (rpc.length === 0 && fault === undefined) findings.notChecked.push(...offline(bundle));
  const { checked, notChecked, told } = findings;
  return {
    bundle: bundle && namesOf(bundle),
    fault,
    checked,
    notChecked: [...notChecked, ...never],
    told,
  };
}

async function ask(bundle: Bundle, url: string, findings: Findings): Promise<void> {
  try {
    await checkOnline(bundle, new Node(url), findings);
  } catch (error) {
    if (error instanceof DoesNotHold || error instanceof CannotAsk) throw error;
    throw new CannotAsk(`${url} does not answer as it should: ${String(error)}`);
  }
}

function namesOf({ of, chain, state, digest }: Bundle): Verdict["bundle"] {
  const { block, hash, time } = state;
  return { of, digest, chain, state: { block, hash, time } };
}

function offline(bundle: Bundle | undefined): string[] {
  if (bundle === undefined) return [];
  const { block, hash, proofs } = bundle.state;
  const { chainId } = bundle.chain;
  return [
    proofs === null
      ? "that the roots are on chain, and how the liens are (--rpc URL asks a node)"
      : `that block ${String(block)} of chain ${String(chainId)} is ${hash}, on which the proofs of state hang (any explorer of the chain says that, and --rpc URL)`,
    ...(isSignedByStranger(bundle)
      ? ["that whoever has signed the bundle holds the office of anchoring"]
      : []),
    "that there are contracts at the bundle's addresses (--rpc URL)",
    "in which transactions roots were anchored, claims made and liens placed (--rpc URL)",
  ];
}

function isSignedByStranger({ seal, events }: Bundle): boolean {
  return seal !== null && events.every(({ anchor }) => anchor?.by !== seal.by);
}
