import { Injectable } from "@nestjs/common";
import type { EntityManager } from "typeorm";
import { DomainError } from "../chain/domain-error.ts";
import { Database } from "../database/database.ts";
import type { Intent } from "./intent.ts";
import { RequestRow } from "./request.entity.ts";

/** What requests have made besides commands: the same request again is about the same thing, and makes nothing. */
@Injectable()
export class Requests {
  constructor(private readonly database: Database) {}

  /**
   * What the same request has made before.
   * @throws DomainError `IdempotencyKeyReused`
   */
  madeBefore(intent: Intent): Promise<string | undefined> {
    return this.#made(this.database.read, intent);
  }

  /**
   * The id of what the request has made before, or of what `make` makes now, in the same transaction.
   * @throws DomainError `IdempotencyKeyReused`
   */
  async once(manager: EntityManager, intent: Intent, make: () => Promise<string>): Promise<string> {
    const before = await this.#made(manager, intent);
    if (before !== undefined) return before;
    const made = await make();
    const { by, idempotencyKey, requestHash, repeatable } = intent;
    if (!repeatable) return made;
    const createdAt = Math.floor(Date.now() / 1000);
    const row = { party: by.id, idempotencyKey, requestHash, made, createdAt };
    await manager.insert(RequestRow, row);
    return made;
  }

  async #made(
    manager: EntityManager,
    { by, idempotencyKey, requestHash, repeatable }: Intent,
  ): Promise<string | undefined> {
    if (!repeatable) return undefined;
    const row = await manager.findOneBy(RequestRow, { party: by.id, idempotencyKey });
    if (row !== null && row.requestHash !== requestHash) {
      throw new DomainError("IdempotencyKeyReused");
    }
    return row?.made;
  }
}
