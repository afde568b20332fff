import { Entity, Index } from "typeorm";
import { AddressText, IdText, Integer, Json, Seconds, Text } from "../database/columns.ts";
import type { DocumentKind } from "../proof/document.ts";

/** What a party has committed itself to, field by field. Rows are added and never changed. */
@Entity("documents")
@Index("documents_party_createdAt_root", ["party", "createdAt", "root"])
export class DocumentRow {
  @IdText({ primary: true })
  root!: string;

  /** Whose it is: only it discloses anything of it. */
  @AddressText()
  party!: string;

  @Text(20)
  kind!: DocumentKind;

  /** Values by name. */
  @Json()
  fields!: Readonly<Record<string, string>>;

  @Seconds()
  createdAt!: number;
}

/** What a party's salts are made from, at its first document. Whoever has it can guess values from a root. */
@Entity("document_secrets")
export class DocumentSecretRow {
  @AddressText({ primary: true })
  party!: string;

  /** 32 bytes, as hexadecimal digits. */
  @Text(64)
  secret!: string;
}

export const audiences = ["public", "bundle"] as const;
/** Whoever asks; or those alone to whom the document's party gives a bundle. */
export type Audience = (typeof audiences)[number];

/** Fields that a document's party shows. */
@Entity("document_disclosures")
export class DisclosureRow {
  @IdText({ primary: true })
  root!: string;

  /** Of the document's, from 1. */
  @Integer({ primary: true })
  number!: number;

  @Text(6)
  audience!: Audience;

  /** Names, in their order. */
  @Json()
  fields!: readonly string[];

  @Seconds()
  disclosedAt!: number;

  /** Since when it is served no more; who has it, has it. */
  @Seconds({ nullable: true })
  withdrawnAt!: number | null;
}
