import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { JsonRpcProvider, Wallet } from "ethers";
import { Operator } from "../../api/operator.ts";
import type { Id } from "../../api/resources.ts";
import { SandboxClient } from "../../api/sandbox-client.ts";
import type { OrderTerms } from "../../api/terms.ts";
import { startSandbox, type Sandbox } from "../../sandbox/sandbox.ts";
import { HttpClient } from "./http-client.ts";

/** A buyer that the backend signs for. */
export interface ApiBuyer {
  readonly id: Id;
  readonly token: string;
}

/** Where the bare script and the API act side by side: the same node, the same contracts, buyers of either. */
export interface Stage {
  readonly sandbox: Sandbox;
  readonly http: HttpClient;
  readonly provider: JsonRpcProvider;
  readonly apiBuyers: readonly ApiBuyer[];
  readonly bareBuyers: readonly Wallet[];
  readonly seller: Id;
  readonly arbiter: Id;
  /** Seconds: within the sandbox's calendar. */
  readonly deliverBy: number;
  /** Terms of an order that nobody has issued. */
  terms(): OrderTerms;
  /** MB that the backend's process holds. */
  memory(): Promise<number>;
  close(): Promise<void>;
}

const buyers = 8;
const page = 4096;

export async function openStage(): Promise<Stage> {
  const dataDir = await mkdtemp(join(tmpdir(), "sheaf-load-"));
  const sandbox = await startSandbox({ dataDir });
  const client = new SandboxClient(sandbox.url);
  const operator = new Operator(client.as("operator"));
  const provider = new JsonRpcProvider(sandbox.rpcUrl, sandbox.deployment.chainId, {
    staticNetwork: true,
    batchMaxCount: 1,
    cacheTimeout: -1,
  });
  const admit = async (name: string, role: "buyer" | "cooperative" | "arbiter"): Promise<Id> =>
    (await operator.admit({ name, roles: [role] })).id;
  const seller = await admit("Bench cooperative", "cooperative");
  const arbiter = await admit("Bench arbiter", "arbiter");
  const apiBuyers: ApiBuyer[] = [];
  const bareBuyers: Wallet[] = [];
  for (let index = 0; index < buyers; index += 1) {
    const id = await admit(`Buyer ${index}`, "buyer");
    apiBuyers.push({ id, token: await tokenOf(sandbox.url, id) });
    const wallet = new Wallet(Wallet.createRandom().privateKey, provider);
    await client.as("operator").post("/parties", {
      name: `Bare buyer ${index}`,
      roles: ["buyer"],
      key: wallet.address,
    });
    bareBuyers.push(wallet);
  }
  const head = await provider.getBlock("latest");
  const deliverBy = (head?.timestamp ?? 0) + 60 * 86_400;
  const http = new HttpClient(sandbox.url);
  let numbers = 0;
  return {
    sandbox,
    http,
    provider,
    apiBuyers,
    bareBuyers,
    seller,
    arbiter,
    deliverBy,
    terms: () => ({
      number: `L-${(numbers += 1)}`,
      line: 1,
      seller,
      arbiter,
      itemCode: "RICE",
      unit: "KGM",
      quantity: 1_000_000n,
      unitPrice: 650_00n,
      deliverBy: new Date(deliverBy * 1000).toISOString().replace(/\.\d+Z$/, "+00:00"),
      paymentDays: 30,
      inspectionDays: 3,
    }),
    memory: async () => {
      const statm = await readFile(`/proc/${sandbox.pids.backend}/statm`, "utf8").catch(() => "");
      return Math.round((Number(statm.split(" ")[1] ?? 0) * page) / 1e6);
    },
    close: async () => {
      http.close();
      provider.destroy();
      await sandbox.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function tokenOf(url: string, party: Id): Promise<string> {
  const answer = await fetch(`${url}/api/v1/auth/sandbox`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ party }),
  });
  return ((await answer.json()) as { accessToken: string }).accessToken;
}
