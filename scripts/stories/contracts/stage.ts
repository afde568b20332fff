import { MaxUint256 } from "ethers";
import { connectContracts, type Contracts } from "../../deploy/contracts.ts";
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
  const deployment = await deploySheaf({ signer });
  const stage = { chain, admin, accounts, contracts: connectContracts(deployment, signer) };
  await admitParties(stage);
  return stage;
}

async function admitParties({ chain, admin, accounts, contracts }: Stage): Promise<void> {
  const { parties, receipts, deposits, facilities, receivables } = contracts;
  const time = await chain.time();
  for (const [party, role] of Object.entries(roles) as [PartyName, bigint][]) {
    const admission = await parties.admit.populateTransaction(accounts[party], role, party);
    await chain.perform(admin, admission, time);
  }
  const { warehouse } = accounts;
  const capacity = await receipts.setCapacity.populateTransaction(warehouse, ampleCapacity);
  await chain.perform(admin, capacity, time);
  for (const spender of [facilities, receivables]) {
    const approval = await deposits.approve.populateTransaction(spender, MaxUint256);
    for (const account of Object.values(accounts)) await chain.perform(account, approval, time);
  }
}
