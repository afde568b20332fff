import { ZeroAddress, type ContractRunner, type Interface } from "ethers";
import type { ContractName } from "../../backend/src/chain/deployment.ts";
import {
  Administration__factory,
  Currencies__factory,
  DepositCurrency__factory,
  Facilities__factory,
  Parties__factory,
  Provenance__factory,
  WarehouseReceipts__factory,
} from "../../typechain-types/index.ts";

type Addresses = Readonly<Record<ContractName, string>>;

/** Roles of AccessManager; role 0 gives and takes the others. */
export const administrativeRoles = {
  /** Admits parties, sets their roles and capacity, proposes keys, replaces depositaries. */
  admission: 1n,
  currency: 2n,
  settlementBank: 3n,
  /** Suspends parties and pauses originating: at once, for it stops and moves nothing. */
  supervision: 4n,
  retirement: 5n,
  /** Cancels what the operator has scheduled, and can do nothing else. */
  guardian: 6n,
  /** Puts the roots of supply-chain events on record: at once, for the backend does it by the minute. */
  anchoring: 7n,
} as const;
type AdministrativeRole = keyof typeof administrativeRoles;

const administratorRole = 0n;
const delayed: readonly AdministrativeRole[] = [
  "admission",
  "currency",
  "settlementBank",
  "retirement",
];

/** Who administers a deployment in production: five accounts, none of which can do more than its office. */
export interface Offices {
  /** Gives and takes roles, after the delay. */
  readonly administrator: string;
  /** Holds admission, currency, settlement bank and retirement; each of its acts waits out the delay. */
  readonly operator: string;
  readonly supervisor: string;
  readonly guardian: string;
  /** The backend's own account, which anchors events and does nothing else. */
  readonly anchorer: string;
  /** Seconds. */
  readonly delay: number;
}

const officeNames = ["administrator", "operator", "supervisor", "guardian", "anchorer"] as const;
export type Office = (typeof officeNames)[number];

/**
 * What is wrong with the offices: each is somebody's, nobody has two of them, and the deployer, which ends with no role at
 * all, has none.
 * @param deployer where it is known
 */
export function faultsOf(
  offices: Offices,
  deployer: string | undefined,
): readonly { readonly office: Office; readonly fault: string }[] {
  const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
  return officeNames.flatMap((office, index) => {
    const account = offices[office];
    if (isSame(account, ZeroAddress)) return [{ office, fault: "must be somebody's account" }];
    if (deployer !== undefined && isSame(account, deployer))
      return [{ office, fault: "must not be the deployer, which is left with no role" }];
    const earlier = officeNames.slice(0, index).find((name) => isSame(offices[name], account));
    return earlier === undefined ? [] : [{ office, fault: `must not be the ${earlier} too` }];
  });
}

/** Says of every restricted function which role it is for. */
export async function assignFunctions(contracts: Addresses, runner: ContractRunner): Promise<void> {
  const administration = Administration__factory.connect(contracts.Administration, runner);
  const parties = Parties__factory.createInterface();
  const acts: readonly (readonly [ContractName, Interface, string[], AdministrativeRole])[] = [
    ["Parties", parties, ["admit", "setRoles", "proposeKey"], "admission"],
    ["Parties", parties, ["setSuspended", "setPaused"], "supervision"],
    ["Parties", parties, ["retire"], "retirement"],
    [
      "WarehouseReceipts",
      WarehouseReceipts__factory.createInterface(),
      ["setCapacity"],
      "admission",
    ],
    ["Facilities", Facilities__factory.createInterface(), ["setDepositary"], "admission"],
    ["Currencies", Currencies__factory.createInterface(), ["approveCurrency"], "currency"],
    ["DepositCurrency", DepositCurrency__factory.createInterface(), ["mint"], "settlementBank"],
    ["Provenance", Provenance__factory.createInterface(), ["anchor"], "anchoring"],
  ];
  const steps: Step[] = [];
  for (const [target, abi, names, role] of acts) {
    const selectors = names.map((name) => {
      const fragment = abi.getFunction(name);
      if (fragment === null) throw new Error(`${target} has no function ${name}.`);
      return fragment.selector;
    });
    steps.push(() =>
      administration.setTargetFunctionRole(contracts[target], selectors, administrativeRoles[role]),
    );
  }
  await inOneGo(steps);
}

type Step = () => Promise<{ wait(): Promise<unknown> }>;

/** Sends all of them in their order and waits once: on a network with slow blocks one after another takes minutes. */
async function inOneGo(steps: readonly Step[]): Promise<void> {
  const sent = [];
  for (const step of steps) sent.push(await step());
  for (const each of sent) await each.wait();
}

/** The sandbox's setting: one account holds every role, without delay. */
export async function holdEveryRole(
  contracts: Addresses,
  admin: string,
  runner: ContractRunner,
): Promise<void> {
  const administration = Administration__factory.connect(contracts.Administration, runner);
  await inOneGo(
    Object.values(administrativeRoles).map(
      (role) => () => administration.grantRole(role, admin, 0),
    ),
  );
}

/**
 * Production's setting: hands every role to its office, behind the delay, and leaves the deployer with none. The delays of
 * roles and targets are in force five days later (AccessManager's setback); until then the administrator's own stands alone.
 */
export async function handOver(
  contracts: Addresses,
  deployer: string,
  offices: Offices,
  runner: ContractRunner,
): Promise<void> {
  const administration = Administration__factory.connect(contracts.Administration, runner);
  const { administrator, operator, supervisor, guardian, anchorer, delay } = offices;
  const { supervision, guardian: guarding, anchoring } = administrativeRoles;
  const steps = [
    ...delayed.map(
      (name) => () => administration.grantRole(administrativeRoles[name], operator, delay),
    ),
    () => administration.grantRole(supervision, supervisor, 0),
    () => administration.grantRole(guarding, guardian, 0),
    () => administration.grantRole(anchoring, anchorer, 0),
    ...delayed.map(
      (name) => () => administration.setRoleGuardian(administrativeRoles[name], guarding),
    ),
    ...Object.values(administrativeRoles).map(
      (role) => () => administration.setGrantDelay(role, delay),
    ),
    ...Object.values(contracts).map(
      (target) => () => administration.setTargetAdminDelay(target, delay),
    ),
    ...Object.values(administrativeRoles).map(
      (role) => () => administration.renounceRole(role, deployer),
    ),
  ];
  await inOneGo(steps);
  // Only when all of that is done: nobody could help a deployment that nobody administers.
  await inOneGo([() => administration.grantRole(administratorRole, administrator, delay)]);
  await inOneGo([() => administration.renounceRole(administratorRole, deployer)]);
}
