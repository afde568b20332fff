import { setTimeout as sleep } from "node:timers/promises";
import { Controller, Headers, Req, Sse } from "@nestjs/common";
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiTags } from "@nestjs/swagger";
import type { MessageEvent } from "@nestjs/common";
import type { FastifyRequest } from "fastify";
import { Observable } from "rxjs";
import { By, type Actor } from "../auth/actor.ts";
import { Bearers } from "../auth/bearers.ts";
import { Contracts } from "../chain/contracts.ts";
import { DomainError } from "../chain/domain-error.ts";
import { BadInput } from "../http/bad-input.ts";
import { OpenEnded } from "../http/load-shedding.ts";
import { eventDto } from "./event.dto.ts";
import { EventRecord, type EventPosition } from "./event-record.service.ts";
import { ProjectionEngine } from "./projection.engine.ts";

const heartbeat = 20_000;
/** Milliseconds between two looks whether the caller may still hear what it hears. */
const lookAgain = 5_000;
const pageSize = 200;
/** Streams that one caller may have open. */
const mostStreams = 10;
/** Milliseconds between two looks whether a slow listener has taken what it was sent. */
const breath = 20;

@ApiTags("events")
@ApiBearerAuth()
@Controller("api/v1/events")
export class EventController {
  readonly #open = new Map<string, number>();

  constructor(
    private readonly record: EventRecord,
    private readonly projection: ProjectionEngine,
    private readonly contracts: Contracts,
    private readonly bearers: Bearers,
  ) {}

  /**
   * What touches the caller, as it happens; from where `Last-Event-ID` says, or from now on. It ends when the caller's
   * token does: ask again with a new one, from the last event's id. Up to ten at once.
   */
  @Sse()
  @OpenEnded()
  @ApiOperation({ summary: "Server-sent events" })
  @ApiHeader({
    name: "Last-Event-ID",
    required: false,
    description: "the last event's id, or 0 for all",
  })
  stream(
    @By() by: Actor,
    @Headers("last-event-id") last: string | undefined,
    @Req() { headers, raw: { socket } }: FastifyRequest,
  ): Observable<MessageEvent> {
    const start = last === undefined ? this.#now() : positionOf(last);
    this.#requireRoom(by);
    return new Observable((subscriber) => {
      const close = this.#opened(by);
      let after = start;
      let busy: Promise<void> | undefined;
      let asked = false;
      const isStuck = (): boolean => socket.writableLength > 0 && !subscriber.closed;
      const send = async (): Promise<void> => {
        while (asked && !subscriber.closed) {
          asked = false;
          // Who does not read must not have all of the past kept for it here.
          await sleep(0);
          while (isStuck()) await sleep(breath);
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
        if (socket.writableLength === 0) subscriber.next({ type: "heartbeat", data: {} });
      }, heartbeat);
      // Whose token has ended, whose key is revoked, who is nobody's person any more hears nothing more.
      const doubt = setInterval(() => {
        this.bearers.actorOf(headers.authorization).catch(() => {
          subscriber.complete();
        });
      }, lookAgain);
      look();
      return () => {
        clearInterval(beat);
        clearInterval(doubt);
        deaf();
        close();
      };
    });
  }

  #requireRoom(by: Actor): void {
    if ((this.#open.get(nameOf(by)) ?? 0) < mostStreams) return;
    throw new DomainError("TooManyRequests", { retryAfter: heartbeat / 1000 });
  }

  /** @returns how to say that it is closed */
  #opened(by: Actor): () => void {
    const caller = nameOf(by);
    this.#open.set(caller, (this.#open.get(caller) ?? 0) + 1);
    return () => {
      const left = (this.#open.get(caller) ?? 1) - 1;
      if (left === 0) this.#open.delete(caller);
      else this.#open.set(caller, left);
    };
  }

  #now(): EventPosition {
    return { block: this.projection.status.block, logIndex: 2 ** 31 - 1 };
  }
}

function nameOf({ id, person }: Actor): string {
  return `${id} ${person?.account ?? ""} ${person?.apiKey?.id ?? ""}`;
}

function positionOf(id: string): EventPosition {
  if (id === "0") return { block: -1, logIndex: -1 };
  const match = /^(\d{1,9})-(\d{1,9})$/.exec(id);
  if (match === null) throw BadInput.in("Last-Event-ID", "must be the id of an event, or 0");
  return { block: Number(match[1]), logIndex: Number(match[2]) };
}
