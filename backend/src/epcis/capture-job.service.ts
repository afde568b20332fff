import { Injectable } from "@nestjs/common";
import { LessThan } from "typeorm";
import type { Actor } from "../auth/actor.ts";
import { DomainError } from "../chain/domain-error.ts";
import { Database } from "../database/database.ts";
import { EpcisCaptureRow } from "./epcis.entity.ts";
import type { Json, JsonObject } from "../proof/event.ts";
import { formatInstant } from "../proof/instant.ts";
import { pageToken, readPageToken } from "./page-token.ts";
import { readPaging, type RawQuery } from "./query-parameters.ts";

/** What has become of a party's captures. Each is done by the time that it is answered for. */
@Injectable()
export class CaptureJobService {
  constructor(private readonly database: Database) {}

  /** @throws DomainError `NotFound`, also for another party's */
  async get(by: Actor, id: string): Promise<JsonObject> {
    const row = await this.database.read.findOneBy(EpcisCaptureRow, { id, party: by.id });
    if (row === null) throw new DomainError("NotFound");
    return jobOf(row);
  }

  async list(
    by: Actor,
    query: RawQuery,
  ): Promise<{ jobs: JsonObject[]; nextPageToken: string | undefined }> {
    const { perPage, nextPageToken } = readPaging(query);
    const before = nextPageToken === undefined ? undefined : readPageToken(nextPageToken, by.id).id;
    const found = await this.database.read.find(EpcisCaptureRow, {
      where: { party: by.id, ...(before !== undefined && { number: LessThan(before) }) },
      order: { number: "DESC" },
      take: perPage + 1,
    });
    const rows = found.slice(0, perPage);
    const last = found.length > perPage ? rows.at(-1) : undefined;
    return {
      jobs: rows.map(jobOf),
      nextPageToken: last && pageToken({ order: 0, id: last.number, given: 0 }, by.id),
    };
  }
}

function jobOf({ id, behaviour, createdAt, success, errors }: EpcisCaptureRow): JsonObject {
  return {
    captureID: id,
    createdAt: formatInstant(createdAt),
    finishedAt: formatInstant(createdAt),
    running: false,
    success,
    captureErrorBehaviour: behaviour,
    errors: errors as Json,
  };
}
