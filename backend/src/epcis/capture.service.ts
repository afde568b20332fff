import { randomUUID } from "node:crypto";
import { Injectable } from "@nestjs/common";
import type { EntityManager } from "typeorm";
import { isOperator, type Actor } from "../auth/actor.ts";
import { ChainClock } from "../chain/clock.ts";
import { DomainError } from "../chain/domain-error.ts";
import { Database } from "../database/database.ts";
import { BadInput, type Fault } from "../http/bad-input.ts";
import { problemOf } from "../http/problem.ts";
import { exceptionOf } from "./epcis-exception.ts";
import { isObject, textOf, type Json } from "../proof/event.ts";
import { EpcisCaptureRow, type ErrorBehaviour } from "./epcis.entity.ts";
import { EventRecord, type Outcome } from "./event-record.ts";
import { inTurns } from "./in-turns.ts";
import { keyOf } from "./links.ts";
import { LocationService } from "./location.service.ts";
import { storedEvent, type StoredEvent } from "./stored-event.ts";
import { checkDocument, checkEvent, type CheckedEvent } from "./validator.ts";

/** Events of one document: more come in several. */
export const captureLimit = 10_000;

/** A good event that is ready to be recorded. */
interface Ready {
  readonly pointer: string;
  readonly stored: StoredEvent;
}

/** Takes events in: all of a document or, where asked to proceed, those of it that are good. */
@Injectable()
export class CaptureService {
  constructor(
    private readonly database: Database,
    private readonly clock: ChainClock,
    private readonly locations: LocationService,
    private readonly record: EventRecord,
  ) {}

  /**
   * The capture's id. Nothing of a document is kept that is refused.
   * @throws BadInput `EpcisValidation`, `ForeignLocation` or `EventIdTaken`, where it is not to proceed
   */
  async capture(by: Actor, document: Json, behaviour: ErrorBehaviour): Promise<string> {
    requireParty(by);
    const { faults, events } = await checkDocument(document);
    if (events.length > captureLimit) {
      throw new DomainError("EpcisCaptureLimit", { limit: captureLimit });
    }
    const invalid = [...faults, ...events.flatMap((event) => event.faults)];
    if (faults.length > 0 || (behaviour === "rollback" && invalid.length > 0)) {
      throw new BadInput(invalid, "EpcisValidation");
    }
    const foreign = await this.#foreign(by, events);
    if (behaviour === "rollback") refuse(foreign, "ForeignLocation");
    const abroad = new Set(foreign.map(({ event }) => event));
    const ready = await inTurns(events, (event) => (abroad.has(event) ? [] : prepared(event)));
    const id = randomUUID();
    await this.#inTurn(async (manager) => {
      const now = this.clock.now() * 1000;
      const outcomes = await this.record.add(
        manager,
        by.id,
        now,
        ready.map(({ stored }) => stored),
      );
      const taken = conflicts(ready, outcomes);
      if (behaviour === "rollback" && taken.length > 0) throw new BadInput(taken, "EventIdTaken");
      const errors = [
        ...problems(invalid, "EpcisValidation"),
        ...problems(foreign, "ForeignLocation"),
        ...problems(taken, "EventIdTaken"),
      ];
      const number =
        1 + ((await manager.maximum(EpcisCaptureRow, "number", { party: by.id })) ?? 0);
      const row = { id, party: by.id, number, behaviour, createdAt: now };
      await manager.insert(EpcisCaptureRow, { ...row, success: errors.length === 0, errors });
    });
    return id;
  }

  /**
   * One event.
   * @throws BadInput `EpcisValidation`, `ForeignLocation` or `EventIdTaken`
   */
  async captureOne(by: Actor, event: Json): Promise<StoredEvent> {
    requireParty(by);
    const checked = checkEvent(event);
    if (checked.faults.length > 0) throw new BadInput(checked.faults, "EpcisValidation");
    refuse(await this.#foreign(by, [checked]), "ForeignLocation");
    const ready = prepared(checked);
    const [one] = ready;
    if (one === undefined) throw new Error("An event without a fault is ready.");
    await this.#inTurn(async (manager) => {
      const now = this.clock.now() * 1000;
      refuse(
        conflicts(ready, await this.record.add(manager, by.id, now, [one.stored])),
        "EventIdTaken",
      );
    });
    return one.stored;
  }

  /** One capture after the other, whoever shares the database: all of them add at its end. */
  #inTurn(work: (manager: EntityManager) => Promise<void>): Promise<void> {
    const { database } = this;
    return database.locks.exclusively("epcis-capture", () => database.write(work));
  }

  async #foreign(by: Actor, events: readonly CheckedEvent[]): Promise<ForeignPlace[]> {
    const places = await inTurns(events, placesOf);
    const owners = await this.locations.ownersOf([...new Set(places.map(({ place }) => place))]);
    return places
      .filter(({ place }) => owners.get(place) !== by.id)
      .map(({ event, pointer, place }) => ({
        event,
        pointer,
        detail: `${place} is not registered as a location of this party`,
      }));
  }
}

interface ForeignPlace extends Fault {
  readonly event: CheckedEvent;
}

function requireParty(by: Actor): void {
  if (isOperator(by)) throw new DomainError("NotAParty");
}

function prepared({ event, namespaces, pointer }: CheckedEvent): Ready[] {
  return event === undefined ? [] : [{ pointer, stored: storedEvent(event, namespaces) }];
}

function placesOf(
  checked: CheckedEvent,
): { event: CheckedEvent; pointer: string; place: string }[] {
  const { event, pointer, namespaces } = checked;
  return ["readPoint", "bizLocation"].flatMap((name) => {
    const part = event?.[name];
    const uri = isObject(part) ? textOf(part["id"]) : undefined;
    // A point on the map is nobody's: that is where goods are on their way.
    if (uri === undefined || uri.startsWith("geo:")) return [];
    return [{ event: checked, pointer: `${pointer}/${name}/id`, place: keyOf(uri, namespaces) }];
  });
}

function conflicts(ready: readonly Ready[], outcomes: readonly Outcome[]): Fault[] {
  return ready
    .filter((_, at) => outcomes[at] === "conflict")
    .map(({ pointer, stored }) => ({
      pointer: `${pointer}/eventID`,
      detail: `${stored.eventId} stands for another event of this party`,
    }));
}

function refuse(faults: readonly Fault[], code: string): void {
  if (faults.length > 0) throw new BadInput(told(faults), code);
}

function told(faults: readonly Fault[]): Fault[] {
  return faults.map(({ pointer, detail }) => ({
    ...(pointer !== undefined && { pointer }),
    detail,
  }));
}

/** As a capture job lists them: one problem of each kind. */
function problems(faults: readonly Fault[], code: string): Readonly<Record<string, unknown>>[] {
  if (faults.length === 0) return [];
  const { status, title, detail, code: same, errors } = problemOf(new BadInput(told(faults), code));
  const type = `epcisException:${exceptionOf(code, status)}`;
  return [{ type, status, title, detail, code: same, errors }];
}
