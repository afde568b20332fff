import { createHash } from "node:crypto";
import type { AuditEntry } from "./audit.entity.ts";

/** What the first entry of a chain has for the hash of the one before. */
export function beginning(writer: string): string {
  return sha256(`sheaf audit ${writer}`);
}

/** sha-256 over all that an entry says, its place in its chain and the hash of the entry before it. */
export function hashOf(entry: Omit<AuditEntry, "hash">): string {
  const { writer, seq, previous, at, kind, party, person, apiKey, what } = entry;
  return sha256(JSON.stringify([writer, seq, previous, at, kind, party, person, apiKey, what]));
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
