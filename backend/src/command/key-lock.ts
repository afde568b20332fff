import { Injectable } from "@nestjs/common";
import { Database } from "../database/database.ts";
import type { Hold } from "../database/locks.ts";

/** The lock that lets one worker at a time use a signing key, among all processes that share the database. */
@Injectable()
export class KeyLock {
  constructor(private readonly database: Database) {}

  /** Runs `work` when nobody else uses the key; within this process in the order of asking. */
  exclusively<T>(key: string, work: (hold: Hold) => Promise<T>): Promise<T> {
    return this.database.locks.exclusively(`key.${key}`, work);
  }
}
