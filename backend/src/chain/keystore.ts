import { randomUUID } from "node:crypto";
import { mkdir, readFile, readdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { decryptKeystoreJson, encryptKeystoreJson, getAddress, keccak256, Wallet } from "ethers";
import { DomainError } from "./domain-error.ts";
import { requireTyped, Signer } from "./signer.ts";
import {
  signedByOurs,
  unsignedBytes,
  type SignedTransaction,
  type UnsignedTransaction,
} from "./transaction.ts";

export interface KeystoreOptions {
  /** Folder of the encrypted files, `<account>.json`. */
  readonly folder: string;
  readonly passphrase: string;
  /** Scrypt's cost. */
  readonly cost: number;
}

/** Keys in encrypted v3 JSON files; decrypted once, when first used. */
export class Keystore extends Signer {
  readonly #wallets = new Map<string, Promise<Wallet | undefined>>();

  constructor(private readonly options: KeystoreOptions) {
    super();
  }

  async signsFor(account: string): Promise<boolean> {
    return (await this.#wallet(account)) !== undefined;
  }

  async sign(account: string, transaction: UnsignedTransaction): Promise<SignedTransaction> {
    const wallet = await this.#wallet(account);
    if (wallet === undefined) throw new DomainError("NoSigningKey", { account });
    const hash = keccak256(unsignedBytes(transaction));
    return signedByOurs(transaction, wallet.signingKey.sign(hash));
  }

  async signText(account: string, text: string): Promise<string> {
    const wallet = await this.#wallet(account);
    if (wallet === undefined) throw new DomainError("NoSigningKey", { account });
    return wallet.signMessage(text);
  }

  async signTyped(account: string, bytes: string): Promise<string> {
    requireTyped(bytes);
    const wallet = await this.#wallet(account);
    if (wallet === undefined) throw new DomainError("NoSigningKey", { account });
    return wallet.signingKey.sign(keccak256(bytes)).serialized;
  }

  create(): Promise<string> {
    return this.#keep(new Wallet(Wallet.createRandom().privateKey));
  }

  /** Takes in a key that exists. Returns its account. */
  add(privateKey: string): Promise<string> {
    return this.#keep(new Wallet(privateKey));
  }

  async #keep(wallet: Wallet): Promise<string> {
    const { address, privateKey } = wallet;
    if (!(await this.signsFor(address))) {
      const json = await encryptKeystoreJson({ address, privateKey }, this.options.passphrase, {
        scrypt: { N: this.options.cost, r: 8, p: 1 },
      });
      await mkdir(this.options.folder, { recursive: true, mode: 0o700 });
      const file = this.#file(address);
      // Another process may be taking in the same key.
      const unfinished = `${file}.${randomUUID()}.new`;
      await writeFile(unfinished, json, { mode: 0o600, flush: true });
      await rename(unfinished, file);
    }
    this.#wallets.set(address, Promise.resolve(wallet));
    return address;
  }

  #wallet(account: string): Promise<Wallet | undefined> {
    const address = getAddress(account);
    let wallet = this.#wallets.get(address);
    if (wallet === undefined) {
      wallet = this.#read(address);
      this.#wallets.set(address, wallet);
      // A file that cannot be read today may be readable tomorrow, one that is missing may come.
      wallet.then(
        (found) => found ?? this.#wallets.delete(address),
        () => this.#wallets.delete(address),
      );
    }
    return wallet;
  }

  async #read(address: string): Promise<Wallet | undefined> {
    const files = await readdir(this.options.folder).catch(() => [] as string[]);
    if (!files.includes(`${address}.json`)) return undefined;
    const json = await readFile(this.#file(address), "utf8");
    const account = await decryptKeystoreJson(json, this.options.passphrase).catch(() => {
      throw new Error(
        `The key of ${address} cannot be decrypted: KEYSTORE_PASSPHRASE is not its own.`,
      );
    });
    const wallet = new Wallet(account.privateKey);
    if (wallet.address !== address) {
      throw new Error(`The key in ${address}.json is that of ${wallet.address}.`);
    }
    return wallet;
  }

  #file(address: string): string {
    return join(this.options.folder, `${address}.json`);
  }
}
