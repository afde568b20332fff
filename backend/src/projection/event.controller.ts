import { Controller, Headers, Sse } from "@nestjs/common";
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiTags } from "@nestjs/swagger";
import type { MessageEvent } from "@nestjs/common";
import { Observable } from "rxjs";
import { By, type Actor } from "../auth/actor.ts";
import { Contracts } from "../chain/contracts.ts";
import { BadInput } from "../http/bad-input.ts";
import { eventDto } from "./event.dto.ts";
import { EventRecord, type EventPosition } from "./event-record.service.ts";
import { ProjectionEngine } from "./projection.engine.ts";

const heartbeat = 20_000;
const pageSize = 200;

@ApiTags("events")
@ApiBearerAuth()
@Controller("api/v1/events")
export class EventController {
  constructor(
    private readonly record: EventRecord,
    private readonly projection: ProjectionEngine,
    private readonly contracts: Contracts,
  ) {}

  /** What touches the caller, as it happens; from where `Last-Event-ID` says, or from now on. */
  @Sse()
  @ApiOperation({ summary: "Server-sent events" })
  @ApiHeader({
    name: "Last-Event-ID",
    required: false,
    description: "the last event's id, or 0 for all",
  })
  stream(
    @By() by: Actor,
    @Headers("last-event-id") last: string | undefined,
  ): Observable<MessageEvent> {
    const start = last === undefined ? this.#now() : positionOf(last);
    return new Observable((subscriber) => {
      let after = start;
      let busy: Promise<void> | undefined;
      let asked = false;
      const send = async (): Promise<void> => {
        while (asked && !subscriber.closed) {
          asked = false;
          const rows = await this.record.touching("party", [by.id], { after, limit: pageSize });
          for (const row of rows) {
            const data = eventDto(row, this.contracts.deployment.utcOffset);
            subscriber.next({ id: data.id, type: data.name, data });
            after = row;
          }
          asked ||= rows.length === pageSize;
        }
      };
      const look = (): void => {
        asked = true;
        busy ??= send()
          .catch((error: unknown) => {
            subscriber.error(error);
          })
          .finally(() => (busy = undefined));
      };
      const deaf = this.projection.listen({
        projected: look,
        undone: (to) => {
          subscriber.next({ type: "reorganised", data: { block: to.block } });
          if (after.block > to.block) after = { block: to.block, logIndex: 2 ** 31 - 1 };
        },
      });
      const beat = setInterval(() => {
        subscriber.next({ type: "heartbeat", data: {} });
      }, heartbeat);
      look();
      return () => {
        clearInterval(beat);
        deaf();
      };
    });
  }

  #now(): EventPosition {
    return { block: this.projection.status.block, logIndex: 2 ** 31 - 1 };
  }
}

function positionOf(id: string): EventPosition {
  if (id === "0") return { block: -1, logIndex: -1 };
  const match = /^(\d{1,9})-(\d{1,9})$/.exec(id);
  if (match === null) throw BadInput.in("Last-Event-ID", "must be the id of an event, or 0");
  return { block: Number(match[1]), logIndex: Number(match[2]) };
}
