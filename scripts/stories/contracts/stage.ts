import { MaxUint256, type Signer } from "ethers";
import {
  Deliveries__factory,
  DepositCurrency__factory,
  Facilities__factory,
  Liens__factory,
  Parties__factory,
  PurchaseOrders__factory,
  Receivables__factory,
  WarehouseReceipts__factory,
} from "../../../typechain-types/index.ts";
import { deploySheaf } from "../../deploy/deploy.ts";
import { LocalChain } from "./local-chain.ts";
import { type PartyName, partyNames } from "../story.ts";

/** `ROLE_…` of `IParties`. */
const roles: Record<Exclude<PartyName, "anyone">, bigint> = {
  buyer: 1n,
  cooperative: 2n,
  warehouse: 4n,
  lender: 8n,
  lender2: 8n,
  arbiter: 16n,
};
const ampleCapacity = (1n << 64n) - 1n;

export type Contracts = ReturnType<typeof connectContracts>;

/** A deployment on which nothing has happened but that the parties were let in. */
export interface Stage {
  chain: LocalChain;
  /** Administers the deployment and mints its currency. */
  admin: string;
  accounts: Readonly<Record<PartyName, string>>;
  contracts: Contracts;
}

/** Starts a network, deploys, admits the parties and gives every approval of the currency. */
export async function buildStage(): Promise<Stage> {
  const chain = await LocalChain.open();
  try {
    return await prepare(chain);
  } catch (problem) {
    await chain.close();
    throw problem;
  }
}

async function prepare(chain: LocalChain): Promise<Stage> {
  const [admin, ...others] = chain.accounts;
  if (admin === undefined || others.length < partyNames.length) {
    throw new Error("the local network has too few accounts for the parties of a story");
  }
  const accounts = Object.fromEntries(
    partyNames.map((party, index) => [party, others[index]]),
  ) as Record<PartyName, string>;
  const signer = await chain.signer(admin);
  const { contracts: addresses } = await deploySheaf({ signer });
  const stage = { chain, admin, accounts, contracts: connectContracts(addresses, signer) };
  await admitParties(stage);
  return stage;
}

async function admitParties({ chain, admin, accounts, contracts }: Stage): Promise<void> {
  const { parties, receipts, currency, facilities, receivables } = contracts;
  const time = await chain.time();
  for (const [party, role] of Object.entries(roles) as [PartyName, bigint][]) {
    const admission = await parties.admit.populateTransaction(accounts[party], role, party);
    await chain.perform(admin, admission, time);
  }
  const { warehouse } = accounts;
  const capacity = await receipts.setCapacity.populateTransaction(warehouse, ampleCapacity);
  await chain.perform(admin, capacity, time);
  for (const spender of [facilities, receivables]) {
    const approval = await currency.approve.populateTransaction(spender, MaxUint256);
    for (const account of Object.values(accounts)) await chain.perform(account, approval, time);
  }
}

function connectContracts(
  addresses: Awaited<ReturnType<typeof deploySheaf>>["contracts"],
  runner: Signer,
) {
  return {
    parties: Parties__factory.connect(addresses.Parties, runner),
    orders: PurchaseOrders__factory.connect(addresses.PurchaseOrders, runner),
    deliveries: Deliveries__factory.connect(addresses.Deliveries, runner),
    receipts: WarehouseReceipts__factory.connect(addresses.WarehouseReceipts, runner),
    receivables: Receivables__factory.connect(addresses.Receivables, runner),
    liens: Liens__factory.connect(addresses.Liens, runner),
    facilities: Facilities__factory.connect(addresses.Facilities, runner),
    currency: DepositCurrency__factory.connect(addresses.DepositCurrency, runner),
  };
}
