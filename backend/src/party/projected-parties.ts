import { Injectable } from "@nestjs/common";
import { PartyDirectory, type DirectoryEntry } from "../auth/party-directory.ts";
import { Database } from "../database/database.ts";
import { Memory } from "../projection/memory.ts";
import { ProjectionEngine } from "../projection/projection.engine.ts";
import { PartyRow } from "./party.entity.ts";
import { rolesOf } from "./roles.ts";

/** The parties as they are on chain, for all who look one up: also for what parties themselves stand on. */
@Injectable()
export class ProjectedParties extends PartyDirectory {
  readonly #byId: Memory<DirectoryEntry | undefined>;

  constructor(
    private readonly database: Database,
    projection: ProjectionEngine,
  ) {
    super();
    this.#byId = new Memory(projection, (id) => this.#entry({ id }));
  }

  find(id: string): Promise<DirectoryEntry | undefined> {
    return this.#byId.get(id);
  }

  withKey(key: string): Promise<DirectoryEntry | undefined> {
    return this.#entry({ key });
  }

  async #entry(where: Partial<Pick<PartyRow, "id" | "key">>): Promise<DirectoryEntry | undefined> {
    const row: Readonly<PartyRow> | null = await this.database.rows.one(PartyRow, where);
    return row === null ? undefined : { ...row, roles: rolesOf(row.roles) };
  }
}
