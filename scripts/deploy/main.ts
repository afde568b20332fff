import { existsSync } from "node:fs";
import { isAddress, JsonRpcProvider, Wallet } from "ethers";
import type { Offices } from "./administration.ts";
import { deploySheaf } from "./deploy.ts";
import { manifestOf, writeManifest } from "./manifest.ts";

/**
 * `npm run deploy`: one Sheaf on the network at RPC_URL, paid for by DEPLOYER_KEY. ADMINISTRATOR, OPERATOR, SUPERVISOR and
 * GUARDIAN (addresses) and ADMINISTRATION_DELAY (seconds) say who administers it and how long its acts wait; without them
 * the deployer does, at once.
 */
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
  const offices = readOffices(environment, faults);
  if (faults.length > 0 || url === undefined || key === undefined)
    throw new Error(faults.join("\n"));
  const provider = new JsonRpcProvider(url, undefined, { cacheTimeout: -1 });
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

const officeVariables = {
  administrator: "ADMINISTRATOR",
  operator: "OPERATOR",
  supervisor: "SUPERVISOR",
  guardian: "GUARDIAN",
} as const;
type Office = keyof typeof officeVariables;

/** The offices, all or none; adds what is wrong with them to `faults`. */
function readOffices(
  environment: Readonly<Record<string, string | undefined>>,
  faults: string[],
): Offices | undefined {
  const names = Object.keys(officeVariables) as Office[];
  const seconds = environment["ADMINISTRATION_DELAY"];
  const given = [seconds, ...names.map((name) => environment[officeVariables[name]])];
  if (given.every((value) => value === undefined)) return undefined;
  const accounts = names.map((name): [Office, string] => {
    const account = environment[officeVariables[name]];
    if (account === undefined || !isAddress(account))
      faults.push(`${officeVariables[name]}: must be an address, like those of the other offices`);
    return [name, account ?? ""];
  });
  if (new Set(accounts.map(([, account]) => account.toLowerCase())).size < accounts.length)
    faults.push("ADMINISTRATOR, OPERATOR, SUPERVISOR, GUARDIAN: must be four different accounts");
  if (seconds === undefined || !/^[1-9]\d{0,6}$/.test(seconds))
    faults.push("ADMINISTRATION_DELAY: must be a number of seconds, at most 9999999");
  return { ...(Object.fromEntries(accounts) as Record<Office, string>), delay: Number(seconds) };
}

try {
  await run(process.env);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
