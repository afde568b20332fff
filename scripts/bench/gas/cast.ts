import { network } from "hardhat";
import { MaxUint256, type BaseContract, type Interface, type Signer } from "ethers";
import type { Deployment } from "../../../backend/src/chain/deployment.ts";
import { connectContracts, type Contracts } from "../../deploy/contracts.ts";
import { deploySheaf } from "../../deploy/deploy.ts";

/** `ROLE_…` of `IParties`. */
const roles = { buyer: 1n, cooperative: 2n, warehouse: 4n, lender: 8n, arbiter: 16n } as const;
type Role = keyof typeof roles;

const openingCash = 10_000_000_00n;
const warehouseCapacity = 500_000_000n;
const daySeconds = 86_400;
/** 2026-09-01 09:00 at +08:00, far from either end of a civil day. */
const morning = Date.parse("2026-09-01T09:00:00+08:00") / 1000;

type Connection = Awaited<ReturnType<typeof connect>>;

/** The contracts as a party calls them. */
interface Actor extends Contracts {
  readonly address: string;
}

/** The deployment's contracts by address, lower case. */
export type Directory = ReadonlyMap<string, { readonly name: string; readonly abi: Interface }>;

/** A Sheaf on a network in this process, with one party of each role, cash and approvals without limit. */
export interface Cast extends Readonly<Record<Role, Actor>> {
  readonly deployment: Deployment;
  readonly directory: Directory;
  readonly contracts: Contracts;
  /** Address of the approved currency. */
  readonly currency: string;
  /** The next transaction happens at nine in the morning, `days` civil days after the first. */
  onDay(days: number): Promise<void>;
  request(method: string, ...params: unknown[]): Promise<unknown>;
  close(): Promise<void>;
}

export async function assembleCast(): Promise<Cast> {
  const connection = await connect();
  try {
    return await assemble(connection);
  } catch (problem) {
    await connection.close();
    throw problem;
  }
}

/** The second of nine in the morning, `days` civil days after the first. */
export function morningOf(days: number): number {
  return morning + days * daySeconds;
}

function connect() {
  return network.create({
    network: "default",
    chainType: "l1",
    override: { initialDate: new Date(morningOf(-2) * 1000).toISOString() },
  });
}

async function assemble(connection: Connection): Promise<Cast> {
  const [admin, ...signers] = await connection.ethers.getSigners();
  if (admin === undefined) throw new Error("The local network has no accounts.");
  const deployment = await deploySheaf({ signer: admin });
  const contracts = connectContracts(deployment, admin);
  const parties: Partial<Record<Role, Actor>> = {};
  for (const [index, role] of (Object.keys(roles) as Role[]).entries()) {
    const signer: Signer | undefined = signers[index];
    if (signer === undefined) throw new Error("The local network has too few accounts.");
    const address = await signer.getAddress();
    const actor = { address, ...connectContracts(deployment, signer) };
    await contracts.parties.admit(address, roles[role], role);
    await contracts.deposits.mint(address, openingCash);
    for (const spender of [contracts.receivables, contracts.facilities])
      await actor.deposits.approve(spender, MaxUint256);
    if (role === "warehouse") await contracts.receipts.setCapacity(address, warehouseCapacity);
    parties[role] = actor;
  }
  const request = (method: string, ...params: unknown[]): Promise<unknown> =>
    connection.provider.request({ method, params });
  return {
    ...(parties as Record<Role, Actor>),
    deployment,
    directory: await directoryOf(deployment, contracts),
    contracts,
    currency: deployment.contracts.DepositCurrency,
    onDay: async (days) => {
      await request("evm_setNextBlockTimestamp", `0x${morningOf(days).toString(16)}`);
    },
    request,
    close: () => connection.close(),
  };
}

async function directoryOf(deployment: Deployment, contracts: Contracts): Promise<Directory> {
  const abis = new Map<string, Interface>();
  for (const contract of Object.values(contracts) as BaseContract[])
    abis.set(await contract.getAddress(), contract.interface);
  return new Map(
    Object.entries(deployment.contracts).map(([name, address]) => {
      const abi = abis.get(address);
      if (abi === undefined) throw new Error(`${name} is not connected.`);
      return [address.toLowerCase(), { name, abi }];
    }),
  );
}
