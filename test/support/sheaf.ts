import type { Signer } from "ethers";
import { deploySheaf } from "../../scripts/deploy/deploy.ts";
import {
  Administration__factory,
  Currencies__factory,
  Deliveries__factory,
  DepositCurrency__factory,
  Facilities__factory,
  Liens__factory,
  Parties__factory,
  PurchaseOrders__factory,
  Receivables__factory,
  WarehouseReceipts__factory,
  type Administration,
  type Currencies,
  type Deliveries,
  type DepositCurrency,
  type Facilities,
  type Liens,
  type Parties,
  type PurchaseOrders,
  type Receivables,
  type WarehouseReceipts,
} from "../../typechain-types/index.ts";
import { ethers, onDay } from "./chain.ts";

export const roles = {
  buyer: 1n,
  cooperative: 2n,
  warehouse: 4n,
  lender: 8n,
  arbiter: 16n,
} as const;

export interface Contracts {
  readonly administration: Administration;
  readonly parties: Parties;
  readonly currencies: Currencies;
  readonly orders: PurchaseOrders;
  readonly deliveries: Deliveries;
  readonly receipts: WarehouseReceipts;
  readonly receivables: Receivables;
  readonly liens: Liens;
  readonly facilities: Facilities;
  readonly deposits: DepositCurrency;
}

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
  const { contracts: places } = await deploySheaf({ signer: signers[0]! });
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
    deposits: places.DepositCurrency,
  };
  const actor = async (index: number): Promise<Actor> => {
    const signer = signers[index]!;
    return { address: await signer.getAddress(), signer, ...connect(addresses, signer) };
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
    contracts: connect(addresses, signers[0]!),
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

function connect(addresses: Readonly<Record<keyof Contracts, string>>, signer: Signer): Contracts {
  return {
    administration: Administration__factory.connect(addresses.administration, signer),
    parties: Parties__factory.connect(addresses.parties, signer),
    currencies: Currencies__factory.connect(addresses.currencies, signer),
    orders: PurchaseOrders__factory.connect(addresses.orders, signer),
    deliveries: Deliveries__factory.connect(addresses.deliveries, signer),
    receipts: WarehouseReceipts__factory.connect(addresses.receipts, signer),
    receivables: Receivables__factory.connect(addresses.receivables, signer),
    liens: Liens__factory.connect(addresses.liens, signer),
    facilities: Facilities__factory.connect(addresses.facilities, signer),
    deposits: DepositCurrency__factory.connect(addresses.deposits, signer),
  };
}
