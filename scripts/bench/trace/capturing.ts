import type { Actor } from "../../../backend/src/auth/actor.ts";
import type { DirectoryEntry } from "../../../backend/src/auth/party-directory.ts";
import { ChainClock } from "../../../backend/src/chain/clock.ts";
import type { Database } from "../../../backend/src/database/database.ts";
import { CaptureService } from "../../../backend/src/epcis/capture.service.ts";
import { EventRecord } from "../../../backend/src/epcis/event-record.ts";
import { LocationService } from "../../../backend/src/epcis/location.service.ts";
import type { JsonObject } from "../../../backend/src/proof/event.ts";
import { addressOf } from "./filling.ts";
import { batchOf, eventContext } from "./harvests.ts";

/** Events of a document. */
const perDocument = 1000;

export interface Captured {
  readonly events: number;
  readonly seconds: number;
  /** Resident memory of the process, in MB: before, and the most while it captured. */
  readonly before: number;
  readonly most: number;
}

/** Captures documents of a thousand events, one after the other, as a party posts them: with all checks. */
export async function measureCapture(database: Database, events: number): Promise<Captured> {
  const parties = {
    find: (id: string): Promise<DirectoryEntry | undefined> => Promise.resolve(entryOf(id)),
    withKey: () => Promise.resolve(undefined),
  };
  const locations = new LocationService(database, parties);
  const service = new CaptureService(database, new ChainClock(false), locations, new EventRecord());
  const known = new Set<number>();
  let most = megabytes();
  const before = most;
  const watch = setInterval(() => (most = Math.max(most, megabytes())), 50);
  let captured = 0;
  let taken = 0;
  for (const { party, list } of documents(events)) {
    const id = addressOf(party);
    if (!known.has(party)) {
      const uri = `https://party-${String(party)}.example/places/`;
      await locations.register({ uri, party: id, name: "places" });
      known.add(party);
    }
    const start = performance.now();
    await service.capture(actorOf(id), documentOf(list), "rollback");
    taken += performance.now() - start;
    captured += list.length;
    most = Math.max(most, megabytes());
  }
  clearInterval(watch);
  return { events: captured, seconds: taken / 1000, before, most };
}

function* documents(events: number): Generator<{ party: number; list: JsonObject[] }> {
  const waiting = new Map<number, JsonObject[]>();
  let told = 0;
  for (let number = 0; told < events; number += 1) {
    for (const { party, event } of batchOf(number).events) {
      const list = waiting.get(party) ?? [];
      list.push(event);
      waiting.set(party, list);
      if (list.length < perDocument) continue;
      waiting.delete(party);
      told += list.length;
      yield { party, list };
      if (told >= events) return;
    }
  }
}

function documentOf(eventList: JsonObject[]): JsonObject {
  return {
    "@context": eventContext,
    type: "EPCISDocument",
    schemaVersion: "2.0",
    creationDate: "2026-11-01T00:00:00Z",
    epcisBody: { eventList },
  };
}

function actorOf(id: string): Actor {
  return { id, key: id, roles: ["cooperative"] };
}

function entryOf(id: string): DirectoryEntry {
  return { id, name: id, key: id, payoutAccount: id, roles: ["cooperative"], suspended: false };
}

function megabytes(): number {
  return Math.round(process.memoryUsage().rss / 2 ** 20);
}
