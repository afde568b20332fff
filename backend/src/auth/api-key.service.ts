import { randomUUID } from "node:crypto";
import { Injectable } from "@nestjs/common";
import { IsNull, MoreThan, type FindOptionsWhere } from "typeorm";
import { DomainError } from "../chain/domain-error.ts";
import type { Intent } from "../command/intent.ts";
import { Requests } from "../command/requests.ts";
import { Database } from "../database/database.ts";
import { BadInput } from "../http/bad-input.ts";
import { formatTime, parseTime } from "../http/time.ts";
import { officeNames, ranksAs, type Actor, type Person } from "./actor.ts";
import { Actors } from "./actors.ts";
import { ApiKeyRow } from "./api-key.entity.ts";
import type { ApiKeyDto, MakeApiKeyDto, NewApiKeyDto, RotateApiKeyDto } from "./api-key.dto.ts";
import { hashed, randomToken } from "./tokens.ts";

/** How the secret of an API key begins; an access token never does. */
export const apiKeyMark = "sheaf_";
const shownCharacters = apiKeyMark.length + 6;
const day = 24 * 3600;
/** Seconds after which a use is written down again. */
const usedAgain = 60;
/** A key that a party forgets to revoke is no reason to let it make any number of them. */
const mostKeys = 100;

type Caller = Actor & { readonly person: Person };

/** The keys of machines. A key acts for the person who made it, with that person's present rank, as a maker at most. */
@Injectable()
export class ApiKeyService {
  constructor(
    private readonly database: Database,
    private readonly actors: Actors,
    private readonly requests: Requests,
  ) {}

  async list(by: Actor): Promise<ApiKeyDto[]> {
    const rows = await this.database.read.find(ApiKeyRow, {
      where: this.#visible(callerOf(by)),
      order: { createdAt: "ASC", id: "ASC" },
    });
    return rows.map((row) => keyDto(row));
  }

  /**
   * The secret is told once: the same request again is refused with the key's id.
   * @throws BadInput, DomainError `TooManyApiKeys`, `ApiKeyMade`, `IdempotencyKeyReused`
   */
  async make(intent: Intent, { name, scopes, expiresAt }: MakeApiKeyDto): Promise<NewApiKeyDto> {
    const { by } = intent;
    const { person } = callerOf(by);
    const expires = expiresAt === undefined ? null : (parseTime(expiresAt) ?? 0);
    if (expires !== null && expires <= now()) throw BadInput.at("/expiresAt", "has passed");
    const secret = newSecret();
    const row: Readonly<ApiKeyRow> = {
      id: randomUUID(),
      party: subjectOf(by),
      person: person.account,
      name,
      scopes: [...new Set(scopes)],
      ...storedSecret(secret),
      previousHash: null,
      previousUntil: null,
      createdAt: now(),
      expiresAt: expires,
      lastUsedAt: null,
      revokedAt: null,
    };
    // Of this person: others of the organisation may call theirs the same.
    const idempotencyKey = `~${hashed(`${person.account} ${intent.idempotencyKey}`)}`;
    const made = await this.database.write((manager) =>
      this.requests.once(manager, { ...intent, idempotencyKey }, async () => {
        const live = { party: row.party, revokedAt: IsNull() };
        if ((await manager.countBy(ApiKeyRow, live)) >= mostKeys) {
          throw new DomainError("TooManyApiKeys", { most: mostKeys });
        }
        await manager.insert(ApiKeyRow, row);
        return row.id;
      }),
    );
    if (made !== row.id) throw new DomainError("ApiKeyMade", { id: made });
    return { ...keyDto(row), secret };
  }

