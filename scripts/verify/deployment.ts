import { existsSync } from "node:fs";
import { readDeployment, type Deployment } from "../../backend/src/chain/deployment.ts";
import type { Bundle } from "../../backend/src/proof/bundle.ts";
import { manifestOf } from "../deploy/manifest.ts";
import { hold, type Findings } from "./finding.ts";

/** A deployment that is known from elsewhere, and not from the bundle. */
export interface KnownDeployment {
  readonly file: string;
  readonly deployment: Deployment;
}

/**
 * The one of a file; or, where none is named, the one that is published here for the bundle's chain.
 * @throws Error for a file that is no deployment's manifest
 */
export function knownDeployment(
  { chain }: Pick<Bundle, "chain">,
  named: string | undefined,
): KnownDeployment | undefined {
  if (named !== undefined) return { file: named, deployment: readDeployment(named) };
  const file = manifestOf(chain.chainId);
  const deployment = existsSync(file) ? readable(file) : undefined;
  // Many a test network has the same id.
  return deployment?.genesisHash === chain.genesisHash ? { file, deployment } : undefined;
}

/** Undefined for one that nobody has named and that is of an older Sheaf, which made no bundles. */
function readable(file: string): Deployment | undefined {
  try {
    return readDeployment(file);
  } catch {
    return undefined;
  }
}

/** Whether the bundle speaks of these contracts. Whoever forges a bundle could have contracts of their own. */
export function checkDeployment(
  { chain }: Bundle,
  known: KnownDeployment | undefined,
  findings: Findings,
): void {
  if (known === undefined) {
    findings.notChecked.push(
      "that the bundle's contracts are Sheaf's, and not somebody's own (--deployment FILE names those that are)",
    );
    return;
  }
  const { file, deployment } = known;
  const says = `is another one than in ${file}`;
  hold(deployment.chainId === chain.chainId, "/chain/chainId", says);
  hold(deployment.genesisHash === chain.genesisHash, "/chain/genesisHash", says);
  for (const [name, address] of Object.entries(chain.contracts)) {
    const published: string = deployment.contracts[name as keyof typeof chain.contracts];
    hold(published.toLowerCase() === address, `/chain/contracts/${name}`, says);
  }
  findings.checked.push(`the bundle's contracts are those of ${file}`);
}
