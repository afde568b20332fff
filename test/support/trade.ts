import type { Config } from "../../backend/src/config/config.ts";
import { startBackend, type TestBackend } from "./backend.ts";
import { Client, type Answer } from "./client.ts";
import { startLocalChain, type LocalChain } from "./local-chain.ts";

/** A signed-in party. */
export interface Partner extends Client {
  readonly id: string;
}

const parties = {
  buyer: ["buyer", "Core platform"],
  cooperative: ["cooperative", "Green Valley"],
  warehouse: ["warehouse", "Dry store"],
  lender: ["lender", "Rural bank"],
  arbiter: ["arbiter", "Chamber"],
  otherBuyer: ["buyer", "Other platform"],
  otherCooperative: ["cooperative", "Far Hills"],
  otherWarehouse: ["warehouse", "Wet store"],
  otherLender: ["lender", "City bank"],
} as const;
type Name = keyof typeof parties;

/** A trade over HTTP, on a chain and a database of its own. */
export interface Trade extends Readonly<Record<Name, Partner>> {
  readonly chain: LocalChain;
  readonly started: TestBackend;
  readonly anyone: Client;
  readonly operator: Client;
  /** Moves the calendar: the next block is mined at this time (+08:00). */
  at(time: string): Promise<void>;
  /** What a party has. */
  cash(party: Name): Promise<string>;
  close(): Promise<void>;
}

/** Parties admitted at the end of August 2026; buyer 200,000.00, lenders 500,000.00, warehouses 100,000 units. */
export async function startTrade(changes: Partial<Config> = {}): Promise<Trade> {
  const chain = await startLocalChain();
  const started = await startBackend(chain, changes);
  const anyone = new Client(started.url);
  const operator = await anyone.signedIn("operator");
  const partners = {} as Record<Name, Partner>;
  for (const [key, [role, name]] of Object.entries(parties)) {
    const { id } = made(await operator.post("/api/v1/parties", { name, roles: [role] }));
    partners[key as Name] = Object.assign(await anyone.signedIn(String(id)), { id: String(id) });
  }
  const cash = { buyer: "200000.00", lender: "500000.00", otherLender: "500000.00" };
  for (const [key, amount] of Object.entries(cash)) {
    made(await operator.post("/api/v1/sandbox/money", { party: partners[key as Name].id, amount }));
  }
  for (const { id } of [partners.warehouse, partners.otherWarehouse]) {
    made(await operator.put(`/api/v1/parties/${id}/capacity`, { capacity: "100000.000" }));
  }
  return {
    ...partners,
    chain,
    started,
    anyone,
    operator,
    at: async (time) => {
      made(await operator.post("/api/v1/sandbox/calendar", { to: `${time}+08:00` }));
    },
    cash: async (name) => {
      const { body } = await partners[name].get<{ balances: { amount: string }[] }>(
        `/api/v1/parties/${partners[name].id}/balance`,
      );
      return body.balances[0]!.amount;
    },
    close: async () => {
      await started.close();
      await chain.close();
    },
  };
}

/** The body of an answer that has to be a success. */
export function made<Body>({ status, body }: Answer<Body>): Body {
  if (status >= 300) throw new Error(`${status}: ${JSON.stringify(body)}`);
  return body;
}

/** Status and code of a refusal. */
export function refusal({ status, body }: Answer): string {
  return `${status} ${String(body["code"])}`;
}

/** What a refusal says. */
export interface Problem {
  readonly code: string;
  readonly errors?: readonly {
    readonly pointer: string;
    readonly parameter: string;
    readonly detail: string;
  }[];
  readonly values?: Readonly<Record<string, unknown>>;
}
