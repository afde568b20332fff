import { Entity, Index } from "typeorm";
import { Flag, Seconds, Text } from "../database/columns.ts";

/** A nonce that was given out for a sign-in with a wallet. */
@Entity("sign_in_nonces")
@Index("sign_in_nonces_expires", ["expires"])
export class SignInNonceRow {
  /** sha-256 of the nonce. */
  @Text(64, { primary: true })
  hash!: string;

  @Flag()
  spent!: boolean;

  /** Wall-clock seconds. */
  @Seconds()
  expires!: number;
}
