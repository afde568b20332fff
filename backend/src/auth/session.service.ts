import { randomUUID } from "node:crypto";
import { Inject, Injectable } from "@nestjs/common";
import { LessThan, type EntityManager } from "typeorm";
import { DomainError } from "../chain/domain-error.ts";
import type { Config } from "../config/config.ts";
import { CONFIG } from "../config/config.module.ts";
import { formatTime } from "../http/time.ts";
import { Database } from "../database/database.ts";
import type { Actor } from "./actor.ts";
import { Actors } from "./actors.ts";
import { RefreshTokenRow } from "./session.entity.ts";
import { hashed, issueToken, randomToken, readToken, type AccessClaims } from "./tokens.ts";

/** Tokens of one sign-in. */
export interface Session {
  readonly accessToken: string;
  /** ISO 8601: when the access token ends, by the wall's clock. */
  readonly expiresAt: string;
  readonly refreshToken: string;
}

const accessSeconds = 15 * 60;
const refreshSeconds = 30 * 24 * 3600;
/** Tokens whose signatures are remembered. */
const mostRead = 10_000;

@Injectable()
export class SessionService {
  readonly #read = new Map<string, AccessClaims>();

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
    private readonly actors: Actors,
  ) {}

  /**
   * A new family of tokens for a subject that has been authenticated.
   * @param person the account of the person; null for whoever holds the party's key
   */
  open(subject: string, person: string | null): Promise<Session> {
    return this.database.write((manager) => this.openIn(manager, subject, person));
  }

  /** As `open`, in the transaction that used up what the caller was authenticated by. */
  openIn(manager: EntityManager, subject: string, person: string | null): Promise<Session> {
    return this.#give(manager, subject, person, randomUUID());
  }

  /**
   * Exchanges a refresh token for new tokens. Of two exchanges at once one is first, and the other one is a reuse:
   * it ends the family, what the first was given included.
   * @throws DomainError `InvalidToken`; a token that was exchanged before ends its whole family
   */
  async refresh(token: string): Promise<Session> {
    const session = await this.database.write(async (manager) => {
      const found = await manager.findOneBy(RefreshTokenRow, { hash: hashed(token) });
      if (found === null || found.expires <= now()) return undefined;
      if (found.spent) {
        await manager.delete(RefreshTokenRow, { family: found.family });
        return undefined;
      }
      await manager.update(RefreshTokenRow, { hash: found.hash }, { spent: true });
      return this.#give(manager, found.subject, found.person, found.family);
    });
    if (session === undefined) throw new DomainError("InvalidToken");
    return session;
  }

  /** Forgets what has expired: by itself, as all others would wait for a look through the whole table. */
  async sweep(): Promise<void> {
    await this.database.write((manager) =>
      manager.delete(RefreshTokenRow, { expires: LessThan(now()) }),
    );
  }

  /** Ends the family of a refresh token; one that is not known has none. */
  async end(token: string): Promise<void> {
    await this.database.write(async (manager) => {
      const found = await manager.findOneBy(RefreshTokenRow, { hash: hashed(token) });
      if (found !== null) await manager.delete(RefreshTokenRow, { family: found.family });
    });
  }

  /**
   * Who an access token speaks for, with the roles and the rank that there are now.
   * @throws DomainError `InvalidToken`
   */
  async actorOf(token: string): Promise<Actor> {
    const claims = this.#claimsOf(token);
    const actor = claims && (await this.actors.of(claims.subject, claims.person));
    if (actor === undefined) throw new DomainError("InvalidToken");
    return actor;
  }

  /** Of a token that was read before: its signature is as good as it was then, and its end is what it says. */
  #claimsOf(token: string): AccessClaims | undefined {
    const known = this.#read.get(token);
    if (known !== undefined && known.expires > now()) return known;
    this.#read.delete(token);
    const claims = readToken(token, this.config.tokenSecret, now());
    if (claims === undefined) return undefined;
    if (this.#read.size >= mostRead) this.#read.clear();
    this.#read.set(token, claims);
    return claims;
  }

  async #give(
    manager: EntityManager,
    subject: string,
    person: string | null,
    family: string,
  ): Promise<Session> {
    const refreshToken = randomToken();
    await manager.insert(RefreshTokenRow, {
      hash: hashed(refreshToken),
      family,
      subject,
      person,
      spent: false,
      expires: now() + refreshSeconds,
    });
    const claims = { subject, person, expires: now() + accessSeconds };
    return {
      accessToken: issueToken(claims, this.config.tokenSecret),
      expiresAt: formatTime(claims.expires, 0),
      refreshToken,
    };
  }
}

function now(): number {
  return Math.floor(Date.now() / 1000);
}
