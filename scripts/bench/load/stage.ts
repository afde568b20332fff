import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Wallet, type JsonRpcProvider } from "ethers";
import { dateOf } from "../../../backend/src/math/calendar.ts";
import { Actor } from "../../api/actor.ts";
import { Operator } from "../../api/operator.ts";
import type { Id, Role } from "../../api/resources.ts";
import { SandboxClient } from "../../api/sandbox-client.ts";
import { startSandbox, type Sandbox } from "../../sandbox/sandbox.ts";
import { HttpClient } from "./http-client.ts";
import { NodeConnection } from "./node-connection.ts";
import type { Pids } from "./processors.ts";

/** A party that the backend signs for; signed in anew from time to time, as access tokens end. */
export interface ApiParty {
  readonly id: Id;
  token: string;
}

/** Who trades with one another: each act has a key of its own, so that eight trades go on at once. */
export interface Cell {
  readonly buyer: ApiParty;
  readonly cooperative: ApiParty;
  readonly warehouse: ApiParty;
  readonly facility: Id;
}

/** Where the bare script and the API act side by side: the same node, the same contracts, buyers of either. */
export interface Stage {
  readonly sandbox: Sandbox;
  readonly http: HttpClient;
  readonly provider: JsonRpcProvider;
  readonly cells: readonly Cell[];
  readonly bareBuyers: readonly Wallet[];
  readonly arbiter: Id;
  /** Seconds: within the sandbox's calendar. */
  readonly deliverBy: number;
  readonly pids: Pids;
  /** MB that the backend's process holds. */
  memory(): Promise<number>;
  close(): Promise<void>;
}

const size = 8;
const page = 4096;
/** Minor units: more than is ever spent here. */
const plenty = 100_000_000_000n;
/** Milliseconds; access tokens are good for 15 minutes. */
const signInEvery = 2 * 60_000;
const day = 86_400;
/** As outside a sandbox, where a process that is late refuses what comes. */
const environment = { MOST_DELAY: "2000" };

export async function openStage(): Promise<Stage> {
  const dataDir = await mkdtemp(join(tmpdir(), "sheaf-load-"));
  const sandbox = await startSandbox({ dataDir, environment });
  const client = new SandboxClient(sandbox.url);
  const operator = new Operator(client.as("operator"));
  const provider = new NodeConnection(sandbox.rpcUrl, sandbox.deployment.chainId);
  const http = new HttpClient(sandbox.url);
  const parties: ApiParty[] = [];
  const admit = async (name: string, role: Role): Promise<ApiParty> => {
    const { id } = await operator.admit({ name, roles: [role] });
    const party = { id, token: await tokenOf(sandbox.url, id) };
    parties.push(party);
    return party;
  };
  const arbiter = await admit("Arbiter", "arbiter");
  const lender = await admit("Bank", "lender");
  await operator.mint(lender.id, plenty);
  const today = Math.floor(((await provider.getBlock("latest"))?.timestamp ?? 0) / day);
  const cells: Cell[] = [];
  const bareBuyers: Wallet[] = [];
  for (let index = 0; index < size; index += 1) {
    const buyer = await admit(`Buyer ${index}`, "buyer");
    const cooperative = await admit(`Cooperative ${index}`, "cooperative");
    const warehouse = await admit(`Warehouse ${index}`, "warehouse");
    await operator.setCapacity(warehouse.id, plenty);
    await operator.mint(buyer.id, plenty);
    const facility = await new Actor(client.as(lender.id)).openFacility({
      number: `F-${index}`,
      borrower: cooperative.id,
      buyer: buyer.id,
      limit: plenty,
      orderAdvanceBps: 6000,
      storedAdvanceBps: 7000,
      acceptedAdvanceBps: 8500,
      rateBps: 452,
      penaltyRateBps: 678,
      dayBasis: 360,
      tenorDays: 120,
      graceDays: 5,
      sweepBps: 10_000,
      expires: dateOf(today + 365),
    });
    cells.push({ buyer, cooperative, warehouse, facility: facility.id });
    bareBuyers.push(await admitBare(client, provider, index));
  }
  const signIn = setInterval(() => {
    for (const party of parties) {
      // The token that there is is good for as long again, should this one be refused for lack of time.
      void tokenOf(sandbox.url, party.id).then(
        (token) => (party.token = token),
        () => undefined,
      );
    }
  }, signInEvery);
  return {
    sandbox,
    http,
    provider,
    cells,
    bareBuyers,
    arbiter: arbiter.id,
    deliverBy: (today + 60) * day,
    pids: { backend: sandbox.pids.backend, node: sandbox.pids.network, client: process.pid },
    memory: async () => {
      const statm = await readFile(`/proc/${sandbox.pids.backend}/statm`, "utf8").catch(() => "");
      return Math.round((Number(statm.split(" ")[1] ?? 0) * page) / 1e6);
    },
    close: async () => {
      clearInterval(signIn);
      http.close();
      provider.destroy();
      await sandbox.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** A buyer that signs by itself: the backend knows its name alone. */
async function admitBare(
  client: SandboxClient,
  provider: JsonRpcProvider,
  index: number,
): Promise<Wallet> {
  const wallet = new Wallet(Wallet.createRandom().privateKey, provider);
  const party = { name: `Bare buyer ${index}`, roles: ["buyer"], key: wallet.address };
  await client.as("operator").post("/parties", party);
  return wallet;
}

async function tokenOf(url: string, party: Id): Promise<string> {
  const answer = await fetch(`${url}/api/v1/auth/sandbox`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ party }),
  });
  if (!answer.ok) throw new Error(`Nobody is signed in: ${answer.status}.`);
  return ((await answer.json()) as { accessToken: string }).accessToken;
}
