import { Entity, Index } from "typeorm";
import type { Rank } from "../auth/actor.ts";
import { AddressText, Seconds, Text } from "../database/columns.ts";

/** The ranks that a person is given; who is owner, the chain says, or of an office the configuration. */
export const givenRanks = ["viewer", "maker", "approver"] as const satisfies readonly Rank[];
export type GivenRank = (typeof givenRanks)[number];

/** A person of an organisation. */
@Entity("people")
@Index("people_account", ["account"])
export class PersonRow {
  /** The organisation: a party's id; administration's account for the operator's people. */
  @AddressText({ primary: true })
  party!: string;

  @AddressText({ primary: true })
  account!: string;

  @Text(8)
  rank!: Rank;

  @Text(100)
  name!: string;

  /** Who gave the rank. */
  @AddressText()
  namedBy!: string;

  /** Wall-clock seconds. */
  @Seconds()
  since!: number;
}
