import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

export interface NodeRequest {
  readonly id: number;
  readonly method: string;
  readonly params: readonly unknown[];
}

/** What is answered instead: a result, or a refusal; undefined for what the node itself says. */
export type Wayward = (
  request: NodeRequest,
  ask: (method: string, params: readonly unknown[]) => Promise<unknown>,
  place: { readonly exchange: number; readonly request: number },
) => Promise<
  { readonly result?: unknown; readonly error?: { code: number; message: string } } | undefined
>;

/** A status and headers instead of an answer; undefined for an answer. */
export type Door = (
  exchange: number,
) => { status: number; headers: Record<string, string> } | undefined;

export interface WaywardNode {
  readonly url: string;
  /** Requests that were answered differently from the node. */
  readonly strayed: number;
  close(): Promise<void>;
}

/** A server in front of a real node that answers some requests in its own way. */
export async function startWaywardNode(
  node: string,
  stray: Wayward,
  door: Door = () => undefined,
): Promise<WaywardNode> {
  let exchanges = 0;
  let requests = 0;
  let strayed = 0;
  const ask = async (method: string, params: readonly unknown[]): Promise<unknown> => {
    const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
    const headers = { "content-type": "application/json" };
    const response = await fetch(node, { method: "POST", headers, body });
    const answer = (await response.json()) as { result?: unknown; error?: { message: string } };
    if (answer.error !== undefined) throw new Error(answer.error.message);
    return answer.result;
  };
  const answer = async (request: NodeRequest, exchange: number): Promise<object> => {
    const { id, method, params } = request;
    requests += 1;
    const own = await stray(request, ask, { exchange, request: requests });
    if (own !== undefined) strayed += 1;
    try {
      return { jsonrpc: "2.0", id, ...(own ?? { result: await ask(method, params) }) };
    } catch (error) {
      return { jsonrpc: "2.0", id, error: { code: -32000, message: String(error) } };
    }
  };
  const server = createServer((incoming, outgoing) => {
    exchanges += 1;
    const exchange = exchanges;
    const closed = door(exchange);
    void read(incoming).then(async (body) => {
      if (closed !== undefined) {
        strayed += 1;
        outgoing.writeHead(closed.status, closed.headers).end();
        return;
      }
      const asked = JSON.parse(body) as NodeRequest | NodeRequest[];
      const answers = Array.isArray(asked)
        ? await Promise.all(asked.map((each) => answer(each, exchange)))
        : await answer(asked, exchange);
      outgoing.setHeader("content-type", "application/json").end(JSON.stringify(answers));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get strayed() {
      return strayed;
    },
    close: async () => {
      const ended = once(server, "close");
      server.close();
      server.closeAllConnections();
      await ended;
    },
  };
}

async function read(stream: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts).toString("utf8");
}
