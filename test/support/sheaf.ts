import type { Signer } from "ethers";
import { connectContracts, type Contracts } from "../../scripts/deploy/contracts.ts";
import { deploySheaf } from "../../scripts/deploy/deploy.ts";
import { ethers, onDay } from "./chain.ts";

export const roles = {
  buyer: 1n,
  cooperative: 2n,
  warehouse: 4n,
  lender: 8n,
  arbiter: 16n,
} as const;

/** An account, and the contracts as it calls them. */
export interface Actor extends Contracts {
  readonly address: string;
  readonly signer: Signer;
}

/** A Sheaf with its parties: those of one trade, and one more of each role who has no part in it. */
export interface Sheaf {
  /** The contracts, for reading. */
  readonly contracts: Contracts;
  readonly addresses: Readonly<Record<keyof Contracts, string>>;
  /** Address of the approved currency. */
  readonly currency: string;
  readonly admin: Actor;
  readonly buyer: Actor;
  readonly cooperative: Actor;
  readonly warehouse: Actor;
  readonly lender: Actor;
  readonly arbiter: Actor;
  readonly otherBuyer: Actor;
  readonly otherCooperative: Actor;
  readonly otherWarehouse: Actor;
  readonly otherLender: Actor;
  readonly otherArbiter: Actor;
  /** No party at all. */
  readonly stranger: Actor;
}

export const openingCash = 1_000_000_00n;
export const warehouseCapacity = 50_000_000n;
const withoutLimit = 2n ** 256n - 1n;

/** Parties admitted with cash and approvals, the warehouses with capacity; no order yet. */
export async function admittedParties(): Promise<Sheaf> {
  const signers = await ethers.getSigners();
  await onDay(-1);
  const deployment = await deploySheaf({ signer: signers[0]! });
  const { contracts: places } = deployment;
  const addresses = {
    administration: places.Administration,
    parties: places.Parties,
    currencies: places.Currencies,
    orders: places.PurchaseOrders,
    deliveries: places.Deliveries,
    receipts: places.WarehouseReceipts,
    receivables: places.Receivables,
    liens: places.Liens,
    facilities: places.Facilities,
    quotes: places.Quotes,
    deposits: places.DepositCurrency,
    provenance: places.Provenance,
  };
  const actor = async (index: number): Promise<Actor> => {
    const signer = signers[index]!;
    return { address: await signer.getAddress(), signer, ...connectContracts(deployment, signer) };
  };
  const admin = await actor(0);
  const admit = async (index: number, role: keyof typeof roles): Promise<Actor> => {
    const party = await actor(index);
    await admin.parties.admit(party.address, roles[role], `${role} ${index}`);
    await admin.deposits.mint(party.address, openingCash);
    await party.deposits.approve(addresses.receivables, withoutLimit);
    await party.deposits.approve(addresses.facilities, withoutLimit);
    if (role === "warehouse") await admin.receipts.setCapacity(party.address, warehouseCapacity);
    return party;
  };
  return {
    contracts: connectContracts(deployment, signers[0]!),
    addresses,
    currency: addresses.deposits,
    admin,
    buyer: await admit(1, "buyer"),
    cooperative: await admit(2, "cooperative"),
    warehouse: await admit(3, "warehouse"),
    lender: await admit(4, "lender"),
    arbiter: await admit(5, "arbiter"),
    otherBuyer: await admit(6, "buyer"),
    otherCooperative: await admit(7, "cooperative"),
    otherWarehouse: await admit(8, "warehouse"),
    otherLender: await admit(9, "lender"),
    otherArbiter: await admit(10, "arbiter"),
    stranger: await actor(11),
  };
}
