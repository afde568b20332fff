import { once } from "node:events";
import { readFileSync } from "node:fs";
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import {
  computeAddress,
  concat,
  getAddress,
  keccak256,
  MessagePrefix,
  recoverAddress,
  Signature,
  toUtf8Bytes,
} from "ethers";
import type { RemoteSignerOptions } from "../config/config.ts";
import { DomainError } from "./domain-error.ts";
import { signerOf } from "./message-signature.ts";
import { requireTyped, Signer, SignerUnavailable } from "./signer.ts";
import {
  signedBy,
  unsignedBytes,
  type SignedTransaction,
  type UnsignedTransaction,
} from "./transaction.ts";

interface HttpAnswer {
  readonly status: number;
  readonly text: string;
}

/** Milliseconds for which a list of keys without the one that is looked for is good. */
const keysGoodFor = 10_000;

/**
 * Keys in a Web3Signer, or what speaks its HTTP interface for execution-layer keys. It gets the unsigned bytes, hashes
 * them itself (keccak256), and answers r, s and v; the signature counts when it recovers to the account.
 */
export class RemoteSigner extends Signer {
  readonly #agent: HttpAgent;
  readonly #ask: typeof httpRequest;
  /** Web3Signer's names for keys, by account. */
  #keys: { readonly at: number; readonly names: ReadonlyMap<string, string> } | undefined;

  constructor(private readonly options: RemoteSignerOptions) {
    super();
    const isSecure = options.url.startsWith("https:");
    const read = (file: string | undefined): Buffer | undefined =>
      file === undefined ? undefined : readFileSync(file);
    this.#agent = isSecure
      ? new HttpsAgent({
          keepAlive: true,
          cert: read(options.certificateFile),
          key: read(options.keyFile),
          ca: read(options.authorityFile),
        })
      : new HttpAgent({ keepAlive: true });
    this.#ask = isSecure ? httpsRequest : httpRequest;
  }

  async signsFor(account: string): Promise<boolean> {
    return (await this.#nameOf(account)) !== undefined;
  }

  async sign(account: string, transaction: UnsignedTransaction): Promise<SignedTransaction> {
    const signature = await this.#signature(account, unsignedBytes(transaction));
    try {
      return signedBy(account, transaction, signature);
    } catch (error) {
      throw new SignerUnavailable(`The remote signer's signature is not good: ${String(error)}`);
    }
  }

  async signText(account: string, text: string): Promise<string> {
    const bytes = toUtf8Bytes(text);
    const prefix = toUtf8Bytes(`${MessagePrefix}${bytes.length}`);
    const signature = await this.#signature(account, concat([prefix, bytes]));
    if (signerOf(text, signature) !== getAddress(account)) {
      throw new SignerUnavailable("The remote signer's signature is not good.");
    }
    return Signature.from(signature).serialized;
  }

  async signTyped(account: string, bytes: string): Promise<string> {
    requireTyped(bytes);
    const signature = await this.#signature(account, bytes);
    const by = recoverAddress(keccak256(bytes), signature);
    if (by === getAddress(account)) return signature;
    throw new SignerUnavailable(`The remote signer's signature is of ${by}, not of ${account}.`);
  }

  async #signature(account: string, data: string): Promise<string> {
    const name = await this.#nameOf(account);
    if (name === undefined) throw new DomainError("NoSigningKey", { account });
    const body = JSON.stringify({ data });
    const { status, text } = await this.#request("POST", `/api/v1/eth1/sign/${name}`, body);
    if (status === 404) {
      this.#keys = undefined;
      throw new SignerUnavailable(`The remote signer no longer has the key of ${account}.`);
    }
    if (status !== 200) throw new SignerUnavailable(`The remote signer answered HTTP ${status}.`);
    const signature = text.trim().replace(/^"|"$/g, "");
    if (!/^0x[0-9a-fA-F]{130}$/.test(signature)) {
      throw new SignerUnavailable("The remote signer answered with what is no signature.");
    }
    return signature;
  }

  create(): Promise<string> {
    return Promise.reject(new DomainError("KeysMadeElsewhere"));
  }

  override destroy(): void {
    this.#agent.destroy();
  }

  async #nameOf(account: string): Promise<string | undefined> {
    const address = getAddress(account);
    const known = this.#keys?.names.get(address);
    const isFresh = this.#keys !== undefined && Date.now() - this.#keys.at < keysGoodFor;
    if (known !== undefined || isFresh) return known;
    this.#keys = { at: Date.now(), names: await this.#names() };
    return this.#keys.names.get(address);
  }

  async #names(): Promise<Map<string, string>> {
    const { status, text } = await this.#request("GET", "/api/v1/eth1/publicKeys");
    if (status !== 200) throw new SignerUnavailable(`The remote signer answered HTTP ${status}.`);
    try {
      const keys = JSON.parse(text) as string[];
      // 64 bytes, without the 04 that others begin them with.
      return new Map(keys.map((key) => [computeAddress(`0x04${key.slice(-128)}`), key]));
    } catch {
      throw new SignerUnavailable("The remote signer's list of keys cannot be read.");
    }
  }

  async #request(method: "GET" | "POST", path: string, body?: string): Promise<HttpAnswer> {
    const { url, token, timeout } = this.options;
    try {
      const asked = this.#ask(new URL(url.replace(/\/$/, "") + path), {
        method,
        agent: this.#agent,
        signal: AbortSignal.timeout(timeout),
        headers: {
          accept: "text/plain, application/json",
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
          ...(body !== undefined && {
            "content-type": "application/json",
            "content-length": Buffer.byteLength(body),
          }),
        },
      });
      asked.on("error", () => undefined);
      asked.end(body);
      const [answer] = (await once(asked, "response")) as [IncomingMessage];
      const parts: Buffer[] = [];
      for await (const part of answer) parts.push(part as Buffer);
      return { status: answer.statusCode ?? 0, text: Buffer.concat(parts).toString("utf8") };
    } catch (error) {
      throw new SignerUnavailable(`The remote signer does not answer: ${String(error)}`);
    }
  }
}
