import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";

/** A request as it came. */
export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** Milliseconds. */
  readonly at: number;
}

interface Answering {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Milliseconds until it answers. */
  readonly after?: number;
}

/** Somebody's HTTP server that takes webhooks. */
export interface Receiver {
  readonly url: string;
  readonly port: number;
  readonly received: Received[];
  /** TCP connections that were made to it. */
  readonly connections: number;
  /** Tells it how to answer from now on. */
  answer(how: (request: Received) => Answering): void;
  /** Resolves when so many requests have come; fails after 10 s. */
  has(count: number): Promise<void>;
  close(): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  let connections = 0;
  let how: (request: Received) => Answering = () => ({ status: 204 });
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks).toString("utf8");
      const one = { headers: request.headers, body, at: Date.now() };
      received.push(one);
      const { status, headers = {}, after = 0 } = how(one);
      setTimeout(() => response.writeHead(status, headers).end(), after);
    });
  });
  server.on("connection", () => (connections += 1));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hook`,
    port,
    received,
    get connections() {
      return connections;
    },
    answer: (next) => (how = next),
    has: async (count) => {
      for (let left = 1000; received.length < count && left > 0; left -= 1) await tick();
      if (received.length < count) {
        throw new Error(`${received.length} of ${count} requests came within 10 s.`);
      }
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** What a request says, after the specification's own library has verified it. */
export function verified({ headers, body }: Received, secret: string): Message {
  return new Webhook(secret).verify(body, headers as Record<string, string>) as Message;
}

export interface Message {
  readonly type: string;
  readonly timestamp: string;
  readonly data: { readonly id: string; readonly name: string };
}

export function idOf({ headers }: Received): string {
  return String(headers["webhook-id"]);
}

function tick(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 10));
}
