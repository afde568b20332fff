import { createHmac, randomBytes } from "node:crypto";

/** What is sent, apart from its time. */
export interface Message {
  /** The same for every attempt: what a receiver knows a repetition by. Holds no full stop. */
  readonly id: string;
  readonly body: string;
}

const prefix = "whsec_";

/** A secret as the receiver is given it: 256 bits. */
export function newSecret(): string {
  return prefix + randomBytes(32).toString("base64");
}

/**
 * The headers of an attempt, by Standard Webhooks 1.0 (https://www.standardwebhooks.com): one signature by each secret,
 * so that a receiver can change over from one to another.
 * @param at seconds
 */
export function signedHeaders(
  { id, body }: Message,
  at: number,
  secrets: readonly string[],
): Readonly<Record<string, string>> {
  const content = `${id}.${at}.${body}`;
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(prefix.length), "base64");
    return `v1,${createHmac("sha256", key).update(content).digest("base64")}`;
  });
  return {
    "webhook-id": id,
    "webhook-timestamp": String(at),
    "webhook-signature": signatures.join(" "),
  };
}
