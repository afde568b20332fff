import { eventObjectsOf } from "../../backend/src/epcis/document.ts";
import { isObject, textOf, type JsonObject } from "../../backend/src/proof/event.ts";
import { eventHash, preHash } from "../../backend/src/proof/event-hash.ts";
import { Namespaces } from "../../backend/src/proof/namespaces.ts";
import { differences, parting, saidIn } from "./compare.ts";
import type { Sample } from "./folder.ts";
import { Refused, type Repository } from "./repository.ts";

/** One thing that was checked: what it is, and how it fails. */
export interface Check {
  readonly what: string;
  /** Undefined where it passes. */
  readonly fault: string | undefined;
}

/** Captures a document in the name of a party of its own, reads each event back, and compares. */
export async function checkSample(sample: Sample, repository: Repository): Promise<Check[]> {
  const { name, document } = sample;
  if (document === undefined) return [{ what: name, fault: "is no JSON object" }];
  const events = isObject(document["epcisBody"]) ? eventObjectsOf(document) : [document];
  const accepted = await accept(sample, document, events, repository);
  if (accepted.party === undefined) return [{ what: `${name} is captured`, fault: accepted.fault }];
  const checks: Check[] = [{ what: `${name} is captured`, fault: undefined }];
  for (const [place, event] of events.entries()) {
    checks.push(...(await checkEvent(sample, { place, event, party: accepted.party }, repository)));
  }
  if (sample.hashes !== undefined && sample.hashes.length !== events.length) {
    const fault = `${sample.hashes.length} hashes for ${events.length} events`;
    checks.push({ what: `${name} has a hash for each event`, fault });
  }
  return checks;
}

interface Accepted {
  readonly party?: string;
  readonly fault?: string;
}

async function accept(
  { name }: Sample,
  document: JsonObject,
  events: readonly JsonObject[],
  repository: Repository,
): Promise<Accepted & { readonly fault: string | undefined }> {
  try {
    const party = await repository.party(name.slice(-60), placesOf(events));
    await repository.capture(party, document);
    return { party, fault: undefined };
  } catch (error) {
    if (error instanceof Refused) return { fault: error.message };
    throw error;
  }
}

interface Sent {
  readonly place: number;
  readonly event: JsonObject;
  readonly party: string;
}

async function checkEvent(
  { name, document, hashes, preHashes }: Sample,
  { place, event, party }: Sent,
  repository: Repository,
): Promise<Check[]> {
  const what = `${name} event ${place + 1}`;
  const sentSpaces = Namespaces.of(document?.["@context"], event["@context"]);
  const given = textOf(event["eventID"]);
  const sent = saidIn(event, given !== undefined);
  const found = await read(repository, party, given ?? eventHash(event, sentSpaces));
  if (found === undefined) return [{ what: `${what} comes back`, fault: "is not there" }];
  const { got, gotSpaces, faults } = found.reduce((best, each) => {
    const differs = differences(sent, saidIn(each.event, given !== undefined));
    return differs.length < best.faults.length
      ? { got: each.event, gotSpaces: each.namespaces, faults: differs }
      : best;
  }, nothing);
  const checks: Check[] = [
    { what: `${what} comes back equal`, fault: faults.join("; ") || undefined },
  ];
  const expected = hashes?.[place];
  if (expected !== undefined) {
    const hash = eventHash(got, gotSpaces);
    const told = preHashes[place];
    const why = told === undefined ? `got ${hash}` : parting(told, preHash(got, gotSpaces));
    checks.push({
      what: `${what} has the hash ${expected}`,
      fault: hash === expected ? undefined : why,
    });
  }
  return checks;
}

const nothing = {
  got: {} as JsonObject,
  gotSpaces: Namespaces.of(),
  faults: Array.from({ length: 1_000_000 }, () => "is not there"),
};

async function read(
  repository: Repository,
  party: string,
  id: string,
): Promise<{ event: JsonObject; namespaces: Namespaces }[] | undefined> {
  try {
    const { context, events } = await repository.byId(party, id);
    return events.map((event) => ({
      event,
      namespaces: Namespaces.of(context["@context"], event["@context"]),
    }));
  } catch (error) {
    if (error instanceof Refused) return undefined;
    throw error;
  }
}

function placesOf(events: readonly JsonObject[]): string[] {
  const places = events.flatMap((event) =>
    ["readPoint", "bizLocation"].flatMap((name) => {
      const part = event[name];
      const uri = isObject(part) ? textOf(part["id"]) : undefined;
      return uri === undefined || uri.startsWith("geo:") ? [] : [uri];
    }),
  );
  return [...new Set(places)];
}
