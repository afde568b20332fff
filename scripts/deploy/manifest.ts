import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { Deployment } from "../../backend/src/chain/deployment.ts";

/** Where the manifest of a chain's deployment stands. */
export function manifestOf(chainId: number): string {
  return fileURLToPath(new URL(`../../deployments/${String(chainId)}.json`, import.meta.url));
}

/**
 * Writes a deployment's manifest.
 * @param flag "wx" refuses to replace one that is there
 */
export async function writeManifest(
  deployment: Deployment,
  file: string,
  flag: "w" | "wx" = "w",
): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(deployment, undefined, 2)}\n`, { flag });
}
