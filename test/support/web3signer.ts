import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { promisify } from "node:util";
import { getBytes, keccak256, SigningKey, Wallet } from "ethers";
import type { Certificates } from "./certificates.ts";

/** What it does with a request to sign. */
export type SigningFault =
  | "hangs"
  | "answers500"
  | "answersNonsense"
  | "signsWithAnotherKey"
  | "signsOtherBytes"
  | "losesTheKey";

/** A server that speaks Web3Signer's HTTP interface for execution-layer keys. */
export interface Web3Signer {
  readonly url: string;
  /** Accounts whose keys it has. */
  readonly accounts: readonly string[];
  /** Requests to sign that came. */
  readonly asked: number;
  /** From here on; undefined for none. */
  fault: SigningFault | undefined;
  /** What happens between a request to sign and the answer. */
  meanwhile: (() => Promise<void>) | undefined;
  /** How many are open. */
  connections(): Promise<number>;
  close(): Promise<void>;
}

/** What a caller has to show. */
interface Credentials {
  readonly token?: string;
  /** HTTPS, and only with a certificate of this authority. */
  readonly certificates?: Certificates;
}

export async function startWeb3Signer(
  privateKeys: readonly string[],
  { token, certificates }: Credentials = {},
): Promise<Web3Signer> {
  const keys = new Map(
    privateKeys.map((key) => {
      const signingKey = new SigningKey(key);
      return [`0x${signingKey.publicKey.slice(4)}`, signingKey];
    }),
  );
  const state = {
    fault: undefined as SigningFault | undefined,
    meanwhile: undefined as Web3Signer["meanwhile"],
    asked: 0,
  };
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    void answer(request, response).catch(() => response.destroy());
  };
  const server =
    certificates === undefined
      ? createServer(listener)
      : createSecureServer(
          {
            ca: readFileSync(certificates.authority),
            cert: readFileSync(certificates.server.certificate),
            key: readFileSync(certificates.server.key),
            requestCert: true,
            rejectUnauthorized: true,
          },
          listener,
        );
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    if (token !== undefined && request.headers.authorization !== `Bearer ${token}`) {
      response.writeHead(401).end();
    } else if (request.method === "GET" && request.url === "/api/v1/eth1/publicKeys") {
      response.setHeader("content-type", "application/json").end(JSON.stringify([...keys.keys()]));
    } else if (request.method === "POST" && request.url?.startsWith("/api/v1/eth1/sign/")) {
      state.asked += 1;
      await state.meanwhile?.();
      const { data } = JSON.parse(Buffer.concat(parts).toString()) as { data: string };
      sign(keys.get(request.url.slice("/api/v1/eth1/sign/".length)), data, response);
    } else response.writeHead(404).end();
  };
  const sign = (key: SigningKey | undefined, data: string, response: ServerResponse): void => {
    const { fault } = state;
    if (fault === "hangs") return;
    if (fault === "answers500") return void response.writeHead(500).end("{}");
    if (key === undefined || fault === "losesTheKey") return void response.writeHead(404).end();
    const by = fault === "signsWithAnotherKey" ? Wallet.createRandom().signingKey : key;
    const bytes = getBytes(data);
    if (fault === "signsOtherBytes") bytes[bytes.length - 1]! ^= 1;
    const signature = by.sign(keccak256(bytes)).serialized;
    response
      .setHeader("content-type", "text/plain; charset=utf-8")
      .end(fault === "answersNonsense" ? "0x1234" : signature);
  };
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The signer has no port.");
  return {
    url: `${certificates === undefined ? "http" : "https"}://127.0.0.1:${address.port}`,
    accounts: privateKeys.map((key) => new Wallet(key).address),
    get asked() {
      return state.asked;
    },
    get fault() {
      return state.fault;
    },
    set fault(fault) {
      state.fault = fault;
    },
    get meanwhile() {
      return state.meanwhile;
    },
    set meanwhile(meanwhile) {
      state.meanwhile = meanwhile;
    },
    connections: promisify(server.getConnections.bind(server)),
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
