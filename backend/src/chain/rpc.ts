import { JsonRpcProvider, Network, type JsonRpcPayload, type JsonRpcResult } from "ethers";
import { Endpoints } from "./endpoints.ts";
import { NetworkUnreachable } from "./network-unreachable.ts";

export { NetworkUnreachable };

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

/** Logs, and whether the node that gave them has the block in question. */
export interface LogAnswer {
  readonly logs: RawLog[];
  readonly hasBlock: boolean;
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

interface RawReceipt {
  readonly transactionHash: string;
  readonly blockNumber: string;
  readonly blockHash: string;
  readonly status: string;
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

/** How a node took a transaction's bytes. */
export type Reception =
  | { readonly kind: "taken" }
  | { readonly kind: "refused"; readonly error: RpcError }
  /** Nobody knows. */
  | { readonly kind: "unanswered"; readonly reason: string };

export interface RpcOptions {
  /** Of block 0: a node with another one is not asked. */
  readonly genesisHash?: string;
  /** Milliseconds for one request to one node. */
  readonly timeout?: number;
}

/** What an account has sent, and what became of some transactions: as one node sees it at one moment. */
export interface Standing {
  /** How many transactions of the account are in blocks up to the one asked for. */
  readonly nonce: number;
  readonly receipts: readonly Receipt[];
}

/**
 * JSON-RPC over HTTP to one node or several, without ethers' waiting for a batch to fill: a command makes five requests
 * one after another, and each would wait.
 */
export class Rpc extends JsonRpcProvider {
  readonly #endpoints: Endpoints;

  /** @param urls of nodes of one network, in the order in which they are preferred */
  constructor(urls: string | readonly string[], chainId: number, options: RpcOptions = {}) {
    const nodes = typeof urls === "string" ? [urls] : urls;
    const network = Network.from(chainId);
    super(nodes[0], network, { staticNetwork: network, batchMaxCount: 1, cacheTimeout: -1 });
    const { genesisHash, timeout = 10_000 } = options;
    const identity = { chainId, ...(genesisHash !== undefined && { genesisHash }) };
    this.#endpoints = new Endpoints(nodes, identity, timeout);
  }

  override async _send(payload: JsonRpcPayload | JsonRpcPayload[]): Promise<JsonRpcResult[]> {
    const requests = Array.isArray(payload) ? payload : [payload];
    return (await this.#endpoints.ask(requests)) as JsonRpcResult[];
  }

  override destroy(): void {
    this.#endpoints.destroy();
    super.destroy();
  }

  /** Says which block the read model has: what nodes refuse that do not have it is not believed. */
  readUpTo(block: number): void {
    this.#endpoints.readUpTo(block);
  }

  /** Gives a transaction's bytes to every node; what each made of them. */
  async broadcast(raw: string): Promise<Reception[]> {
    const method = "eth_sendRawTransaction";
    const said = await this.#endpoints.tellAll({ jsonrpc: "2.0", id: 1, method, params: [raw] });
    return said.map((one) => {
      if ("failure" in one) return { kind: "unanswered", reason: String(one.failure) };
      const { error } = one.answer;
      return error === undefined
        ? { kind: "taken" }
        : { kind: "refused", error: refusal(method, error) };
    });
  }

  /** Both from the same node, so that a transaction that has used its nonce has its receipt here. */
  async standing(
    account: string,
    block: number | "latest",
    hashes: readonly string[],
  ): Promise<Standing> {
    const asked = [
      { method: "eth_getTransactionCount", params: [account, tag(block)] },
      ...hashes.map((hash) => ({ method: "eth_getTransactionReceipt", params: [hash] })),
    ];
    const values = await this.sendAll(asked);
    const [nonce, ...receipts] = values;
    return {
      nonce: Number(nonce),
      receipts: receipts.flatMap((raw) => receiptIn(raw as RawReceipt | null) ?? []),
    };
  }

  override async send(method: string, params: unknown[]): Promise<unknown> {
    const request = { jsonrpc: "2.0" as const, id: 1, method, params };
    const [answer] = (await this._send(request).catch((error: unknown) => {
      throw error instanceof NetworkUnreachable ? error : new NetworkUnreachable(method, error);
    })) as Answer[];
    if (answer === undefined) throw new NetworkUnreachable(method, "the node gave no answer");
    if (answer.error !== undefined) throw refusal(method, answer.error);
    return answer.result;
  }

  /** Sends several requests as one, which one node answers; throws what the first was refused for that was refused. */
  async sendAll(requests: readonly Request[]): Promise<unknown[]> {
    const payload = requests.map((request, id) => ({ jsonrpc: "2.0" as const, id, ...request }));
    const answers = (await this._send(payload)) as Answer[];
    return answers.map(({ result, error }, index) => {
      if (error !== undefined) throw refusal(requests[index]?.method ?? "", error);
      return result;
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

  /** Logs of one block by its hash. */
  logsOfBlock(hash: string, addresses: readonly string[]): Promise<LogAnswer> {
    return this.#logs({ blockHash: hash, address: addresses }, hash);
  }

  /** Logs up to a block: who has that one has those before it. */
  logsOfRange(
    from: number,
    to: { readonly number: number; readonly hash: string },
    addresses: readonly string[],
  ): Promise<LogAnswer> {
    const range = { fromBlock: tag(from), toBlock: tag(to.number) };
    return this.#logs({ ...range, address: addresses }, to.hash);
  }

  async receipt(hash: string): Promise<Receipt | undefined> {
    return receiptIn((await this.send("eth_getTransactionReceipt", [hash])) as RawReceipt | null);
  }

  /** The bytes that a call answers; a refusal throws `RpcError`. */
  async callRaw(from: string, to: string, data: string, block: BlockTag): Promise<string> {
    const call = { method: "eth_call", params: [{ from, to, data }, tag(block)] };
    if (typeof block === "number") return (await this.send(call.method, call.params)) as string;
    // With its head beside it, a node that is behind is known by it.
    const head = { method: "eth_getBlockByNumber", params: ["latest", false] };
    const [answer] = await this.sendAll([call, head]);
    return answer as string;
  }

  async nonceOf(account: string): Promise<number> {
    return Number(await this.send("eth_getTransactionCount", [account, "pending"]));
  }

  async #logs(filter: object, block: string): Promise<LogAnswer> {
    const [logs, header] = await this.sendAll([
      { method: "eth_getLogs", params: [filter] },
      { method: "eth_getBlockByHash", params: [block, false] },
    ]);
    if (!Array.isArray(logs)) throw new NetworkUnreachable("eth_getLogs", "no list was given");
    return { logs: logs as RawLog[], hasBlock: headerIn(header)?.hash === block };
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

function receiptIn(raw: RawReceipt | null): Receipt | undefined {
  return raw === null
    ? undefined
    : {
        hash: raw.transactionHash,
        block: Number(raw.blockNumber),
        blockHash: raw.blockHash,
        succeeded: Number(raw.status) === 1,
      };
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
