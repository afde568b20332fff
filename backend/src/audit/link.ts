import { createHash, createHmac } from "node:crypto";
import type { AuditEntry } from "./audit.entity.ts";

/** What the first entry of a chain has for the hash of the one before. */
export function beginning(writer: string): string {
  return sha256(`sheaf audit ${writer}`);
}

/**
 * sha-256 over all that an entry says, its place in its chain and the hash of the entry before it.
 * @param secret of a chain that is written with one: then nobody can recompute it who does not have that (HMAC)
 */
export function hashOf(entry: Omit<AuditEntry, "hash">, secret?: string): string {
  const { writer, seq, previous, at, kind, party, person, apiKey, what } = entry;
  const text = JSON.stringify([writer, seq, previous, at, kind, party, person, apiKey, what]);
  return secret === undefined
    ? sha256(text)
    : createHmac("sha256", secret).update(text).digest("hex");
}

/** Which secret a chain is written with, as its first entry says it. */
export function keyIdOf(secret: string): string {
  return sha256(`sheaf audit key ${secret}`).slice(0, 16);
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
