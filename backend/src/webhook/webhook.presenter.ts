import { formatTime } from "../http/time.ts";
import type { WebhookDeliveryDto, WebhookDto, WebhookWithSecretDto } from "./webhook.dto.ts";
import type { WebhookDeliveryRow, WebhookRow } from "./webhook.entity.ts";

export function webhookDto(row: WebhookRow): WebhookDto {
  const { id, url, description, events, enabled, disabledBecause, failures } = row;
  return {
    id,
    url,
    description,
    events,
    enabled,
    disabledBecause,
    position: `${row.block}-${row.logIndex}`,
    failures,
    pausedUntil: timeOf(row.notBefore),
    createdAt: formatTime(row.createdAt, 0),
  };
}

export function withSecret(row: WebhookRow, secret: string): WebhookWithSecretDto {
  return Object.assign(webhookDto(row), { secret });
}

export function webhookDeliveryDto(row: WebhookDeliveryRow): WebhookDeliveryDto {
  const { event: name, state, attempts, status, fault } = row;
  return {
    event: `${row.block}-${row.logIndex}`,
    name,
    state,
    attempts,
    status,
    fault,
    dueAt: timeOf(row.dueAt),
    attemptedAt: timeOf(row.attemptedAt),
  };
}

function timeOf(milliseconds: number | null): string | null {
  return milliseconds === null ? null : formatTime(Math.floor(milliseconds / 1000), 0);
}
