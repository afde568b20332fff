import { eventDto } from "../projection/event.dto.ts";
import type { ChainEventRow } from "../projection/projection.entity.ts";
import type { Message } from "./signature.ts";

/** An event as it is sent; the same bytes and the same id every time. */
export function messageOf(event: ChainEventRow, utcOffset: number): Message {
  const data = eventDto(event, utcOffset);
  return {
    id: `evt_${event.transaction}_${event.logIndex}`,
    body: JSON.stringify({ type: event.name, timestamp: data.at, data }),
  };
}

/** What an endpoint gets when somebody wants to see whether it works. */
export function testMessage(webhook: string, at: number): Message {
  const timestamp = new Date(at).toISOString();
  return {
    id: `test_${webhook}_${at}`,
    body: JSON.stringify({ type: "test", timestamp, data: { webhook } }),
  };
}
