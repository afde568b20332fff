import { Injectable } from "@nestjs/common";
import { In } from "typeorm";
import type { Actor } from "../auth/actor.ts";
import { ChainClock } from "../chain/clock.ts";
import { Contracts } from "../chain/contracts.ts";
import { DomainError } from "../chain/domain-error.ts";
import { Database } from "../database/database.ts";
import { BadInput } from "../http/bad-input.ts";
import { formatTime } from "../http/time.ts";
import type { DisclosedDocument } from "../proof/document.ts";
import { commitmentOf, type Commitment } from "./commitment.ts";
import type { DisclosureDto, NewDisclosureDto } from "./document.dto.ts";
import { DisclosureRow, DocumentRow, DocumentSecretRow } from "./document.entity.ts";
import { DocumentService } from "./document.service.ts";
import { saltsOf } from "./salts.ts";

/** What of documents is shown to others, and to whom. */
@Injectable()
export class DisclosureService {
  constructor(
    private readonly database: Database,
    private readonly contracts: Contracts,
    private readonly clock: ChainClock,
    private readonly documents: DocumentService,
  ) {}

  /**
   * Shows fields of a document; the same again is the same disclosure, as long as it stands.
   * @throws DomainError `NotFound`; BadInput for what is no field of it
   */
  async disclose(by: Actor, root: string, asked: NewDisclosureDto): Promise<DisclosureDto> {
    const document = await this.documents.find(by, root);
    const faults = asked.fields.flatMap((name, place) =>
      Object.hasOwn(document.fields, name)
        ? []
        : [{ pointer: `/fields/${place}`, detail: "is no field of this document" }],
    );
    if (faults.length > 0) throw new BadInput(faults);
    const { audience } = asked;
    const fields = [...new Set(asked.fields)].sort();
    const row = await this.database.write(async (manager) => {
      const others = await manager.findBy(DisclosureRow, { root });
      const same = others.find(
        (other) =>
          other.withdrawnAt === null &&
          other.audience === audience &&
          other.fields.join() === fields.join(),
      );
      if (same !== undefined) return same;
      const number = 1 + Math.max(0, ...others.map((other) => other.number));
      const disclosedAt = this.clock.now();
      const made = { root, number, audience, fields, disclosedAt, withdrawnAt: null };
      await manager.insert(DisclosureRow, made);
      return made;
    });
    return this.#shown(row, document, await this.#commitment(document));
  }

  /** Also those that are withdrawn. */
  async list(by: Actor, root: string): Promise<DisclosureDto[]> {
    const document = await this.documents.find(by, root);
    const rows = await this.database.rows.all(DisclosureRow, { root }, ["number"]);
    const commitment = await this.#commitment(document);
    return rows.map((row) => this.#shown(row, document, commitment));
  }

  /**
   * Serves it no more; what has been given out cannot be called back.
   * @throws DomainError `NotFound`
   */
  async withdraw(by: Actor, root: string, number: number): Promise<void> {
    await this.documents.find(by, root);
    const withdrawnAt = this.clock.now();
    await this.database.write(async (manager) => {
      const row = await manager.findOneBy(DisclosureRow, { root, number });
      if (row === null) throw new DomainError("NotFound");
      if (row.withdrawnAt === null) {
        await manager.update(DisclosureRow, { root, number }, { withdrawnAt });
      }
    });
  }

  /**
   * What is disclosed of these documents, in their order; those of which nothing is are left out.
   * @param to the party that makes a bundle gets what it shows in bundles; everybody what is public
   */
  async disclosed(roots: readonly string[], to?: string): Promise<DisclosedDocument[]> {
    const wanted = [...new Set(roots)];
    if (wanted.length === 0) return [];
    const manager = this.database.read;
    const documents = await manager.findBy(DocumentRow, { root: In(wanted) });
    const byRoot = new Map(documents.map((document) => [document.root, document]));
    const rows = await manager.findBy(DisclosureRow, { root: In([...byRoot.keys()]) });
    const shown = wanted.map(async (root) => {
      const document = byRoot.get(root);
      if (document === undefined) return [];
      const standing = rows.filter(
        (row) =>
          row.root === root &&
          row.withdrawnAt === null &&
          (row.audience === "public" || document.party === to),
      );
      const names = [...new Set(standing.flatMap(({ fields }) => fields))].sort();
      if (names.length === 0) return [];
      const { party, kind } = document;
      const { fieldsOf } = await this.#commitment(document);
      return [{ root: root as DisclosedDocument["root"], kind, party, fields: fieldsOf(names) }];
    });
    return (await Promise.all(shown)).flat();
  }

  async #commitment(document: DocumentRow): Promise<Commitment> {
    const { party } = document;
    const { secret } = await this.database.rows.existing(DocumentSecretRow, { party });
    return commitmentOf(document, saltsOf(secret, document));
  }

  #shown(
    { root, number, audience, fields, disclosedAt, withdrawnAt }: DisclosureRow,
    { kind, party }: DocumentRow,
    commitment: Commitment,
  ): DisclosureDto {
    const { utcOffset } = this.contracts.deployment;
    return {
      root,
      number,
      kind,
      party,
      audience,
      fields: commitment.fieldsOf(fields),
      disclosedAt: formatTime(disclosedAt, utcOffset),
      withdrawnAt: withdrawnAt === null ? null : formatTime(withdrawnAt, utcOffset),
    };
  }
}
