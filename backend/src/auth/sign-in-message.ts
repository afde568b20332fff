import { addressOf } from "../chain/hex.ts";

/** A message of EIP-4361, "Sign-In with Ethereum". Times in seconds. */
export interface SignInMessage {
  readonly scheme: string | undefined;
  /** Host, and port where there is one. */
  readonly domain: string;
  /** EIP-55 form. */
  readonly address: string;
  readonly statement: string | undefined;
  readonly uri: string;
  readonly chainId: number;
  readonly nonce: string;
  readonly issuedAt: number;
  readonly expiresAt: number | undefined;
  readonly notBefore: number | undefined;
  readonly requestId: string | undefined;
  readonly resources: readonly string[];
}

// The ABNF of EIP-4361, line by line; RFC 3986 for what is in an address, RFC 3339 for times.
const unreserved = String.raw`[A-Za-z\d\-._~]`;
const escaped = String.raw`%[\dA-Fa-f]{2}`;
const subDelims = String.raw`[!$&'()*+,;=]`;
const scheme = String.raw`[A-Za-z][A-Za-z\d+\-.]*`;
const host = String.raw`(?:\[[\dA-Fa-f:.]+\]|(?:${unreserved}|${escaped}|${subDelims})+)(?::\d{1,5})?`;
const uri = String.raw`${scheme}:(?:${unreserved}|${escaped}|${subDelims}|[:/?#[\]@])+`;
const statement = String.raw`[A-Za-z\d\-._~:/?#[\]@!$&'()*+,;= ]+`;
const time = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+\-]\d\d:\d\d)`;
const requestId = String.raw`(?:${unreserved}|${escaped}|${subDelims}|[:@])*`;

const whole = new RegExp(
  [
    String.raw`^(?:(?<scheme>${scheme})://)?(?<domain>${host}) wants you to sign in with your Ethereum account:\n`,
    String.raw`(?<address>0x[\dA-Fa-f]{40})\n\n`,
    String.raw`(?:(?<statement>${statement})\n)?\n`,
    String.raw`URI: (?<uri>${uri})\n`,
    String.raw`Version: 1\n`,
    String.raw`Chain ID: (?<chainId>\d{1,15})\n`,
    String.raw`Nonce: (?<nonce>[A-Za-z\d]{8,128})\n`,
    String.raw`Issued At: (?<issuedAt>${time})`,
    String.raw`(?:\nExpiration Time: (?<expiresAt>${time}))?`,
    String.raw`(?:\nNot Before: (?<notBefore>${time}))?`,
    String.raw`(?:\nRequest ID: (?<requestId>${requestId}))?`,
    String.raw`(?<resources>\nResources:(?:\n- ${uri})*)?$`,
  ].join(""),
);

/** Undefined for a text that is no such message to the letter: what a wallet shows and what is read must be the same. */
export function parseSignInMessage(text: string): SignInMessage | undefined {
  const groups = whole.exec(text)?.groups as
    Readonly<Record<string, string | undefined>> | undefined;
  if (groups === undefined) return undefined;
  const address = addressOf(groups["address"] ?? "");
  const [issuedAt, expiresAt, notBefore] = [
    secondsOf(groups["issuedAt"]),
    secondsOf(groups["expiresAt"]),
    secondsOf(groups["notBefore"]),
  ];
  // The account stands there in EIP-55 form, which is how a wallet writes it.
  const isWritten = address !== undefined && address === groups["address"];
  if (!isWritten || issuedAt === undefined) return undefined;
  if ([issuedAt, expiresAt, notBefore].some(Number.isNaN)) return undefined;
  return {
    scheme: groups["scheme"],
    domain: groups["domain"] ?? "",
    address,
    statement: groups["statement"],
    uri: groups["uri"] ?? "",
    chainId: Number(groups["chainId"]),
    nonce: groups["nonce"] ?? "",
    issuedAt,
    expiresAt,
    notBefore,
    requestId: groups["requestId"],
    resources: (groups["resources"] ?? "").split("\n- ").slice(1),
  };
}

/** NaN for what looks like a time and is none. */
function secondsOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Date.parse(text) / 1000;
}
