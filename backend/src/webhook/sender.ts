import { lookup as resolve, type LookupAddress } from "node:dns";
import { request as plainRequest, type IncomingMessage } from "node:http";
import { request as secureRequest } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { isPublicAddress } from "./public-address.ts";
import { signedHeaders, type Message } from "./signature.ts";

/** What came of one attempt. */
export interface Attempt {
  /** Milliseconds: when it began. */
  readonly at: number;
  /** HTTP status; null where no answer came. */
  readonly status: number | null;
  /** Why it failed; null where it was answered with 2xx. */
  readonly fault: string | null;
  /** Milliseconds that the receiver asked to be left alone. */
  readonly retryAfter: number;
}

export interface SenderOptions {
  /** Whether receivers may be in networks that the internet does not reach. */
  readonly privateAddresses: boolean;
  /** Milliseconds for one attempt, from name to answer. */
  readonly timeLimit: number;
}

/** Of an answer nothing but its head counts; more of its body than this is not even read away. */
const mostOfAnswer = 64 * 1024;
const mostRetryAfter = 24 * 3600 * 1000;

class PrivateAddress extends Error {
  constructor(host: string) {
    super(`${host} is no public address`);
  }
}

/** Sends messages; follows no redirect, keeps no connection, believes no answer but its status. */
export class Sender {
  constructor(private readonly options: SenderOptions) {}

  /** One attempt. Never throws: a fault is a result. */
  async send(
    url: string,
    message: Message,
    secrets: readonly string[],
    signal?: AbortSignal,
  ): Promise<Attempt> {
    const at = Date.now();
    try {
      const response = await this.#post(new URL(url), message, secrets, at, signal);
      const status = response.statusCode ?? 0;
      const isGood = status >= 200 && status < 300;
      const fault = isGood ? null : `answered ${status}`;
      return { at, status, fault, retryAfter: retryAfterOf(response, at) };
    } catch (error) {
      const fault = error instanceof Error ? error.message : String(error);
      return { at, status: null, fault: fault.slice(0, 200), retryAfter: 0 };
    }
  }

  #post(
    url: URL,
    message: Message,
    secrets: readonly string[],
    at: number,
    signal?: AbortSignal,
  ): Promise<IncomingMessage> {
    const { privateAddresses, timeLimit } = this.options;
    const host = url.hostname.replace(/^\[|\]$/g, "");
    // A connection to an address asks no name server: what is written there is what is reached.
    if (!privateAddresses && isIP(host) !== 0 && !isPublicAddress(host)) {
      return Promise.reject(new PrivateAddress(host));
    }
    const body = Buffer.from(message.body);
    return new Promise((done, fail) => {
      const request = (url.protocol === "https:" ? secureRequest : plainRequest)(url, {
        method: "POST",
        agent: false,
        ...(signal && { signal }),
        ...(!privateAddresses && { lookup: publicLookup }),
        headers: {
          ...signedHeaders(message, Math.floor(at / 1000), secrets),
          "content-type": "application/json",
          "content-length": body.length,
          "user-agent": "Sheaf-Webhooks/1",
        },
      });
      const late = setTimeout(() => {
        request.destroy(new Error(`no answer within ${timeLimit / 1000} s`));
      }, timeLimit);
      request.on("response", (response) => {
        discard(response);
        done(response);
      });
      request.on("error", fail);
      request.on("close", () => {
        clearTimeout(late);
      });
      request.end(body);
    });
  }
}

/** Gives only public addresses to connect to, so that a name cannot mean one thing when checked and another when used. */
const publicLookup: LookupFunction = (host, options, callback) => {
  resolve(host, { ...options, all: true }, (error, found: LookupAddress[]) => {
    if (error !== null) {
      callback(error, []);
      return;
    }
    const [first, ...others] = found.filter(({ address }) => isPublicAddress(address));
    if (first === undefined) callback(new PrivateAddress(host), []);
    else if (options.all === true) callback(null, [first, ...others]);
    else callback(null, first.address, first.family);
  });
};

function discard(response: IncomingMessage): void {
  let size = 0;
  response.on("data", (chunk: Buffer) => {
    size += chunk.length;
    if (size > mostOfAnswer) response.destroy();
  });
  response.on("error", () => undefined);
}

/** RFC 9110: seconds, or a date. */
function retryAfterOf({ headers }: IncomingMessage, at: number): number {
  const given = headers["retry-after"]?.trim() ?? "";
  const wait = /^\d{1,9}$/.test(given) ? Number(given) * 1000 : Date.parse(given) - at;
  return Number.isFinite(wait) ? Math.min(Math.max(wait, 0), mostRetryAfter) : 0;
}
