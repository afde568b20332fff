import type { PartyNames } from "../claim/party-names.ts";
import { linkRoles, type LinkRole } from "../epcis/link-roles.ts";
import type { ToldEvent } from "./told-event.ts";
import type { EdgeKind, TraceEdge, TraceNode } from "./trace.ts";
import { isLot, type Walk } from "./walk.ts";

const kindsOfRoles: Readonly<Partial<Record<LinkRole, EdgeKind>>> = {
  [linkRoles.epc]: "object",
  [linkRoles.quantity]: "object",
  [linkRoles.parent]: "parent",
  [linkRoles.child]: "child",
  [linkRoles.childQuantity]: "child",
  [linkRoles.inputEpc]: "input",
  [linkRoles.inputQuantity]: "input",
  [linkRoles.outputEpc]: "output",
  [linkRoles.outputQuantity]: "output",
};

/** The things that were followed, and the places and parties of the events. */
export async function nodesOf(
  walk: Walk,
  shown: readonly ToldEvent[],
  names: PartyNames,
): Promise<TraceNode[]> {
  const things = [...walk.relations].map(([id, relation]): TraceNode => {
    const { events } = walk.thing(id);
    const lotNumber = events.find(
      (event) =>
        event.lotNumber !== undefined &&
        event.things.some(
          ({ uri, role }) =>
            uri === id && role !== linkRoles.inputEpc && role !== linkRoles.inputQuantity,
        ),
    )?.lotNumber;
    const kind = isLot(id, events) ? "lot" : "item";
    return { id, kind, relation, ...(lotNumber !== undefined && { name: lotNumber }) };
  });
  const places = new Set(shown.flatMap((event) => event.places));
  const parties = new Set(shown.map(({ row }) => row.party));
  return [
    ...things,
    ...[...places].map((id): TraceNode => ({ id, kind: "place" })),
    ...(await Promise.all(
      [...parties].map(async (id): Promise<TraceNode> => ({
        id,
        kind: "party",
        name: await names.of(id),
      })),
    )),
  ];
}

/** What the events say of the things that were followed: what else was on the same pallet is left out. */
export function edgesOf(walk: Walk, shown: readonly ToldEvent[]): TraceEdge[] {
  const wrong = walk.wrong;
  return shown.flatMap((event) => {
    const { row, things, places } = event;
    const of = { event: row.id, isDeclaredWrong: wrong.has(row.id) };
    const plain = { quantity: null, unit: null };
    return [
      ...things.flatMap(({ uri, role, quantity, unit }): TraceEdge[] => {
        const kind = kindsOfRoles[role];
        if (kind === undefined || !walk.relations.has(uri)) return [];
        return [{ ...of, node: uri, kind, quantity, unit }];
      }),
      ...places.map((node): TraceEdge => ({ ...of, ...plain, node, kind: "at" })),
      { ...of, ...plain, node: row.party, kind: "by" },
    ];
  });
}
