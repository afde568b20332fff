import { once } from "node:events";
import { createServer, request, Agent, type IncomingMessage, type ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { RpcFault } from "./rpc-faults.ts";

/** What a proxy asks for each request. */
export interface FaultSource {
  next(): RpcFault | undefined;
  /** Milliseconds. */
  delay(): number;
}

/** A door to a node that does not always work. */
export interface RpcProxy {
  readonly url: string;
  /** Faults that requests have met. */
  readonly met: ReadonlyMap<RpcFault, number>;
  /** Requests that came, with and without a fault. */
  readonly requests: number;
  close(): Promise<void>;
}

interface NodeAnswer {
  readonly status: number;
  readonly body: Buffer;
}

/** Starts a faulty proxy in front of a node's JSON-RPC over HTTP, on a free port of the loopback address. */
export async function startRpcProxy(node: string, faults: FaultSource): Promise<RpcProxy> {
  const met = new Map<RpcFault, number>();
  const agent = new Agent({ keepAlive: true });
  let requests = 0;
  const server = createServer((incoming, outgoing) => {
    requests += 1;
    const fault = faults.next();
    if (fault !== undefined) met.set(fault, (met.get(fault) ?? 0) + 1);
    const exchange = new Exchange(node, agent, faults, outgoing);
    exchange.perform(incoming, fault).catch(() => outgoing.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The proxy has no port.");
  return {
    url: `http://127.0.0.1:${String(address.port)}`,
    met,
    get requests() {
      return requests;
    },
    close: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
      agent.destroy();
    },
  };
}

/** One request on its way to the node, and its answer on the way back. */
class Exchange {
  constructor(
    private readonly node: string,
    private readonly agent: Agent,
    private readonly faults: FaultSource,
    private readonly outgoing: ServerResponse,
  ) {}

  async perform(incoming: IncomingMessage, fault: RpcFault | undefined): Promise<void> {
    const body = await read(incoming);
    switch (fault) {
      case "droppedBefore":
        return this.#cut();
      case "hung":
        await sleep(5 * this.faults.delay());
        return this.#cut();
      case "answered500":
        return this.#answer(500, "Internal Server Error");
      case "tooMany":
        return this.#answer(429, "Too Many Requests");
      case "overloaded":
        return this.#answer(200, overloaded(body));
      case "delayedBefore":
        await sleep(this.faults.delay());
        break;
      case "duplicated":
        await this.#ask(body);
        break;
    }
    const { status, body: answer } = await this.#ask(body);
    switch (fault) {
      case "droppedAfter":
        return this.#cut();
      case "answered500After":
        return this.#answer(500, "Internal Server Error");
      case "answeredGarbage":
        return this.#answer(200, "<html><body>Bad Gateway</body></html>");
      case "answeredHalf":
        return this.#answer(200, answer.subarray(0, Math.ceil(answer.length / 2)));
      case "delayedAfter":
        await sleep(this.faults.delay());
        break;
    }
    this.#answer(status, answer);
  }

  async #ask(body: Buffer): Promise<NodeAnswer> {
    const asked = request(this.node, {
      method: "POST",
      agent: this.agent,
      headers: { "content-type": "application/json", "content-length": body.length },
    });
    asked.end(body);
    const [answer] = (await once(asked, "response")) as [IncomingMessage];
    return { status: answer.statusCode ?? 500, body: await read(answer) };
  }

  #answer(status: number, body: string | Buffer): void {
    this.outgoing.writeHead(status, { "content-type": "application/json" }).end(body);
  }

  #cut(): void {
    this.outgoing.destroy();
  }
}

async function read(stream: AsyncIterable<unknown>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

/** For one request or a batch of them. */
function overloaded(body: Buffer): string {
  const error = { code: -32005, message: "limit exceeded" };
  const asked = JSON.parse(body.toString()) as { id: unknown } | { id: unknown }[];
  const refusal = ({ id }: { id: unknown }): object => ({ jsonrpc: "2.0", id, error });
  return JSON.stringify(Array.isArray(asked) ? asked.map(refusal) : refusal(asked));
}
