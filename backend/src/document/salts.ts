import { createHash, createHmac, randomBytes } from "node:crypto";
import canonicalize from "canonicalize";
import type { CommittedDocument } from "../proof/document.ts";
import type { Hex } from "../proof/hex.ts";

const purpose = "Sheaf.Document.Salt.v1";

/** 32 bytes, as hexadecimal digits. */
export function newSecret(): string {
  return randomBytes(32).toString("hex");
}

/**
 * The salt of each field: HMAC-SHA256, by the party's secret, over the document's sha-256 (RFC 8785) and the field's name.
 * So the same document has the same root whenever it is asked for, also after a restore from an older backup; the same
 * value in another document has another salt; and what is disclosed says nothing of the salts of what is not.
 */
export function saltsOf(secret: string, { kind, fields }: CommittedDocument): Map<string, Hex> {
  const document = createHash("sha256")
    .update(canonicalize({ kind, fields }) ?? "", "utf8")
    .digest();
  return new Map(
    Object.keys(fields).map((name) => {
      const hmac = createHmac("sha256", Buffer.from(secret, "hex"));
      hmac.update(purpose, "utf8").update(document).update(name, "utf8");
      return [name, `0x${hmac.digest("hex")}`];
    }),
  );
}
