import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

const algorithm = "aes-256-gcm";
const nonceBytes = 12;
const tagBytes = 16;

/** Keeps secrets so that the database alone does not give them away. */
export class SecretBox {
  readonly #key: Buffer;

  constructor(passphrase: string) {
    this.#key = Buffer.from(hkdfSync("sha256", passphrase, "", "sheaf webhook secrets", 32));
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
