import { network } from "hardhat";
import type { Signer } from "ethers";
import { errorName, revertData } from "./revert-name.ts";

/** What a contract call is to a chain, whoever sends it. */
export interface Call {
  to: string;
  data: string;
}

export interface Log {
  address: string;
  topics: string[];
  data: string;
}

export type Outcome = { error: string; logs: null } | { error: null; logs: Log[] };

interface MinedTransaction {
  blockNumber: string;
  status: string;
  logs: Log[];
}

/** Above what any act takes; a fixed limit spares an estimate for each. */
const gasLimit = 10_000_000n;
/** Long before any story, since a chain's time only moves forward. */
const genesis = "2000-01-01T00:00:00Z";

type Connection = Awaited<ReturnType<typeof connect>>;

function connect() {
  return network.create({
    network: "default",
    chainType: "l1",
    override: { initialDate: genesis, allowBlocksWithSameTimestamp: true },
  });
}

/** A Hardhat network in this process, on which the time of every block is given. */
export class LocalChain {
  readonly accounts: readonly string[];
  private readonly connection: Connection;

  private constructor(connection: Connection, accounts: readonly string[]) {
    this.connection = connection;
    this.accounts = accounts;
  }

  static async open(): Promise<LocalChain> {
    const connection = await connect();
    const accounts: unknown = await connection.provider.request({ method: "eth_accounts" });
    return new LocalChain(connection, accounts as string[]);
  }

  signer(account: string): Promise<Signer> {
    return this.connection.ethers.getSigner(account);
  }

  /**
   * Sends a call in a block at `time`. What would be refused there is not sent: an empty block at
   * `time` is mined in its place.
   */
  async attempt(from: string, call: Call, time: bigint): Promise<Outcome> {
    const transaction = { from, to: call.to, data: call.data, gas: quantity(gasLimit) };
    await this.request("evm_setNextBlockTimestamp", quantity(time));
    try {
      await this.request("eth_call", transaction, "pending");
    } catch (problem) {
      const data = revertData(problem);
      if (data === null) throw problem;
      await this.request("hardhat_mine", "0x1");
      return { error: errorName(data), logs: null };
    }
    const hash = await this.request("eth_sendTransaction", transaction);
    const mined = (await this.request("eth_getTransactionReceipt", hash)) as MinedTransaction;
    await this.check(mined, time);
    return { error: null, logs: mined.logs };
  }

  /** As `attempt`, for what no story tells and nothing may refuse. */
  async perform(from: string, call: Call, time: bigint): Promise<void> {
    const { error } = await this.attempt(from, call, time);
    if (error !== null) throw new Error(`the scene could not be set: refused with ${error}`);
  }

  async time(): Promise<bigint> {
    return (await this.blockTime("latest")) ?? 0n;
  }

  snapshot(): Promise<unknown> {
    return this.request("evm_snapshot");
  }

  async revert(snapshot: unknown): Promise<void> {
    if ((await this.request("evm_revert", snapshot)) !== true) {
      throw new Error("the local network could not go back to its beginning");
    }
  }

  close(): Promise<void> {
    return this.connection.close();
  }

  private async check(mined: MinedTransaction, time: bigint): Promise<void> {
    if (mined.status !== "0x1") throw new Error("a transaction failed that its simulation passed");
    const actual = await this.blockTime(mined.blockNumber);
    if (actual !== time)
      throw new Error(`mined at ${String(actual)} instead of ${time.toString()}`);
  }

  private async blockTime(block: string): Promise<bigint | null> {
    const found = await this.request("eth_getBlockByNumber", block, false);
    return found === null ? null : BigInt((found as { timestamp: string }).timestamp);
  }

  private request(method: string, ...params: unknown[]): Promise<unknown> {
    return this.connection.provider.request({ method, params });
  }
}

function quantity(value: bigint): string {
  return `0x${value.toString(16)}`;
}
