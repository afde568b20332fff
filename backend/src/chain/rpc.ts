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
  /** Of what the block's logs are of, 0x and 512 digits; of some networks all zero. */
  readonly bloom: string;
}

export interface RawLog {
  readonly address: string;
  readonly topics: string[];
  readonly data: string;
  readonly blockNumber: string;
  readonly blockHash: string;
  readonly transactionHash: string;
  readonly logIndex: string;
  /** Said of a log whose block has been reorganised away. */
  readonly removed?: boolean;
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
  readonly logsBloom?: string | null;
}

interface Request {
  readonly method: string;
  readonly params: unknown[];
}

interface Refusal {
  readonly code: number;
  readonly message?: string;
  readonly data?: unknown;
}

interface Answer {
  readonly id?: number;
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

  /** Sends several requests as one, which one node answers; throws what the first that was refused was refused for. */
  async sendAll(requests: readonly Request[]): Promise<unknown[]> {
    const [first, ...more] = requests;
    if (first === undefined) return [];
    if (more.length === 0) return [await this.send(first.method, first.params)];
    const payload = requests.map((request, id) => ({ jsonrpc: "2.0" as const, id, ...request }));
    const method = `${first.method} and ${more.length} more`;
    const answers = (await this._send(payload).catch((error: unknown) => {
      throw new NetworkUnreachable(method, error);
    })) as unknown;
    const byId = new Map(
      (Array.isArray(answers) ? (answers as Answer[]) : [answers as Answer]).map((answer) => [
        answer.id,
        answer,
      ]),
    );
    return requests.map((request, id) => {
      const answer = byId.get(id);
      if (answer?.error !== undefined) throw refusal(request.method, answer.error);
      if (answer === undefined) throw new NetworkUnreachable(method, "the node did not answer all");
      return answer.result;
    });
  }

  /** The header of a block; undefined for one that the node does not have. */
  async header(block: BlockTag): Promise<Header | undefined> {
    return headerIn(await this.send("eth_getBlockByNumber", [tag(block), false]));
  }

  /** Headers of consecutive blocks, in one request; undefined for each that the node does not have. */
  async headers(from: number, to: number): Promise<(Header | undefined)[]> {
    const requests: Request[] = [];
    for (let block = from; block <= to; block += 1) {
      requests.push({ method: "eth_getBlockByNumber", params: [tag(block), false] });
    }
    return (await this.sendAll(requests)).map(headerIn);
  }

  /** Logs of one block by its hash, and whether the node that answered has that block. */
  async logsOfBlock(
    hash: string,
    addresses: readonly string[],
  ): Promise<{ readonly logs: RawLog[]; readonly hasBlock: boolean }> {
    const [logs, block] = await this.sendAll([
      { method: "eth_getLogs", params: [{ blockHash: hash, address: addresses }] },
      { method: "eth_getBlockByHash", params: [hash, false] },
    ]);
    return { logs: logsIn(logs), hasBlock: headerIn(block)?.hash === hash };
  }

  /** Logs up to a block, and whether the node that answered has that block, and so those before it. */
  async logsOfRange(
    from: number,
    to: { readonly number: number; readonly hash: string },
    addresses: readonly string[],
  ): Promise<{ readonly logs: RawLog[]; readonly hasBlock: boolean }> {
    const filter = { fromBlock: tag(from), toBlock: tag(to.number), address: addresses };
    const [logs, block] = await this.sendAll([
      { method: "eth_getLogs", params: [filter] },
      { method: "eth_getBlockByHash", params: [to.hash, false] },
    ]);
    return { logs: logsIn(logs), hasBlock: headerIn(block)?.hash === to.hash };
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

function headerIn(answer: unknown): Header | undefined {
  if (answer === null || answer === undefined) return undefined;
  const raw = answer as RawHeader;
  return {
    number: Number(raw.number),
    hash: raw.hash,
    parentHash: raw.parentHash,
    time: Number(raw.timestamp),
    bloom: raw.logsBloom ?? "",
  };
}

/** @throws NetworkUnreachable for what is no list */
function logsIn(answer: unknown): RawLog[] {
  if (!Array.isArray(answer)) throw new NetworkUnreachable("eth_getLogs", "the node gave no list");
  return answer as RawLog[];
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
