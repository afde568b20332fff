import { Injectable } from "@nestjs/common";
import type { EntityManager } from "typeorm";
import type { Actor } from "../auth/actor.ts";
import { ChainClock } from "../chain/clock.ts";
import { Contracts } from "../chain/contracts.ts";
import { DomainError } from "../chain/domain-error.ts";
import { Database } from "../database/database.ts";
import { BadInput, type Fault } from "../http/bad-input.ts";
import { mapPage, pageOf, type Page } from "../http/paging.ts";
import { faultOfText } from "../http/text.ts";
import { formatTime } from "../http/time.ts";
import {
  faultOfName,
  longestValue,
  mostFields,
  type CommittedDocument,
} from "../proof/document.ts";
import { commitmentOf, type Commitment } from "./commitment.ts";
import type {
  DocumentDto,
  DocumentQuery,
  NewDocumentDto,
  WholeDocumentDto,
} from "./document.dto.ts";
import { DocumentRow, DocumentSecretRow } from "./document.entity.ts";
import { newSecret, saltsOf } from "./salts.ts";

/** A party's own documents. */
@Injectable()
export class DocumentService {
  constructor(
    private readonly database: Database,
    private readonly contracts: Contracts,
    private readonly clock: ChainClock,
  ) {}

  /**
   * Commits to a document; the same one again is answered with the same root.
   * @throws BadInput with every fault
   */
  async create(by: Actor, { kind, fields }: NewDocumentDto): Promise<DocumentDto> {
    const faults = faultsOf(fields);
    if (faults.length > 0) throw new BadInput(faults);
    const { database } = this;
    const row = await database.write(async (manager) => {
      const { root } = await commit(manager, by.id, { kind, fields });
      const createdAt = this.clock.now();
      await addOnce(manager, DocumentRow, { root, party: by.id, kind, fields, createdAt });
      return manager.findOneByOrFail(DocumentRow, { root });
    });
    return this.#summary(row);
  }

  async list(by: Actor, query: DocumentQuery): Promise<Page<DocumentDto>> {
    const { kind } = query;
    const columns = ["createdAt", "root"] as const;
    const page = await pageOf(this.database.read, DocumentRow, query, columns, (rows) => {
      rows.andWhere("row.party = :party", { party: by.id });
      if (kind !== undefined) rows.andWhere("row.kind = :kind", { kind });
    });
    return mapPage(page, (row) => this.#summary(row));
  }

  async get(by: Actor, root: string): Promise<WholeDocumentDto> {
    const row = await this.find(by, root);
    const fields = Object.entries(row.fields).map(([name, value]) => ({ name, value }));
    const { kind, createdAt } = this.#summary(row);
    return { root, kind, fields, createdAt };
  }

  /** @throws DomainError `NotFound`, also for another party's */
  async find(by: Actor, root: string): Promise<DocumentRow> {
    const row = await this.database.rows.one(DocumentRow, { root, party: by.id });
    if (row === null) throw new DomainError("NotFound");
    return row;
  }

  #summary({ root, kind, fields, createdAt }: DocumentRow): DocumentDto {
    return {
      root,
      kind,
      fields: Object.keys(fields).sort(),
      createdAt: formatTime(createdAt, this.contracts.deployment.utcOffset),
    };
  }
}

/** The party's secret is made with its first document. */
async function commit(
  manager: EntityManager,
  party: string,
  document: CommittedDocument,
): Promise<Commitment> {
  let row = await manager.findOneBy(DocumentSecretRow, { party });
  if (row === null) {
    await addOnce(manager, DocumentSecretRow, { party, secret: newSecret() });
    row = await manager.findOneByOrFail(DocumentSecretRow, { party });
  }
  return commitmentOf(document, saltsOf(row.secret, document));
}

/** Another request for the same may have been faster. */
async function addOnce<Row extends DocumentRow | DocumentSecretRow>(
  manager: EntityManager,
  entity: new () => Row,
  row: Row,
): Promise<void> {
  const insert = manager.createQueryBuilder().insert().into(entity);
  await insert
    .values(row as never)
    .updateEntity(false)
    .orIgnore()
    .execute();
}

function faultsOf(fields: Readonly<Record<string, string>>): Fault[] {
  const names = Object.keys(fields);
  if (names.length === 0) return [{ pointer: "/fields", detail: "must have at least one field" }];
  if (names.length > mostFields) {
    return [{ pointer: "/fields", detail: `must not have more than ${mostFields} fields` }];
  }
  return names.flatMap((name) => {
    const pointer = `/fields/${name.slice(0, 100).replaceAll("~", "~0").replaceAll("/", "~1")}`;
    const details = [faultOfName(name), faultOfValue(fields[name])];
    return details.flatMap((detail) => (detail === undefined ? [] : [{ pointer, detail }]));
  });
}

function faultOfValue(value: unknown): string | undefined {
  if (typeof value !== "string") return "must be a string; a number comes as text";
  if (value.length > longestValue) return `must not be longer than ${longestValue} characters`;
  return faultOfText(value);
}
