import { Entity, Index } from "typeorm";
import { AddressText, Flag, Integer, Json, Seconds, Text } from "../database/columns.ts";

/** Where a party wants to be told of what touches it, and how far it has been told. Wall-clock times. */
@Entity("webhooks")
@Index("webhooks_party", ["party"])
export class WebhookRow {
  @Text(36, { primary: true })
  id!: string;

  @AddressText()
  party!: string;

  @Text(500)
  url!: string;

  @Text(200, { nullable: true })
  description!: string | null;

  /** Names of events; null for all. */
  @Json({ nullable: true })
  events!: readonly string[] | null;

  /** Encrypted. */
  @Text(300)
  secret!: string;

  /** The one before, encrypted: both sign until `formerUntil`. */
  @Text(300, { nullable: true })
  formerSecret!: string | null;

  @Seconds({ nullable: true })
  formerUntil!: number | null;

  @Flag()
  enabled!: boolean;

  /** Why it was disabled, where nobody asked for that. */
  @Text(200, { nullable: true })
  disabledBecause!: string | null;

  /** The last event of the party's stream that is delivered, is being retried, or was not asked for. */
  @Integer()
  block!: number;

  @Integer()
  logIndex!: number;

  /** Failed attempts since the last that succeeded. */
  @Integer()
  failures!: number;

  /** Milliseconds: when the first of them failed. */
  @Seconds({ nullable: true })
  failingSince!: number | null;

  /** Milliseconds: nothing is sent before, because the endpoint seems to be down. */
  @Seconds({ nullable: true })
  notBefore!: number | null;

  @Seconds()
  createdAt!: number;
}

export const deliveryStates = [
  /** Answered with 2xx. */
  "Delivered",
  /** To be sent, for the first time or again. */
  "Due",
  /** Given up: to be sent again when somebody asks for it. */
  "Dead",
] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** What has become of one event at one endpoint. */
@Entity("webhook_deliveries")
@Index("webhook_deliveries_webhook_state_dueAt", ["webhook", "state", "dueAt"])
export class WebhookDeliveryRow {
  @Text(36, { primary: true })
  webhook!: string;

  @Integer({ primary: true })
  block!: number;

  @Integer({ primary: true })
  logIndex!: number;

  @Text(64)
  event!: string;

  @Text(9)
  state!: DeliveryState;

  @Integer()
  attempts!: number;

  /** HTTP status of the last attempt, where there was an answer. */
  @Integer({ nullable: true })
  status!: number | null;

  @Text(200, { nullable: true })
  fault!: string | null;

  /** Milliseconds. */
  @Seconds({ nullable: true })
  dueAt!: number | null;

  /** Milliseconds: of the last attempt. */
  @Seconds({ nullable: true })
  attemptedAt!: number | null;
}
