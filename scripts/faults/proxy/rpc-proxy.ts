import { once } from "node:events";
import { createServer, request, Agent, type IncomingMessage, type ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { RpcFault } from "./rpc-faults.ts";

/** What a proxy asks for each request. */
export interface FaultSource {
  next(method: string): RpcFault | undefined;
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
  readonly body: Buffer | string;
}

type Answers<Given> = Readonly<Partial<Record<RpcFault, (given: Given) => NodeAnswer | "cut">>>;

const failure: NodeAnswer = { status: 500, body: "Internal Server Error" };

/** What is answered without the node. */
const unaskedAnswers: Answers<Buffer> = {
  droppedBefore: () => "cut",
  hung: () => "cut",
  answered500: () => failure,
  tooMany: () => ({ status: 429, body: "Too Many Requests" }),
  overloaded: (asked) => ({ status: 200, body: overloaded(asked) }),
};

/** What becomes of the node's own answer. */
const spoiltAnswers: Answers<NodeAnswer> = {
  droppedAfter: () => "cut",
  answered500After: () => failure,
  answeredGarbage: () => ({ status: 200, body: "<html><body>Bad Gateway</body></html>" }),
  answeredHalf: ({ body }) => ({ status: 200, body: body.slice(0, Math.ceil(body.length / 2)) }),
};

/** Starts a faulty proxy in front of a node's JSON-RPC over HTTP, on a free port of the loopback address. */
export async function startRpcProxy(node: string, faults: FaultSource): Promise<RpcProxy> {
  const met = new Map<RpcFault, number>();
  const agent = new Agent({ keepAlive: true });
  let requests = 0;
  const server = createServer((incoming, outgoing) => {
    requests += 1;
    const exchange = new Exchange(node, agent, faults, outgoing);
    read(incoming)
      .then((body) => {
        const fault = faults.next(methodOf(body));
        if (fault !== undefined) met.set(fault, (met.get(fault) ?? 0) + 1);
        return exchange.perform(body, fault);
      })
      .catch(() => outgoing.destroy());
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

  async perform(body: Buffer, fault: RpcFault | undefined): Promise<void> {
    const { faults } = this;
    if (fault === "delayedBefore") await sleep(faults.delay());
    if (fault === "hung") await sleep(5 * faults.delay());
    const unasked = fault === undefined ? undefined : unaskedAnswers[fault];
    if (unasked !== undefined) {
      this.#give(unasked(body));
      return;
    }
    if (fault === "duplicated") await this.#ask(body);
    const answer = await this.#ask(body);
    if (fault === "delayedAfter") await sleep(faults.delay());
    this.#give(fault === undefined ? answer : (spoiltAnswers[fault]?.(answer) ?? answer));
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

  #give(answer: NodeAnswer | "cut"): void {
    if (answer === "cut") this.outgoing.destroy();
    else
      this.outgoing
        .writeHead(answer.status, { "content-type": "application/json" })
        .end(answer.body);
  }
}

async function read(stream: AsyncIterable<unknown>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

/** Of a batch, the first one's. */
function methodOf(body: Buffer): string {
  const asked = JSON.parse(body.toString()) as { method: string } | [{ method: string }];
  return Array.isArray(asked) ? asked[0].method : asked.method;
}

/** For one request or a batch of them. */
function overloaded(body: Buffer): string {
  const error = { code: -32005, message: "limit exceeded" };
  const asked = JSON.parse(body.toString()) as { id: unknown } | { id: unknown }[];
  const refusal = ({ id }: { id: unknown }): object => ({ jsonrpc: "2.0", id, error });
  return JSON.stringify(Array.isArray(asked) ? asked.map(refusal) : refusal(asked));
}
