import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { RepeatedChain } from "./repeated-chain.ts";
import { recordSeason } from "./season.ts";

/** A JSON-RPC server over HTTP in a process of its own, with the chain that it makes of a recorded season. */
const chain = new RepeatedChain(await recordSeason(), Number(process.argv[2]));
let head = chain.length;

interface Request {
  readonly id: number;
  readonly method: string;
  readonly params: readonly unknown[];
}

/** By hash, of the blocks that were given out last. */
const numbers = new Map<string, number>();

const server = createServer((request, response) => {
  void bodyOf(request).then((text) => {
    const asked = JSON.parse(text) as Request | Request[];
    const answer = Array.isArray(asked) ? `[${asked.map(answerTo).join(",")}]` : answerTo(asked);
    response.setHeader("content-type", "application/json");
    response.end(answer);
  });
});

function answerTo({ id, method, params }: Request): string {
  return `{"jsonrpc":"2.0","id":${id},"result":${resultOf(method, params)}}`;
}

function resultOf(method: string, [first]: readonly unknown[]): string {
  switch (method) {
    case "eth_chainId":
      return `"0x${chain.deployment.chainId.toString(16)}"`;
    case "eth_getBlockByNumber":
      return headerAt(first === "latest" ? head : Number(first));
    case "eth_getBlockByHash":
      return headerAt(numbers.get(String(first)) ?? Infinity);
    case "eth_getLogs":
      return logsOf(first as Readonly<Record<string, string>>);
    default:
      throw new Error(`The recorded chain does not answer ${method}.`);
  }
}

function headerAt(number: number): string {
  if (number > head) return "null";
  const header = chain.header(number) as { readonly hash: string };
  if (numbers.size > 50_000) numbers.clear();
  numbers.set(header.hash, number);
  return JSON.stringify(header);
}

function logsOf({ blockHash, fromBlock, toBlock }: Readonly<Record<string, string>>): string {
  const one = blockHash === undefined ? undefined : numbers.get(blockHash);
  const from = one ?? Number(fromBlock);
  const to = Math.min(one ?? Number(toBlock), head);
  const texts: string[] = [];
  for (let number = from; number <= to; number += 1) {
    const text = chain.logsOf(number);
    if (text !== "") texts.push(text);
  }
  return `[${texts.join(",")}]`;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

server.listen(0, "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo;
  const { deployment, length, logs } = chain;
  process.send?.({ port, deployment, length, logs });
});
process.on("message", (to: number) => {
  head = to;
  process.send?.({ head, at: Date.now() });
});
process.once("disconnect", () => process.exit(0));
process.on("SIGINT", () => undefined);
