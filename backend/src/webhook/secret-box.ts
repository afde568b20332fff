import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from "node:crypto";

const algorithm = "aes-256-gcm";
const nonceBytes = 12;
const tagBytes = 16;

/**
 * Keeps secrets so that the database alone does not give them away. A box tells whether a passphrase is the right one:
 * to try one must cost as much as it does with a file of the keystore, which has the same.
 */
export class SecretBox {
  readonly #key: Buffer;

  /** @param cost scrypt's, as the keystore's */
  constructor(passphrase: string, cost: number) {
    const options = { N: cost, r: 8, p: 1, maxmem: 2 ** 28 };
    this.#key = scryptSync(passphrase, "sheaf webhook secrets", 32, options);
  }

  close(text: string): string {
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv(algorithm, this.#key, nonce);
    const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString("base64");
  }

  /** Undefined for what was closed with another passphrase. */
  open(box: string): string | undefined {
    const bytes = Buffer.from(box, "base64");
    const cipher = createDecipheriv(algorithm, this.#key, bytes.subarray(0, nonceBytes));
    cipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
    try {
      const sealed = bytes.subarray(nonceBytes + tagBytes);
      return Buffer.concat([cipher.update(sealed), cipher.final()]).toString("utf8");
    } catch {
      return undefined;
    }
  }
}
