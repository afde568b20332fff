import { createHash, randomUUID } from "node:crypto";
import { Inject, Injectable } from "@nestjs/common";
import { LessThan } from "typeorm";
import { DomainError } from "../chain/domain-error.ts";
import type { Config } from "../config/config.ts";
import { CONFIG } from "../config/config.module.ts";
import { formatTime } from "../http/time.ts";
import { Database } from "../database/database.ts";
import type { Actor } from "./actor.ts";
import { Administration } from "./administration.ts";
import { PartyDirectory } from "./party-directory.ts";
import { RefreshTokenRow } from "./session.entity.ts";
import { issueToken, randomToken, readToken } from "./tokens.ts";

/** Tokens of one sign-in. */
export interface Session {
  readonly accessToken: string;
  /** ISO 8601: when the access token ends, by the wall's clock. */
  readonly expiresAt: string;
  readonly refreshToken: string;
}

/** The operator's name in a token. */
export const operator = "operator";
const accessSeconds = 15 * 60;
const refreshSeconds = 30 * 24 * 3600;

@Injectable()
export class SessionService {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
    private readonly parties: PartyDirectory,
    private readonly administration: Administration,
  ) {}

  /** A new family of tokens for a subject that has been authenticated. */
  async open(subject: string): Promise<Session> {
    return this.#give(subject, randomUUID());
  }

  /**
   * Exchanges a refresh token for new tokens.
   * @throws DomainError `InvalidToken`; a token that was exchanged before ends its whole family
   */
  async refresh(token: string): Promise<Session> {
    const row = await this.database.write(async (manager) => {
      const found = await manager.findOneBy(RefreshTokenRow, { hash: hashed(token) });
      if (found === null || found.expires <= now()) return undefined;
      if (found.spent) await manager.delete(RefreshTokenRow, { family: found.family });
      else await manager.update(RefreshTokenRow, { hash: found.hash }, { spent: true });
      return found;
    });
    if (row === undefined || row.spent) throw new DomainError("InvalidToken");
    return this.#give(row.subject, row.family);
  }

  /**
   * Who an access token speaks for, with the roles that the party has now.
   * @throws DomainError `InvalidToken`
   */
  async actorOf(token: string): Promise<Actor> {
    const claims = readToken(token, this.config.tokenSecret, now());
    if (claims === undefined) throw new DomainError("InvalidToken");
    if (claims.subject === operator) {
      const account = await this.administration.account();
      return { id: account, key: account, roles: [operator] };
    }
    const party = await this.parties.find(claims.subject);
    if (party === undefined) throw new DomainError("InvalidToken");
    return { id: party.id, key: party.key, roles: party.roles };
  }

  async #give(subject: string, family: string): Promise<Session> {
    const refreshToken = randomToken();
    await this.database.write(async (manager) => {
      await manager.delete(RefreshTokenRow, { expires: LessThan(now()) });
      await manager.insert(RefreshTokenRow, {
        hash: hashed(refreshToken),
        family,
        subject,
        spent: false,
        expires: now() + refreshSeconds,
      });
    });
    const claims = { subject, expires: now() + accessSeconds };
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

function hashed(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
