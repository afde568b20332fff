import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";

interface AskedRequest {
  readonly jsonrpc: "2.0";
  readonly id: number;
  readonly method: string;
  readonly params: readonly unknown[];
}

/** What is said in place of the node's answer to one request. */
export type Fault =
  /** The node does not get it, and nobody answers. */
  | { readonly kind: "lost" }
  /** The node does not get it; so is answered. For a request by itself. */
  | { readonly kind: "refused"; readonly message: string }
  /** The node does what is asked; its answer is lost. */
  | { readonly kind: "answerLost" }
  /** The node does what is asked; its answer comes after so many milliseconds. */
  | { readonly kind: "late"; readonly by: number }
  /** The node does what is asked; so is answered. */
  | { readonly kind: "status"; readonly status: number }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "error"; readonly code: number; readonly message: string }
  | { readonly kind: "result"; readonly result: unknown }
  | { readonly kind: "otherId" };

/** A door to a node: what comes through it meets what the test has in mind for its method. */
export interface FaultyNode {
  readonly url: string;
  /** How many requests of a method came through. */
  asked(method: string): number;
  /** The fault of the next `times` requests of a method, or of all. */
  meet(method: string, fault: Fault, times?: number): void;
  /** No more faults. */
  heal(): void;
  /** Nobody is there, until it heals. */
  goAway(): void;
  close(): Promise<void>;
}

interface Plan {
  readonly fault: Fault;
  left: number;
}

export async function startFaultyNode(node: string): Promise<FaultyNode> {
  const plans = new Map<string, Plan>();
  const counts = new Map<string, number>();
  let isAway = false;
  const server = createServer((request, response) => {
    void (async () => {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part as Buffer);
      if (isAway) response.destroy();
      else await pass(Buffer.concat(parts).toString(), response);
    })().catch(() => response.destroy());
  });
  const pass = async (body: string, response: ServerResponse): Promise<void> => {
    const asked = JSON.parse(body) as AskedRequest | AskedRequest[];
    const methods = (Array.isArray(asked) ? asked : [asked]).map(({ method }) => method);
    for (const method of methods) counts.set(method, (counts.get(method) ?? 0) + 1);
    const met = methods.map((method) => ({ method, fault: planned(method) }));
    const { method = "", fault } = met.find((one) => one.fault !== undefined) ?? {};
    if (fault?.kind === "lost") return void response.destroy();
    if (fault?.kind === "refused" && !Array.isArray(asked)) {
      const error = { code: -32000, message: fault.message };
      return void response.end(JSON.stringify({ jsonrpc: "2.0", id: asked.id, error }));
    }
    const answer = await fetch(node, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
      signal: AbortSignal.timeout(20_000),
    });
    give(fault, method, asked, await answer.text(), response);
  };
  const planned = (method: string): Fault | undefined => {
    const plan = plans.get(method);
    if (plan === undefined || plan.left === 0) return undefined;
    plan.left -= 1;
    return plan.fault;
  };
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The door has no port.");
  return {
    url: `http://127.0.0.1:${address.port}`,
    asked: (method) => counts.get(method) ?? 0,
    meet: (method, fault, times = Infinity) => void plans.set(method, { fault, left: times }),
    heal: () => {
      plans.clear();
      isAway = false;
    },
    goAway: () => (isAway = true),
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

/** @param method whose answer the fault changes, where others were asked for in the same request */
function give(
  fault: Fault | undefined,
  method: string,
  asked: AskedRequest | AskedRequest[],
  text: string,
  response: ServerResponse,
): void {
  const json = (change: object): void => {
    const ids = (Array.isArray(asked) ? asked : [asked])
      .filter((request) => request.method === method)
      .map(({ id }) => id);
    const said = JSON.parse(text) as { id: number } | { id: number }[];
    const one = (answer: { id: number }): object =>
      ids.includes(answer.id) ? { jsonrpc: "2.0", id: answer.id, ...change } : answer;
    response.end(JSON.stringify(Array.isArray(said) ? said.map(one) : one(said)));
  };
  response.setHeader("content-type", "application/json");
  switch (fault?.kind) {
    case "answerLost":
      return void response.destroy();
    case "late":
      return void setTimeout(() => response.end(text), fault.by).unref();
    case "status":
      return void response.writeHead(fault.status).end("<html>no</html>");
    case "text":
      return void response.end(fault.text);
    case "error": {
      json({ error: { code: fault.code, message: fault.message } });
      return;
    }
    case "result": {
      json({ result: fault.result });
      return;
    }
    case "otherId":
      return void response.end(text.replaceAll(/"id":(\d+)/g, '"id":9$1'));
    default:
      return void response.end(text);
  }
}
