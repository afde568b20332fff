import type { Config } from "../../../backend/src/config/config.ts";
import { startBackend, type TestBackend } from "../../support/backend.ts";
import { Client } from "../../support/client.ts";
import { startLocalChain, type LocalChain } from "../../support/local-chain.ts";

/** A party that is signed in. */
export interface Player {
  readonly id: string;
  readonly get: Client["get"];
  readonly post: Client["post"];
}

/** A backend on a chain, with the parties of one trade and one buyer and one cooperative that have no part in it. */
export interface Trade {
  readonly chain: LocalChain;
  readonly started: TestBackend;
  readonly operator: Client;
  readonly buyer: Player;
  readonly cooperative: Player;
  readonly warehouse: Player;
  readonly arbiter: Player;
  readonly lender: Player;
  readonly otherBuyer: Player;
  readonly otherCooperative: Player;
  readonly otherWarehouse: Player;
  close(): Promise<void>;
}

export async function openTrade(changes: Partial<Config> = {}): Promise<Trade> {
  const chain = await startLocalChain();
  const started = await startBackend(chain, changes);
  const anyone = new Client(started.url);
  const operator = await anyone.signedIn("operator");
  const admit = async (name: string, role: string): Promise<Player> => {
    const { body } = await operator.post("/api/v1/parties", { name, roles: [role] });
    const id = String(body["id"]);
    const client = await anyone.signedIn(id);
    return { id, get: client.get.bind(client), post: client.post.bind(client) };
  };
  const trade = {
    chain,
    started,
    operator,
    buyer: await admit("Core platform", "buyer"),
    cooperative: await admit("Green Valley", "cooperative"),
    warehouse: await admit("Dry store", "warehouse"),
    arbiter: await admit("Chamber", "arbiter"),
    lender: await admit("Rural bank", "lender"),
    otherBuyer: await admit("Other platform", "buyer"),
    otherCooperative: await admit("Far Hills", "cooperative"),
    otherWarehouse: await admit("Wet store", "warehouse"),
    close: async () => {
      await started.close();
      await chain.close();
    },
  };
  for (const { id } of [trade.warehouse, trade.otherWarehouse]) {
    await operator.put(`/api/v1/parties/${id}/capacity`, { capacity: "10000.000" });
  }
  return trade;
}

let orders = 0;

/** What `POST /orders` takes; the number is a new one. */
export function orderBody(trade: Trade, changes: object = {}): Record<string, unknown> {
  orders += 1;
  return {
    number: `PO-${orders}`,
    line: 1,
    seller: trade.cooperative.id,
    arbiter: trade.arbiter.id,
    itemCode: "RICE-5",
    unit: "KGM",
    quantity: "1000",
    unitPrice: "7.80",
    deliverBy: "2026-12-01",
    paymentDays: 30,
    inspectionDays: 3,
    ...changes,
  };
}

/** An order that its seller has accepted; its id. */
export async function acceptedOrder(trade: Trade, changes: object = {}): Promise<string> {
  const { body } = await trade.buyer.post("/api/v1/orders", orderBody(trade, changes));
  const id = String(body["id"]);
  await trade.cooperative.post(`/api/v1/orders/${id}/acceptance`, {});
  return id;
}

export interface Problem {
  readonly code: string;
  readonly errors?: readonly {
    readonly pointer: string;
    readonly parameter: string;
    readonly detail: string;
  }[];
  readonly values?: Readonly<Record<string, unknown>>;
}
