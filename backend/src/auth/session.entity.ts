import { Entity, Index } from "typeorm";
import { Flag, Seconds, Text } from "../database/columns.ts";

/** A refresh token that was given out; those that replaced one another are a family. */
@Entity("refresh_tokens")
@Index("refresh_tokens_family", ["family"])
export class RefreshTokenRow {
  /** sha-256 of the token. */
  @Text(64, { primary: true })
  hash!: string;

  @Text(36)
  family!: string;

  @Text(42)
  subject!: string;

  /** The account of the person; null for whoever holds the party's key. */
  @Text(42, { nullable: true })
  person!: string | null;

  @Flag()
  spent!: boolean;

  /** Wall-clock seconds. */
  @Seconds()
  expires!: number;
}
