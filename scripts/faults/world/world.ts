import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { JsonRpcProvider, Wallet } from "ethers";
import type { Deployment } from "../../../backend/src/chain/deployment.ts";
import { startOfDay } from "../../../backend/src/math/calendar.ts";
import { deploySheaf } from "../../deploy/deploy.ts";
import { writeManifest } from "../../deploy/manifest.ts";
import { Seeded } from "../../random/seeded.ts";
import { startNetwork, type LocalNetwork } from "../../sandbox/network.ts";
import { administrationKey } from "../../sandbox/sandbox.ts";
import { RpcFaultStream, weathers } from "../proxy/rpc-faults.ts";
import { startRpcProxy, type RpcProxy } from "../proxy/rpc-proxy.ts";
import { Listener } from "./listener.ts";
import { postgresStore, sqliteStore, type Store } from "./store.ts";

export const finalityBlocks = 2;
const nineOClock = 9 * 3600;

interface Door {
  readonly proxy: RpcProxy;
  readonly faults: RpcFaultStream;
}

/** What the backends stand on: a node, a deployment, doors that fail, and a folder for their data. */
export class World {
  private constructor(
    readonly folder: string,
    readonly network: LocalNetwork,
    readonly provider: JsonRpcProvider,
    readonly deployment: Deployment,
    /** What was there before any backend: the last block, and transactions of the administration. */
    readonly before: { readonly block: number; readonly nonce: number },
    /** Two ways to the node, as if there were two. */
    readonly doors: readonly Door[],
    readonly store: Store,
    /** Takes the webhooks of the cooperatives. */
    readonly listener: Listener,
  ) {}

  static async start(
    startAt: Date,
    faultSeed: number,
    kind: "sqlite" | "postgres",
  ): Promise<World> {
    const folder = await mkdtemp(join(tmpdir(), "sheaf-faults-"));
    const network = await startNetwork(0, startAt);
    const provider = new JsonRpcProvider(network.url, undefined, {
      staticNetwork: true,
      cacheTimeout: -1,
      batchMaxCount: 1,
    });
    const administrator = new Wallet(administrationKey, provider);
    const deployment = await deploySheaf({ signer: administrator });
    await writeManifest(deployment, join(folder, "deployment.json"));
    const before = {
      block: await provider.getBlockNumber(),
      nonce: await provider.getTransactionCount(administrator.address),
    };
    const store =
      kind === "sqlite" ? sqliteStore(folder) : await postgresStore(folder, faultSeed + 1);
    const doors = await Promise.all(
      weathers.map(async (rates, index): Promise<Door> => {
        const faults = new RpcFaultStream(new Seeded(faultSeed + 100 * index), rates);
        return { faults, proxy: await startRpcProxy(network.url, faults) };
      }),
    );
    return new World(
      folder,
      network,
      provider,
      deployment,
      before,
      doors,
      store,
      await Listener.start(),
    );
  }

  /** For a backend; its data in a folder of that name. */
  environment(data: string, rpcUrl = this.#doorUrls): Readonly<Record<string, string>> {
    return {
      SANDBOX: "true",
      RPC_URL: rpcUrl,
      DATA_DIR: join(this.folder, data),
      DEPLOYMENT: join(this.folder, "deployment.json"),
      ADMINISTRATION_KEY: administrationKey,
      TOKEN_SECRET: "the same for every process of a campaign",
      FINALITY_BLOCKS: String(finalityBlocks),
      POLL_INTERVAL: "200",
      ANCHOR_SECONDS: "1",
      LOG_LEVEL: "warn",
      WEBHOOK_PRIVATE_ADDRESSES: "true",
      WEBHOOK_RETRIES: "1,1,1,2,2,2,3,3,3,5,5,5",
    };
  }

  get #doorUrls(): string {
    return this.doors.map(({ proxy }) => proxy.url).join(",");
  }

  /** From here on nodes do as they should. */
  calm(): void {
    for (const { faults } of this.doors) faults.turn(false);
    this.store.calm();
  }

  /** Requests to the node, and the faults that those of each door have met. */
  get requests(): number {
    return this.doors.reduce((sum, { proxy }) => sum + proxy.requests, 0);
  }

  get met(): ReadonlyMap<string, number> {
    const met = this.doors.flatMap(({ proxy }, index) =>
      [...proxy.met].map(
        ([fault, times]) => [`${fault}, node ${String(index + 1)}`, times] as const,
      ),
    );
    return new Map<string, number>([...met, ...this.store.met]);
  }

  /** Nine o'clock of a civil day; the calendar only ever goes forward. */
  async moveTo(day: number): Promise<void> {
    const time = startOfDay(day, this.deployment.utcOffset) + nineOClock;
    await this.provider.send("evm_setNextBlockTimestamp", [time]);
    await this.mine(1);
  }

  async mine(blocks: number): Promise<void> {
    for (let block = 0; block < blocks; block++) await this.provider.send("evm_mine", []);
  }

  async head(): Promise<number> {
    return Number(await this.provider.send("eth_blockNumber", []));
  }

  /** Empty blocks of the same second would be the same blocks: this one is a minute after the head. */
  async mineAnother(): Promise<void> {
    const head = await this.provider.getBlock("latest");
    const later = (head?.timestamp ?? 0) + 60;
    await this.provider.send("evm_setNextBlockTimestamp", [later]);
    await this.mine(1);
  }

  snapshot(): Promise<unknown> {
    return this.provider.send("evm_snapshot", []);
  }

  async revert(snapshot: unknown): Promise<void> {
    await this.provider.send("evm_revert", [snapshot]);
  }

  async stop(): Promise<void> {
    await this.store.close();
    await this.listener.stop();
    for (const { proxy } of this.doors) await proxy.close();
    this.provider.destroy();
    await this.network.stop();
  }

  async discard(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}
