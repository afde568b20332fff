import type { Place } from "../../reading/json-place.ts";

/** What a story declares at its beginning, and may refer to afterwards. */
export interface DeclaredNames {
  facilities: ReadonlySet<string>;
  orders: ReadonlySet<string>;
}

export function readDeclared(place: Place, what: string, names: ReadonlySet<string>): string {
  const name = place.text();
  if (name !== "") checkDeclared(name, place, what, names);
  return name;
}

export function checkDeclared(
  name: string,
  place: Place,
  what: string,
  names: ReadonlySet<string>,
): void {
  if (names.has(name)) return;
  const known = [...names].join(", ") || "none";
  place.fault(`the story has no ${what} "${name}"; it has: ${known}`);
}
