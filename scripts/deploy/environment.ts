import { computeAddress, isAddress } from "ethers";
import { faultsOf, type Office, type Offices } from "./administration.ts";

/** What `npm run deploy` was told. */
export interface DeployEnvironment {
  readonly url: string;
  /** Private key of the account that pays for the deployment. */
  readonly key: string;
  /** Who administers it; the deployer, at once, where nobody is named. */
  readonly offices?: Offices;
}

type Variables = Readonly<Record<string, string | undefined>>;

const officeVariables = {
  administrator: "ADMINISTRATOR",
  operator: "OPERATOR",
  supervisor: "SUPERVISOR",
  guardian: "GUARDIAN",
  anchorer: "ANCHORER",
} as const satisfies Record<Office, string>;

/** @throws an error that names, line by line, everything that is wrong */
export function readEnvironment(variables: Variables): DeployEnvironment {
  const { RPC_URL: url, DEPLOYER_KEY: key } = variables;
  const isKey = key !== undefined && isPrivateKey(key);
  const faults = [
    ...(url !== undefined && /^https?:\/\//.test(url) && URL.canParse(url)
      ? []
      : ["RPC_URL: must be the network's http or https address"]),
    ...(isKey ? [] : ["DEPLOYER_KEY: must be a private key, 0x and 64 hexadecimal digits"]),
  ];
  const offices = readOffices(variables, isKey ? computeAddress(key) : undefined, faults);
  if (faults.length > 0 || url === undefined || key === undefined)
    throw new Error(faults.join("\n"));
  return { url, key, ...(offices && { offices }) };
}

/** The offices, all or none; adds what is wrong with them to `faults`. */
function readOffices(
  variables: Variables,
  deployer: string | undefined,
  faults: string[],
): Offices | undefined {
  const seconds = variables["ADMINISTRATION_DELAY"];
  const names = Object.keys(officeVariables) as Office[];
  const given = names.map((name) => [name, variables[officeVariables[name]]] as const);
  if (seconds === undefined && given.every(([, account]) => account === undefined))
    return undefined;
  const absent = given.filter(([, account]) => account === undefined || !isAccount(account));
  for (const [name] of absent)
    faults.push(`${officeVariables[name]}: must be an address, like those of the other offices`);
  if (seconds === undefined || !/^[1-9]\d{0,6}$/.test(seconds))
    faults.push("ADMINISTRATION_DELAY: must be a number of seconds, at most 9999999");
  const accounts = Object.fromEntries(given) as Record<Office, string>;
  const offices = { ...accounts, delay: Number(seconds) };
  if (absent.length === 0)
    for (const { office, fault } of faultsOf(offices, deployer))
      faults.push(`${officeVariables[office]}: ${fault}`);
  return offices;
}

function isAccount(text: string): boolean {
  return /^0x[0-9a-fA-F]{40}$/.test(text) && isAddress(text);
}

function isPrivateKey(text: string): boolean {
  if (!/^0x[0-9a-fA-F]{64}$/.test(text)) return false;
  try {
    computeAddress(text);
    return true;
  } catch {
    return false;
  }
}
