import { existsSync } from "node:fs";
import { JsonRpcProvider, Wallet } from "ethers";
import { deploySheaf } from "./deploy.ts";
import { readEnvironment } from "./environment.ts";
import { manifestOf, writeManifest } from "./manifest.ts";

/**
 * `npm run deploy`: one Sheaf on the network at RPC_URL, paid for by DEPLOYER_KEY. ADMINISTRATOR, OPERATOR, SUPERVISOR,
 * GUARDIAN and ANCHORER (addresses) and ADMINISTRATION_DELAY (seconds) say who administers it and how long its acts wait; without them
 * the deployer does, at once.
 */
async function run(environment: Readonly<Record<string, string | undefined>>): Promise<void> {
  const { url, key, offices } = readEnvironment(environment);
  const provider = new JsonRpcProvider(url, undefined, { cacheTimeout: -1, pollingInterval: 500 });
  try {
    const { chainId } = await provider._detectNetwork().catch(() => {
      throw new Error(`No network answers at ${url}.`);
    });
    const file = manifestOf(Number(chainId));
    if (existsSync(file)) throw new Error(`${file} is there already: move it away to deploy anew.`);
    const deployment = await deploySheaf({
      signer: new Wallet(key, provider),
      ...(offices && { offices, keyDelay: offices.delay }),
    });
    await writeManifest(deployment, file, "wx");
    if (offices === undefined)
      process.stderr.write("The deployer administers it, without delay: for trying out alone.\n");
    process.stdout.write(`${file}\n`);
  } finally {
    provider.destroy();
  }
}

try {
  await run(process.env);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
