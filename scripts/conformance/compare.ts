import { isDeepStrictEqual } from "node:util";
import { isObject, type Json, type JsonObject } from "../../backend/src/proof/event.ts";

/** Where two values differ, as JSON pointers; nothing for equal ones. */
export function differences(sent: Json | undefined, got: Json | undefined, at = ""): string[] {
  if (isDeepStrictEqual(sent, got)) return [];
  if (isObject(sent) && isObject(got)) {
    const names = new Set([...Object.keys(sent), ...Object.keys(got)]);
    return [...names].flatMap((name) => differences(sent[name], got[name], `${at}/${name}`));
  }
  if (Array.isArray(sent) && Array.isArray(got) && sent.length === got.length) {
    const items = got as readonly Json[];
    return (sent as readonly Json[]).flatMap((item, place) =>
      differences(item, items[place], `${at}/${place}`),
    );
  }
  return [`${at}: sent ${shown(sent)}, got ${shown(got)}`];
}

/** What an event says: without when it was recorded, and without the context, which may stand around it. */
export function saidIn(event: JsonObject, keepsId: boolean): JsonObject {
  const { recordTime, "@context": _, eventID, ...said } = event;
  return { ...said, ...(keepsId && eventID !== undefined && { eventID }) };
}

/** The first place where two texts part, with what is around it. */
export function parting(expected: string, got: string): string {
  let at = 0;
  while (at < expected.length && expected[at] === got[at]) at += 1;
  const around = (text: string): string => text.slice(Math.max(0, at - 30), at + 50);
  return `expected …${around(expected)}…, got …${around(got)}…`;
}

function shown(value: Json | undefined): string {
  return value === undefined ? "nothing" : JSON.stringify(value).slice(0, 80);
}
