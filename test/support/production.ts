import type { Interface } from "ethers";
import { connectContracts, type Contracts } from "../../scripts/deploy/contracts.ts";
import { deploySheaf } from "../../scripts/deploy/deploy.ts";
import { DepositCurrency__factory } from "../../typechain-types/index.ts";
import { ethers, onDay } from "./chain.ts";
import type { Actor } from "./sheaf.ts";

/** A Sheaf as it is deployed for good: its offices, and the deployer, who has none. */
export interface Production {
  readonly contracts: Contracts;
  readonly deployer: Actor;
  readonly administrator: Actor;
  readonly operator: Actor;
  readonly supervisor: Actor;
  readonly guardian: Actor;
  readonly anchorer: Actor;
  readonly stranger: Actor;
  /** A currency that is not approved. */
  readonly newCurrency: string;
}

export const offices = [
  "deployer",
  "administrator",
  "operator",
  "supervisor",
  "guardian",
  "anchorer",
  "stranger",
] as const;
export type OfficeHolder = (typeof offices)[number];

/** Seconds: two days. */
export const delay = 172_800;

export async function production(): Promise<Production> {
  const signers = await ethers.getSigners();
  await onDay(-1);
  const addresses = await Promise.all(signers.slice(0, 7).map((signer) => signer.getAddress()));
  const [, administrator, operator, supervisor, guardian, anchorer] = addresses as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  const deployment = await deploySheaf({
    signer: signers[0]!,
    offices: { administrator, operator, supervisor, guardian, anchorer, delay },
    keyDelay: delay,
  });
  const currency = await new DepositCurrency__factory(signers[0]).deploy(
    "Deposit EUR",
    "EUR",
    deployment.contracts.Administration,
  );
  const actor = (index: number): Actor => ({
    address: addresses[index]!,
    signer: signers[index]!,
    ...connectContracts(deployment, signers[index]!),
  });
  return {
    contracts: connectContracts(deployment, signers[0]!),
    deployer: actor(0),
    administrator: actor(1),
    operator: actor(2),
    supervisor: actor(3),
    guardian: actor(4),
    anchorer: actor(5),
    stranger: actor(6),
    newCurrency: await currency.getAddress(),
  };
}

export type Values = (scene: Production) => readonly unknown[];

/** The acts of administration that wait out the delay, all of the operator. */
export const delayed: Readonly<Record<string, Values>> = {
  "parties.admit": (p) => [p.stranger.address, 1n, "Mill"],
  "parties.setRoles": (p) => [p.stranger.address, 2n],
  "parties.proposeKey": (p) => [p.stranger.address, p.deployer.address],
  "parties.retire": () => [],
  "receipts.setCapacity": (p) => [p.stranger.address, 1n],
  "facilities.setDepositary": (p) => [1n, p.stranger.address],
  "currencies.approveCurrency": (p) => [p.newCurrency],
  "deposits.mint": (p) => [p.stranger.address, 1n],
};
/** Those that are done at once, all of the supervisor. */
export const immediate: Readonly<Record<string, Values>> = {
  "parties.setSuspended": (p) => [p.stranger.address, true],
  "parties.setPaused": () => [true],
};
/** Those that the backend does by itself, at once, all of the anchorer. */
export const automatic: Readonly<Record<string, Values>> = {
  "provenance.anchor": () => [`0x${"5e".repeat(32)}`, 1n, 1n],
};
/** Those of the contract of administration itself, all of the administrator. */
export const highest: Readonly<Record<string, Values>> = {
  "administration.grantRole": (p) => [1n, p.stranger.address, 0],
  "administration.revokeRole": (p) => [1n, p.operator.address],
  "administration.labelRole": () => [1n, "x"],
  "administration.setRoleAdmin": () => [1n, 2n],
  "administration.setRoleGuardian": () => [1n, 0n],
  "administration.setGrantDelay": () => [1n, 0],
  "administration.setTargetAdminDelay": (p) => [p.newCurrency, 0],
  "administration.setTargetClosed": (p) => [p.newCurrency, true],
  "administration.setTargetFunctionRole": (p) => [p.newCurrency, ["0x00000000"], 1n],
  "administration.updateAuthority": (p) => [p.newCurrency, p.newCurrency],
};

/** A call of administration, ready to be made or scheduled. */
export interface Call {
  readonly target: string;
  readonly data: string;
}

export async function callOf(
  { contracts }: Production,
  contract: keyof Contracts,
  method: string,
  ...values: unknown[]
): Promise<Call> {
  const { interface: abi }: { interface: Interface } = contracts[contract];
  return {
    target: await contracts[contract].getAddress(),
    data: abi.encodeFunctionData(method, values),
  };
}

/** Makes the call itself, once it is due. */
export async function make({ signer }: Actor, { target: to, data }: Call): Promise<void> {
  await (await signer.sendTransaction({ to, data })).wait();
}
