import { readFileSync } from "node:fs";
import { addressOf } from "./hex.ts";

/** The contracts of a deployment, in the order in which they are deployed. */
export const contractNames = [
  "Administration",
  "Parties",
  "Currencies",
  "PurchaseOrders",
  "Deliveries",
  "WarehouseReceipts",
  "Receivables",
  "Liens",
  "Facilities",
  "Quotes",
  "DepositCurrency",
  "Provenance",
] as const;
export type ContractName = (typeof contractNames)[number];

/** Where a Sheaf is: what a backend has to know of a deployment. Written by `scripts/deploy`. */
export interface Deployment {
  readonly chainId: number;
  readonly genesisHash: string;
  /** First block that can hold a log of the deployment. */
  readonly block: number;
  /** Seconds east of Greenwich: where the deployment's civil days begin. */
  readonly utcOffset: number;
  readonly contracts: Readonly<Record<ContractName, string>>;
}

/**
 * Reads a deployment's manifest.
 * @throws Error that names the file and every fault in it
 */
export function readDeployment(file: string): Deployment {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new Error(`The deployment's manifest ${file} cannot be read: ${String(error)}`);
  }
  const given = content as Partial<Record<keyof Deployment, unknown>>;
  const faults = [
    ...(["chainId", "block", "utcOffset"] as const)
      .filter((field) => !Number.isSafeInteger(given[field]))
      .map((field) => `${field} must be an integer`),
    ...(typeof given.genesisHash === "string" ? [] : ["genesisHash must be a hash"]),
  ];
  const contracts = Object.fromEntries(
    contractNames.map((name) => {
      const text = (given.contracts as Partial<Record<string, unknown>> | undefined)?.[name];
      const address = typeof text === "string" ? addressOf(text) : undefined;
      if (address === undefined) faults.push(`contracts.${name} must be an address`);
      return [name, address ?? ""];
    }),
  ) as Record<ContractName, string>;
  if (faults.length > 0) throw new Error(`${file}: ${faults.join("; ")}`);
  return { ...(given as Deployment), contracts };
}
