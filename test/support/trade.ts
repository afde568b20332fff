import { startBackend, type TestBackend } from "./backend.ts";
import { Client, type Answer } from "./client.ts";
import { startLocalChain, type LocalChain } from "./local-chain.ts";

/** A signed-in party. */
export interface Partner extends Client {
  readonly id: string;
}

const roles = {
  buyer: "buyer",
  cooperative: "cooperative",
  warehouse: "warehouse",
  lender: "lender",
  arbiter: "arbiter",
  otherBuyer: "buyer",
  otherCooperative: "cooperative",
  otherLender: "lender",
} as const;
type Name = keyof typeof roles;

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

/** Parties admitted at the end of August 2026; buyer 200,000.00, lenders 500,000.00. */
export async function startTrade(): Promise<Trade> {
  const chain = await startLocalChain();
  const started = await startBackend(chain);
  const anyone = new Client(started.url);
  const operator = await anyone.signedIn("operator");
  const admit = async (name: Name): Promise<Partner> => {
    const { body } = await operator.post("/api/v1/parties", { name, roles: [roles[name]] });
    const id = String(body["id"]);
    return Object.assign(await anyone.signedIn(id), { id });
  };
  const parties = {} as Record<Name, Partner>;
  for (const name of Object.keys(roles) as Name[]) parties[name] = await admit(name);
  const cash = { buyer: "200000.00", lender: "500000.00", otherLender: "500000.00" };
  for (const [name, amount] of Object.entries(cash)) {
    await operator.post("/api/v1/sandbox/money", { party: parties[name as Name].id, amount });
  }
  await operator.put(`/api/v1/parties/${parties.warehouse.id}/capacity`, {
    capacity: "100000.000",
  });
  return {
    ...parties,
    chain,
    started,
    anyone,
    operator,
    at: async (time) => {
      made(await operator.post("/api/v1/sandbox/calendar", { to: `${time}+08:00` }));
    },
    cash: async (name) => {
      const { body } = await parties[name].get<{ balances: { amount: string }[] }>(
        `/api/v1/parties/${parties[name].id}/balance`,
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

/** An order of the trade's pair, accepted: 20,000 kg at 6.5000, due 30 days after acceptance. */
export async function acceptedOrder(
  trade: Trade,
  number: string,
  changes: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const { id } = made(
    await trade.buyer.post("/api/v1/orders", {
      number,
      line: 1,
      seller: trade.cooperative.id,
      arbiter: trade.arbiter.id,
      itemCode: "RICE",
      unit: "KGM",
      quantity: "20000.000",
      unitPrice: "6.5000",
      deliverBy: "2026-10-31T23:59:59+08:00",
      paymentDays: 30,
      inspectionDays: 3,
      ...changes,
    }),
  );
  made(await trade.cooperative.post(`/api/v1/orders/${String(id)}/acceptance`));
  return String(id);
}

/** The terms of the order-to-cash story's facility. */
export function facilityTerms(
  trade: Trade,
  changes: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return {
    number: "F-1",
    borrower: trade.cooperative.id,
    buyer: trade.buyer.id,
    limit: "500000.00",
    orderAdvanceBps: 6000,
    storedAdvanceBps: 7000,
    acceptedAdvanceBps: 8500,
    rateBps: 452,
    penaltyRateBps: 678,
    dayBasis: 360,
    tenorDays: 90,
    graceDays: 5,
    sweepBps: 10000,
    expires: "2027-08-31",
    ...changes,
  };
}

/** @returns its id */
export async function openFacility(
  trade: Trade,
  changes: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const terms = facilityTerms(trade, changes);
  return String(made(await trade.lender.post("/api/v1/facilities", terms))["id"]);
}

/** Draws on an order at the revision that it has now. */
export async function drawDown(
  trade: Trade,
  facility: string,
  order: string,
  amount: string,
): Promise<Answer> {
  const { revision } = made(await trade.cooperative.get(`/api/v1/loans/${order}`));
  return trade.cooperative.post(`/api/v1/facilities/${facility}/drawdowns`, {
    order,
    amount,
    revision,
  });
}

/** Despatches from the field and accepts all of it, at once. Returns the receivable's id. */
export async function delivered(
  trade: Trade,
  order: string,
  number: number,
  quantity: string,
): Promise<string> {
  const { now } = made(await trade.anyone.get("/api/v1/sandbox/calendar"));
  const despatch = { number, quantity, arrivesBy: laterBy(String(now), 60) };
  made(await trade.cooperative.post(`/api/v1/orders/${order}/deliveries`, despatch));
  const path = `/api/v1/orders/${order}/deliveries/${number}/acceptance`;
  return String(made(await trade.buyer.post(path, { quantity }))["receivable"]);
}

/** A time some seconds later, written with `Z`. */
function laterBy(time: string, seconds: number): string {
  return new Date(Date.parse(time) + seconds * 1000).toISOString().replace(".000", "");
}
