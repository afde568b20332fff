import { Agent, request } from "node:http";

export interface Answer {
  /** 0 where there was none; `failure` then says why. */
  readonly status: number;
  readonly body: string;
  readonly failure?: string;
}

/** Something that is asked for; a change carries a key, so that it can be asked for again. */
export interface Ask {
  readonly method: "GET" | "POST" | "PUT";
  readonly path: string;
  readonly token: string;
  readonly body?: unknown;
  readonly key?: string;
  readonly prefer?: string;
}

const timeLimit = 70_000;

/** HTTP with as little of its own as can be: what is measured is the other side. */
export class HttpClient {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 2000 });
  readonly #host: string;
  readonly #port: string;

  constructor(url: string) {
    ({ hostname: this.#host, port: this.#port } = new URL(url));
  }

  send({ method, path, token, body, key, prefer }: Ask): Promise<Answer> {
    const text = body === undefined ? undefined : JSON.stringify(body);
    return new Promise((resolve) => {
      const fail = (error: Error): void => {
        const code = "code" in error ? String(error.code) : error.message;
        resolve({ status: 0, body: "", failure: code });
      };
      const sent = request(
        {
          host: this.#host,
          port: this.#port,
          path: `/api/v1${path}`,
          method,
          agent: this.#agent,
          timeout: timeLimit,
          headers: {
            authorization: `Bearer ${token}`,
            ...(key !== undefined && { "idempotency-key": key }),
            ...(prefer !== undefined && { prefer }),
            ...(text !== undefined && {
              "content-type": "application/json",
              "content-length": Buffer.byteLength(text),
            }),
          },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on("data", (chunk: Buffer) => chunks.push(chunk));
          response.on("end", () => {
            const given = Buffer.concat(chunks).toString("utf8");
            resolve({ status: response.statusCode ?? 0, body: given });
          });
          response.on("error", fail);
        },
      );
      sent.on("timeout", () => sent.destroy(new Error("no answer in time")));
      sent.on("error", fail);
      sent.end(text);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}
