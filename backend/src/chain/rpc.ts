import { JsonRpcProvider, Network } from "ethers";

/** The node's own answer to a request that it refused. `data` holds a revert's bytes, where there are any. */
export class RpcError extends Error {
  constructor(
    readonly method: string,
    message: string,
    readonly code: number,
    readonly data: string | undefined,
  ) {
    super(message);
    this.name = "RpcError";
  }
}

/** The node gave no answer that could be read. Whether it took the request is not known. */
export class NetworkUnreachable extends Error {
  constructor(method: string, cause: unknown) {
    super(`${method}: ${String(cause)}`, { cause });
    this.name = "NetworkUnreachable";
  }
}

/** A block's header, as far as the backend looks at it. */
export interface Header {
  readonly number: number;
  readonly hash: string;
  readonly parentHash: string;
  /** Seconds. */
  readonly time: number;
}

export interface RawLog {
  readonly address: string;
  readonly topics: string[];
  readonly data: string;
  readonly blockNumber: string;
  readonly blockHash: string;
  readonly transactionHash: string;
  readonly logIndex: string;
}

export interface Receipt {
  readonly hash: string;
  readonly block: number;
  readonly blockHash: string;
  readonly succeeded: boolean;
}

interface RawHeader {
  readonly number: string;
  readonly hash: string;
  readonly parentHash: string;
  readonly timestamp: string;
}

interface Refusal {
  readonly code: number;
  readonly message?: string;
  readonly data?: unknown;
}

interface Answer {
  readonly result?: unknown;
  readonly error?: Refusal;
}

type BlockTag = number | "latest" | "pending";

/**
 * JSON-RPC over HTTP by ethers, without its waiting for a batch to fill: a command makes five requests one after
 * another, and each would wait.
 */
export class Rpc extends JsonRpcProvider {
  constructor(url: string, chainId: number) {
    const network = Network.from(chainId);
    super(url, network, { staticNetwork: network, batchMaxCount: 1, cacheTimeout: -1 });
  }

  override async send(method: string, params: unknown[]): Promise<unknown> {
    const request = { jsonrpc: "2.0" as const, id: 1, method, params };
    const [answer] = (await this._send(request).catch((error: unknown) => {
      throw new NetworkUnreachable(method, error);
    })) as Answer[];
    if (answer === undefined) throw new NetworkUnreachable(method, "the node gave no answer");
    if (answer.error !== undefined) throw refusal(method, answer.error);
    return answer.result;
  }

  /** The header of a block; undefined for one that the node does not have. */
  async header(block: BlockTag): Promise<Header | undefined> {
    const raw = (await this.send("eth_getBlockByNumber", [tag(block), false])) as RawHeader | null;
    return raw === null
      ? undefined
      : {
          number: Number(raw.number),
          hash: raw.hash,
          parentHash: raw.parentHash,
          time: Number(raw.timestamp),
        };
  }

  /** Logs of one block, by its hash: refused by a node that does not have it, rather than answered with none. */
  logsOfBlock(hash: string, addresses: readonly string[]): Promise<RawLog[]> {
    return this.send("eth_getLogs", [{ blockHash: hash, address: addresses }]) as Promise<RawLog[]>;
  }

  logsOfRange(from: number, to: number, addresses: readonly string[]): Promise<RawLog[]> {
    return this.send("eth_getLogs", [
      { fromBlock: tag(from), toBlock: tag(to), address: addresses },
    ]) as Promise<RawLog[]>;
  }

  async receipt(hash: string): Promise<Receipt | undefined> {
    const raw = (await this.send("eth_getTransactionReceipt", [hash])) as {
      readonly blockNumber: string;
      readonly blockHash: string;
      readonly status: string;
    } | null;
    return raw === null
      ? undefined
      : {
          hash,
          block: Number(raw.blockNumber),
          blockHash: raw.blockHash,
          succeeded: Number(raw.status) === 1,
        };
  }

  /** The bytes that a call answers; a refusal throws `RpcError`. */
  callRaw(from: string, to: string, data: string, block: BlockTag): Promise<string> {
    return this.send("eth_call", [{ from, to, data }, tag(block)]) as Promise<string>;
  }

  async nonceOf(account: string): Promise<number> {
    return Number(await this.send("eth_getTransactionCount", [account, "pending"]));
  }
}

function tag(block: BlockTag): string {
  return typeof block === "number" ? `0x${block.toString(16)}` : block;
}

function refusal(method: string, error: Refusal): RpcError {
  return new RpcError(method, error.message ?? "no reason given", error.code, bytesIn(error.data));
}

/** Nodes put a revert's bytes into `data`, or into `data.data`. */
function bytesIn(data: unknown): string | undefined {
  if (typeof data === "string") return data.startsWith("0x") ? data : undefined;
  return typeof data === "object" && data !== null && "data" in data
    ? bytesIn(data.data)
    : undefined;
}
