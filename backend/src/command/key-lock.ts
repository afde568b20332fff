import { Injectable } from "@nestjs/common";
import { Database } from "../database/database.ts";

/**
 * The lock that lets one worker at a time use a signing key, among all processes that share the database. One that loses
 * it while it works has its signature refused by `Signatures.keep`, where another has used the key meanwhile.
 */
@Injectable()
export class KeyLock {
  constructor(private readonly database: Database) {}

  /** Runs `work` when nobody else uses the key; within this process in the order of asking. */
  exclusively<T>(key: string, work: () => Promise<T>): Promise<T> {
    return this.database.locks.exclusively(`key.${key}`, work);
  }
}
