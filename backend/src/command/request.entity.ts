import { Entity } from "typeorm";
import { AddressText, Seconds, Text } from "../database/columns.ts";

/** What a request with an idempotency key has made that is on its way to no chain. */
@Entity("requests")
export class RequestRow {
  @AddressText({ primary: true })
  party!: string;

  @Text(128, { primary: true })
  idempotencyKey!: string;

  /** sha-256 of the request. */
  @Text(64)
  requestHash!: string;

  /** An id or an account; no secret. */
  @Text(66)
  made!: string;

  /** Wall-clock time. */
  @Seconds()
  createdAt!: number;
}
