import { join } from "node:path";
import { JsonRpcProvider, Wallet } from "ethers";
import type { Deployment } from "../../backend/src/chain/deployment.ts";
import { deploySheaf } from "../deploy/deploy.ts";
import { writeManifest } from "../deploy/manifest.ts";
import { startBackend, type BackendProcess } from "./backend.ts";
import { startNetwork, type LocalNetwork } from "./network.ts";
import { freePort } from "./port.ts";

/** The first account of every Hardhat network, known to all: it administers a sandbox and nothing else. */
export const administrationKey =
  "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";

export interface SandboxOptions {
  /** Port of the backend and its page; 0 takes a free one. */
  readonly port?: number;
  /** Port of the local network; 0 takes a free one. */
  readonly rpcPort?: number;
  /** Folder of the database, the keystore and the deployment's manifest. */
  readonly dataDir: string;
  /** `postgres://…`; SQLite in `dataDir` where nothing is said. */
  readonly databaseUrl?: string | undefined;
  /** Further settings of the backend's. */
  readonly environment?: Readonly<Record<string, string>>;
  /** The sandbox's calendar starts here; now, where nothing is said. */
  readonly startAt?: Date;
  /** Told of each step as it begins. */
  readonly progress?: (step: string) => void;
}

/** A running sandbox: a local network, a deployment, and a backend with its page, in two processes besides this one. */
export interface Sandbox {
  readonly url: string;
  readonly rpcUrl: string;
  readonly deployment: Deployment;
  readonly pids: { readonly network: number; readonly backend: number };
  /** Resolves when the backend ends, whoever ended it. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts a sandbox; what has been started is stopped again if a step fails.
 * @throws if a port is taken, or the network or the backend does not start
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { progress = () => undefined, dataDir, startAt } = options;
  const port = await freePort(options.port ?? 0, "PORT");
  const rpcPort = await freePort(options.rpcPort ?? 0, "RPC_PORT");
  progress("starting a local network");
  const network = await startNetwork(rpcPort, startAt);
  try {
    progress("deploying the contracts");
    const deployment = await deploy(network.url);
    const manifest = join(dataDir, "deployment.json");
    await writeManifest(deployment, manifest);
    progress("starting the backend");
    const backend = await startBackend(port, {
      SANDBOX: "true",
      RPC_URL: network.url,
      DATA_DIR: dataDir,
      DATABASE_URL: options.databaseUrl ?? "",
      DEPLOYMENT: manifest,
      ADMINISTRATION_KEY: administrationKey,
      LOG_LEVEL: "warn",
      ...options.environment,
    });
    return running(network, backend, deployment);
  } catch (error) {
    await network.stop();
    throw error;
  }
}

function running(network: LocalNetwork, backend: BackendProcess, deployment: Deployment): Sandbox {
  return {
    url: backend.url,
    rpcUrl: network.url,
    deployment,
    pids: { network: network.pid, backend: backend.pid },
    ended: backend.ended,
    stop: async () => {
      await backend.stop();
      await network.stop();
    },
  };
}

async function deploy(rpcUrl: string): Promise<Deployment> {
  const provider = new JsonRpcProvider(rpcUrl, undefined, {
    staticNetwork: true,
    cacheTimeout: -1,
    batchMaxCount: 1,
  });
  try {
    return await deploySheaf({ signer: new Wallet(administrationKey, provider) });
  } finally {
    provider.destroy();
  }
}