  /**
   * A new secret for a key; the old one stays good for a while. A machine does it with its own key, and its newest
   * secret: whoever has found the former one must not outlast its end.
   * @throws DomainError `NotFound`, `FormerSecret`
   */
  async rotate(by: Actor, id: string, { overlap }: RotateApiKeyDto): Promise<NewApiKeyDto> {
    const caller = callerOf(by);
    const { apiKey } = caller.person;
    if (apiKey !== undefined && apiKey.id !== id) throw new DomainError("PersonNeeded");
    if (apiKey?.isFormer === true) throw new DomainError("FormerSecret");
    const secret = newSecret();
    const row: Readonly<ApiKeyRow> = await this.database.write(async (manager) => {
      const where = { id, ...this.#visible(caller) };
      const found: Readonly<ApiKeyRow> | null = await manager.findOneBy(ApiKeyRow, where);
      if (found === null) throw new DomainError("NotFound");
      const change = {
        ...storedSecret(secret),
        previousHash: found.hash,
        previousUntil: now() + (overlap ?? day),
      };
      await manager.update(ApiKeyRow, { id }, change);
      return { ...found, ...change };
    });
    return { ...keyDto(row), secret };
  }

  /** @throws DomainError `NotFound`, also for one that was revoked before */
  async revoke(by: Actor, id: string): Promise<void> {
    await this.database.write(async (manager) => {
      const where = { id, ...this.#visible(callerOf(by)) };
      if (!(await manager.existsBy(ApiKeyRow, where))) throw new DomainError("NotFound");
      await manager.update(ApiKeyRow, { id }, { revokedAt: now() });
    });
  }

  /**
   * Who a key speaks for.
   * @throws DomainError `InvalidToken`
   */
  async actorOf(secret: string): Promise<Actor> {
    const hash = hashed(secret);
    const row = await this.#good(hash);
    if (row === undefined) throw new DomainError("InvalidToken");
    const actor = await this.actors.of(row.party, row.person);
    if (actor === undefined) throw new DomainError("InvalidToken");
    await this.#used(row);
    const { account, rank } = actor.person;
    // A machine is never the second person.
    const asMost = ranksAs(rank, "maker") ? "maker" : rank;
    const isFormer = row.hash !== hash;
    const apiKey = { id: row.id, scopes: row.scopes, ...(isFormer && { isFormer }) };
    return { ...actor, person: { account, rank: asMost, apiKey } };
  }

  async #good(hash: string): Promise<ApiKeyRow | undefined> {
    const live = { revokedAt: IsNull() };
    const row = await this.database.read.findOneBy(ApiKeyRow, [
      { hash, ...live },
      { previousHash: hash, previousUntil: MoreThan(now()), ...live },
    ]);
    return row === null || (row.expiresAt ?? Infinity) <= now() ? undefined : row;
  }

  async #used({ id, lastUsedAt }: ApiKeyRow): Promise<void> {
    if ((lastUsedAt ?? 0) > now() - usedAgain) return;
    await this.database.write((manager) =>
      manager.update(ApiKeyRow, { id }, { lastUsedAt: now() }),
    );
  }

  /** An owner sees all keys of the organisation, everybody else their own. */
  #visible(by: Caller): FindOptionsWhere<ApiKeyRow> {
    const all = { party: subjectOf(by), revokedAt: IsNull() };
    return by.person.rank === "owner" ? all : { ...all, person: by.person.account };
  }
}

function keyDto(row: Readonly<ApiKeyRow>): Readonly<ApiKeyDto> {
  const { id, name, scopes, prefix, person, previousUntil } = row;
  const isOverlap = previousUntil !== null && previousUntil > now();
  return {
    id,
    name,
    scopes,
    prefix,
    person,
    createdAt: formatTime(row.createdAt, 0),
    expiresAt: written(row.expiresAt),
    lastUsedAt: written(row.lastUsedAt),
    previousUntil: isOverlap ? written(previousUntil) : null,
  };
}

function written(time: number | null): string | null {
  return time === null ? null : formatTime(time, 0);
}

function callerOf(by: Actor): Caller {
  const { person } = by;
  if (person === undefined) throw new DomainError("PersonNeeded");
  return { ...by, person };
}

function subjectOf(by: Actor): string {
  return officeNames.find((office) => by.roles.includes(office)) ?? by.id;
}

function newSecret(): string {
  return `${apiKeyMark}${randomToken()}`;
}

function storedSecret(secret: string): { readonly prefix: string; readonly hash: string } {
  return { prefix: secret.slice(0, shownCharacters), hash: hashed(secret) };
}

function now(): number {
  return Math.floor(Date.now() / 1000);
}
