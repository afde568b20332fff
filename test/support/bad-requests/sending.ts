import { Agent, request } from "node:http";
import { connect } from "node:net";
import type { BadRequest } from "./requests.ts";

export interface Reply {
  /** 0 for a connection that ended without an answer. */
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** Milliseconds after which a request hangs. */
const patience = 10_000;

/** Sends what `fetch` would refuse to. */
export class Sender {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 16 });
  readonly #url: URL;

  constructor(url: string) {
    this.#url = new URL(url);
  }

  send({ method, target, headers, body }: BadRequest): Promise<Reply> {
    return new Promise((resolve, reject) => {
      const sent = request(
        {
          host: this.#url.hostname,
          port: this.#url.port,
          agent: this.#agent,
          method,
          path: target,
          headers: {
            ...headers,
            ...(body !== undefined && { "content-length": Buffer.byteLength(body) }),
          },
          timeout: patience,
        },
        (answer) => {
          const { statusCode: status = 0, headers: said } = answer;
          const contentType = said["content-type"] ?? "";
          const parts: Buffer[] = [];
          const done = (): void => {
            resolve({ status, contentType, body: Buffer.concat(parts).toString() });
          };
          answer.on("data", (part: Buffer) => parts.push(part));
          answer.on("end", done);
          // A stream of events does not end by itself.
          if (contentType.startsWith("text/event-stream")) {
            sent.destroy();
            done();
          }
        },
      );
      sent.on("timeout", () => sent.destroy(new Error(`No answer within ${patience} ms.`)));
      sent.on("error", reject);
      if (body !== undefined) sent.write(body);
      sent.end();
    });
  }

  /** What is answered to bytes that end there; with `gone`, whoever sent them does not wait for it. */
  speak(bytes: string | Uint8Array, { gone = false } = {}): Promise<Reply> {
    return new Promise((resolve, reject) => {
      const socket = connect(Number(this.#url.port), this.#url.hostname, () => {
        socket.write(bytes, () => {
          if (gone) socket.destroy();
          else socket.end();
        });
      });
      const parts: Buffer[] = [];
      socket.setTimeout(patience, () => socket.destroy(new Error("The connection hangs.")));
      socket.on("data", (part) => parts.push(part));
      socket.on("error", (error: Error & { readonly code?: string }) => {
        if (error.code !== "ECONNRESET" && error.code !== "EPIPE") reject(error);
      });
      socket.on("close", () => {
        const [head = "", ...rest] = Buffer.concat(parts).toString().split("\r\n\r\n");
        const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0);
        const contentType = /^content-type: (.*)$/im.exec(head)?.[1] ?? "";
        resolve({ status, contentType, body: unchunked(rest.join("\r\n\r\n")) });
      });
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}

/** The JSON in a body, whether it came in pieces or not. */
function unchunked(body: string): string {
  return body.slice(body.indexOf("{"), body.lastIndexOf("}") + 1);
}
