import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { JsonRpcProvider, Wallet } from "ethers";
import { deploySheaf } from "../../scripts/deploy/deploy.ts";
import { administrationKey } from "../../scripts/sandbox/sandbox.ts";
import type { LocalChain } from "./local-chain.ts";

export interface AnvilOptions {
  /** Seconds since the epoch of the first block. */
  readonly timestamp?: number;
  /** Wei; 0, and then parties need no ether, where nothing else is said. */
  readonly baseFee?: number;
  readonly chainId?: number;
  /** Milliseconds that it may take to start. */
  readonly patience?: number;
}

/** An anvil of a test's own: a node with a mempool, which mines when it is told to and can be reorganised. */
export interface AnvilNode {
  readonly url: string;
  readonly provider: JsonRpcProvider;
  /** Any of its methods, `anvil_…` and `evm_…` too. */
  send(method: string, ...params: unknown[]): Promise<unknown>;
  /** Whether each transaction is mined as it comes. */
  automine(on: boolean): Promise<void>;
  mine(blocks?: number): Promise<void>;
  close(): Promise<void>;
}

/** An anvil with a Sheaf on it. */
export type AnvilChain = LocalChain & AnvilNode;

export async function startAnvil(options: AnvilOptions = {}): Promise<AnvilNode> {
  const { chainId = 31337, patience = 20_000 } = options;
  const child = spawn(binary(), argumentsOf(options, chainId), {
    stdio: ["ignore", "pipe", "ignore"],
  });
  // A test that is killed leaves no node behind.
  const end = (): void => void child.kill("SIGKILL");
  process.once("exit", end);
  try {
    const url = await listening(child, patience);
    const provider = new JsonRpcProvider(url, chainId, {
      staticNetwork: true,
      batchMaxCount: 1,
      cacheTimeout: -1,
      pollingInterval: 20,
    });
    const send = (method: string, ...params: unknown[]): Promise<unknown> =>
      provider.send(method, params) as Promise<unknown>;
    return {
      url,
      provider,
      send,
      automine: async (on) => {
        await send("evm_setAutomine", on);
      },
      mine: async (blocks = 1) => {
        await send("anvil_mine", `0x${blocks.toString(16)}`);
      },
      close: async () => {
        provider.destroy();
        process.off("exit", end);
        if (child.exitCode !== null || child.signalCode !== null) return;
        const ended = once(child, "exit");
        end();
        await ended;
      },
    };
  } catch (error) {
    end();
    throw error;
  }
}

export async function startAnvilChain(options: AnvilOptions = {}): Promise<AnvilChain> {
  const node = await startAnvil(options);
  try {
    const deployment = await deploySheaf({ signer: new Wallet(administrationKey, node.provider) });
    return { ...node, deployment, administrationKey };
  } catch (error) {
    await node.close();
    throw error;
  }
}

/** The platform's own package holds the program; the one in between would start it through another Node. */
function binary(): string {
  const processor = process.arch === "x64" ? "amd64" : process.arch;
  const [name, file] =
    process.platform === "win32" ? ["win32", "anvil.exe"] : [process.platform, "anvil"];
  return createRequire(
    createRequire(import.meta.url).resolve("@foundry-rs/anvil/package.json"),
  ).resolve(`@foundry-rs/anvil-${name}-${processor}/bin/${file}`);
}

function argumentsOf({ timestamp, baseFee = 0 }: AnvilOptions, chainId: number): string[] {
  return [
    ...["--port", "0", "--chain-id", String(chainId), "--hardfork", "cancun"],
    ...["--base-fee", String(baseFee), "--gas-limit", "200000000", "--no-cors"],
    ...["--disable-min-priority-fee", "--preserve-historical-states"],
    ...(timestamp === undefined ? [] : ["--timestamp", String(timestamp)]),
  ];
}

async function listening(child: ChildProcess, patience: number): Promise<string> {
  if (child.stdout === null) throw new Error("anvil has no output.");
  const lines = createInterface({ input: child.stdout });
  const timer = setTimeout(() => {
    lines.close();
  }, patience);
  let address: string | undefined;
  try {
    for await (const line of lines) {
      address = /^Listening on (\S+)/.exec(line)?.[1];
      if (address !== undefined) break;
    }
  } finally {
    clearTimeout(timer);
  }
  if (address === undefined) throw new Error("anvil did not start in time.");
  // Nobody reads on, and it must not stop for that.
  child.stdout.resume();
  return `http://${address}`;
}
