import { linkRoles } from "../epcis/link-roles.ts";
import { isEquipment, isKindOfGoods } from "./thing-kinds.ts";
import type { Flag } from "./trace.ts";
import type { WalkedThing } from "./walk.ts";

/** A lot or an item of which there is an amount; not what carries others, nor a kind. */
export function isGoods({ uri, events, wrong }: WalkedThing): boolean {
  if (isKindOfGoods(uri) || isEquipment(uri)) return false;
  const counted = events.filter((event) => !wrong.has(event));
  const named = counted.flatMap(({ things }) => things.filter((thing) => thing.uri === uri));
  return named.length > 0 && named.every(({ role }) => role !== linkRoles.parent);
}

/** What events say of things beyond their quantities. */
export function flagsOfThings(things: readonly WalkedThing[]): Flag[] {
  return things.flatMap((thing) => [...declared(thing), ...recalled(thing)]);
}

function declared({ uri, events, wrong }: WalkedThing): Flag[] {
  return events
    .filter((event) => wrong.has(event) && event.row.declarationTime === null)
    .map(({ row }) => ({
      code: "DeclaredWrong",
      about: uri,
      details: { event: row.eventId, party: row.party },
    }));
}

/** The last recall that nobody has lifted. */
function recalled({ uri, events, wrong }: WalkedThing): Flag[] {
  const counted = events.filter((event) => !wrong.has(event));
  const recall = counted.findLast(({ dispositions }) => dispositions.includes("recalled"));
  const lifting = counted.findLast(({ lifted }) => lifted.includes("recalled"));
  if (recall === undefined || (lifting !== undefined && lifting.time >= recall.time)) return [];
  const { eventId, party } = recall.row;
  return [{ code: "Recalled", about: uri, details: { event: eventId, party } }];
}
