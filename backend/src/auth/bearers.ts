import { Injectable } from "@nestjs/common";
import { DomainError } from "../chain/domain-error.ts";
import type { Actor } from "./actor.ts";
import { apiKeyMark, ApiKeyService } from "./api-key.service.ts";
import { SessionService } from "./session.service.ts";

/** Who speaks by an `Authorization` header: a person by an access token, or a machine by an API key. */
@Injectable()
export class Bearers {
  constructor(
    private readonly sessions: SessionService,
    private readonly keys: ApiKeyService,
  ) {}

  /** @throws DomainError `NotSignedIn`, `InvalidToken` */
  async actorOf(authorization: string | undefined): Promise<Actor> {
    const token = /^Bearer (\S+)$/i.exec(authorization ?? "")?.[1];
    if (token === undefined) throw new DomainError("NotSignedIn");
    return token.startsWith(apiKeyMark) ? this.keys.actorOf(token) : this.sessions.actorOf(token);
  }
}
