import { Entity, Index } from "typeorm";
import { AddressText, Json, Seconds, Text } from "../database/columns.ts";
import type { Scope } from "./actor.ts";

/** A key that a person gave to a machine. Wall-clock seconds. */
@Entity("api_keys")
@Index("api_keys_hash", ["hash"], { unique: true })
@Index("api_keys_previousHash", ["previousHash"])
@Index("api_keys_party", ["party"])
export class ApiKeyRow {
  @Text(36, { primary: true })
  id!: string;

  /** A party's id, or `operator`. */
  @Text(42)
  party!: string;

  /** The account of the person for whom it acts. */
  @AddressText()
  person!: string;

  @Text(100)
  name!: string;

  @Json()
  scopes!: readonly Scope[];

  /** The beginning of the secret, by which people know it again. */
  @Text(16)
  prefix!: string;

  /** sha-256 of the secret. */
  @Text(64)
  hash!: string;

  /** Of the secret before, which is good until `previousUntil`. */
  @Text(64, { nullable: true })
  previousHash!: string | null;

  @Seconds({ nullable: true })
  previousUntil!: number | null;

  @Seconds()
  createdAt!: number;

  @Seconds({ nullable: true })
  expiresAt!: number | null;

  @Seconds({ nullable: true })
  lastUsedAt!: number | null;

  @Seconds({ nullable: true })
  revokedAt!: number | null;
}
