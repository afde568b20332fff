import { existsSync } from "node:fs";
import { JsonRpcProvider, Wallet } from "ethers";
import { deploySheaf } from "./deploy.ts";
import { manifestOf, writeManifest } from "./manifest.ts";

/** `npm run deploy`: one Sheaf on the network at RPC_URL, paid for and administered by DEPLOYER_KEY. */
async function run(environment: Readonly<Record<string, string | undefined>>): Promise<void> {
  const { RPC_URL: url, DEPLOYER_KEY: key } = environment;
  const faults = [
    ...(url !== undefined && /^https?:\/\//.test(url) && URL.canParse(url)
      ? []
      : ["RPC_URL: must be the network's http or https address"]),
    ...(key !== undefined && /^0x[0-9a-fA-F]{64}$/.test(key)
      ? []
      : ["DEPLOYER_KEY: must be a private key, 0x and 64 hexadecimal digits"]),
  ];
  if (faults.length > 0 || url === undefined || key === undefined)
    throw new Error(faults.join("\n"));
  const provider = new JsonRpcProvider(url, undefined, { cacheTimeout: -1 });
  try {
    const { chainId } = await provider._detectNetwork().catch(() => {
      throw new Error(`No network answers at ${url}.`);
    });
    const file = manifestOf(Number(chainId));
    if (existsSync(file)) throw new Error(`${file} is there already: move it away to deploy anew.`);
    const deployment = await deploySheaf({ signer: new Wallet(key, provider) });
    await writeManifest(deployment, file, "wx");
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
