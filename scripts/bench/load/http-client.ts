import { Agent, request } from "node:http";

export interface Answer {
  readonly status: number;
  readonly body: string;
}

const timeLimit = 70_000;

/** HTTP with as little of its own as can be: what is measured is the other side. */
export class HttpClient {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 2000 });

  constructor(private readonly url: string) {}

  /** @throws Error where no answer comes */
  send(
    method: "GET" | "POST",
    path: string,
    token: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    const text = body === undefined ? undefined : JSON.stringify(body);
    return new Promise((resolve, reject) => {
      const sent = request(
        `${this.url}/api/v1${path}`,
        {
          method,
          agent: this.#agent,
          timeout: timeLimit,
          headers: {
            authorization: `Bearer ${token}`,
            ...(text !== undefined && {
              "content-type": "application/json",
              "content-length": Buffer.byteLength(text),
            }),
            ...headers,
          },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on("data", (chunk: Buffer) => chunks.push(chunk));
          response.on("end", () => {
            const given = Buffer.concat(chunks).toString("utf8");
            resolve({ status: response.statusCode ?? 0, body: given });
          });
          response.on("error", reject);
        },
      );
      sent.on("timeout", () => sent.destroy(new Error("no answer in time")));
      sent.on("error", reject);
      sent.end(text);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}
