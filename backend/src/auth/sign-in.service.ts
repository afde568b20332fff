import { randomBytes } from "node:crypto";
import { Inject, Injectable } from "@nestjs/common";
import { LessThan } from "typeorm";
import { Chain } from "../chain/chain.ts";
import { DomainError } from "../chain/domain-error.ts";
import { hasSigned } from "../chain/message-signature.ts";
import type { Config } from "../config/config.ts";
import { CONFIG } from "../config/config.module.ts";
import { Database } from "../database/database.ts";
import { BadInput } from "../http/bad-input.ts";
import { formatTime } from "../http/time.ts";
import { Actors } from "./actors.ts";
import { SessionService, type Session } from "./session.service.ts";
import { parseSignInMessage, type SignInMessage } from "./sign-in-message.ts";
import { SignInNonceRow } from "./sign-in.entity.ts";
import type { NonceDto, WalletSignInDto } from "./sign-in.dto.ts";
import { hashed } from "./tokens.ts";

/** Seconds that a nonce is good. */
const nonceSeconds = 10 * 60;
/** Seconds by which a wallet's clock may be ahead of ours. */
const clockSkew = 60;

/** Sign-in with a wallet: EIP-4361, with ERC-1271 for accounts that are contracts. */
@Injectable()
export class SignInService {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
    private readonly chain: Chain,
    private readonly actors: Actors,
    private readonly sessions: SessionService,
  ) {}

  /**
   * A nonce for one message.
   * @param asked the request's own origin, where none is configured: in a sandbox
   */
  async nonce(asked: string, account: string | undefined): Promise<NonceDto> {
    const nonce = randomBytes(16).toString("hex");
    const expires = now() + nonceSeconds;
    await this.database.write(async (manager) => {
      await manager.delete(SignInNonceRow, { expires: LessThan(now()) });
      await manager.insert(SignInNonceRow, { hash: hashed(nonce), spent: false, expires });
    });
    const origin = this.#origin(asked);
    const { chainId } = this.chain.contracts.deployment;
    return {
      nonce,
      expiresAt: formatTime(expires, 0),
      domain: new URL(origin).host,
      uri: origin,
      chainId: String(chainId),
      account: account ?? null,
    };
  }

  /**
   * A session for whoever has signed the message. What is cheap is looked at first: a contract is asked about its
   * signature only where the nonce is good and the account belongs to somebody.
   * @throws BadInput, DomainError `SignInMessageRefused`, `SignInNonceSpent`, `NotOfAnyParty`, `SeveralParties`,
   * `SignInSignatureInvalid`
   */
  async signIn(asked: string, body: WalletSignInDto): Promise<Session> {
    const message = parseSignInMessage(body.message);
    if (message === undefined) throw BadInput.at("/message", "is no message of EIP-4361");
    const reason = this.#refusal(message, this.#origin(asked));
    if (reason !== undefined) throw new DomainError("SignInMessageRefused", { reason });
    const hash = hashed(message.nonce);
    const known = await this.database.read.findOneBy(SignInNonceRow, { hash });
    if (!isGood(known)) throw new DomainError("SignInNonceSpent");
    const subject = await this.#subject(message.address, body.party);
    const { address } = message;
    if (!(await hasSigned(this.chain.rpc, address, body.message, body.signature))) {
      throw new DomainError("SignInSignatureInvalid", { account: address });
    }
    await this.sessions.sweep();
    return this.database.write(async (manager) => {
      const row = await manager.findOneBy(SignInNonceRow, { hash });
      if (!isGood(row)) throw new DomainError("SignInNonceSpent");
      await manager.update(SignInNonceRow, { hash }, { spent: true });
      return this.sessions.openIn(manager, subject, address);
    });
  }

  /** Where the page and the API are, as wallets see it. */
  #origin(asked: string): string {
    return this.config.publicOrigin ?? asked;
  }

  #refusal(message: SignInMessage, origin: string): string | undefined {
    const { chainId } = this.chain.contracts.deployment;
    const here = new URL(origin);
    const scheme = here.protocol.slice(0, -1);
    const checks: [boolean, string][] = [
      [message.domain === here.host, `It is for ${message.domain}, not for ${here.host}.`],
      [(message.scheme ?? scheme) === scheme, `It is not for ${scheme}.`],
      [originOf(message.uri) === origin, "Its URI is not of this place."],
      [message.chainId === chainId, `It is for chain ${message.chainId}, not for ${chainId}.`],
      [message.issuedAt <= now() + clockSkew, "It was issued in the future."],
      [message.issuedAt >= now() - nonceSeconds - clockSkew, "It is too old."],
      [(message.expiresAt ?? Infinity) > now(), "It has expired."],
      [(message.notBefore ?? 0) <= now(), "It is not good yet."],
    ];
    return checks.find(([passes]) => !passes)?.[1];
  }

  async #subject(account: string, party: string | undefined): Promise<string> {
    const subjects = await this.actors.subjectsOf(account);
    // An office's organisation goes by its account.
    const asked = party === undefined ? undefined : (this.actors.officeOf(party) ?? party);
    const fitting = asked === undefined ? subjects : subjects.filter((each) => each === asked);
    const [first, ...others] = fitting;
    if (first === undefined) throw new DomainError("NotOfAnyParty", { account });
    if (others.length > 0) throw new DomainError("SeveralParties", { parties: fitting });
    return first;
  }
}

function isGood(row: SignInNonceRow | null): boolean {
  return row !== null && !row.spent && row.expires > now();
}

/** Undefined for an address that names no place on a network. */
function originOf(uri: string): string | undefined {
  return URL.canParse(uri) ? new URL(uri).origin : undefined;
}

function now(): number {
  return Math.floor(Date.now() / 1000);
}
