import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** What an access token says. */
export interface AccessClaims {
  /** Party id, or `operator`. */
  readonly subject: string;
  /** The account of the person; null for whoever holds the party's key. */
  readonly person: string | null;
  /** Seconds by the wall's clock, not the chain's. */
  readonly expires: number;
}

const header = encoded({ alg: "HS256", typ: "JWT" });

/** A JWT (RFC 7519) with HMAC-SHA-256, the only algorithm that is taken back. */
export function issueToken(claims: AccessClaims, secret: string): string {
  const body = `${header}.${encoded({ sub: claims.subject, person: claims.person, exp: claims.expires })}`;
  return `${body}.${signature(body, secret)}`;
}

/** The claims of a token of ours that has not expired by `now` (seconds). */
export function readToken(token: string, secret: string, now: number): AccessClaims | undefined {
  const [head, body, mark, ...rest] = token.split(".");
  if (head !== header || body === undefined || mark === undefined || rest.length > 0)
    return undefined;
  const [given, expected] = [Buffer.from(mark), Buffer.from(signature(`${head}.${body}`, secret))];
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  const { sub, person, exp } = JSON.parse(Buffer.from(body, "base64url").toString()) as {
    readonly sub: string;
    readonly person?: string | null;
    readonly exp: number;
  };
  return exp > now ? { subject: sub, person: person ?? null, expires: exp } : undefined;
}

/** 256 bits nobody can guess. */
export function randomToken(): string {
  return randomBytes(32).toString("base64url");
}

/** How a secret of 256 random bits is kept: of what nobody can guess, sha-256 tells nothing. */
export function hashed(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

function signature(text: string, secret: string): string {
  return createHmac("sha256", secret).update(text).digest("base64url");
}
