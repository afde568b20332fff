import type { Bundle } from "../../backend/src/proof/bundle.ts";
import { isObject, listOf, written } from "../../backend/src/proof/event.ts";
import type { Findings } from "./finding.ts";

/** Says which events their parties have declared wrong: they hold as they were told, and are not to be believed. */
export function checkDeclarations({ events }: Bundle, findings: Findings): void {
  events.forEach(({ event, hash, party }, place) => {
    const declaration = event["errorDeclaration"];
    if (!isObject(declaration)) return;
    const about = events.flatMap((other, at) =>
      other.hash === hash && other.party === party && !isObject(other.event["errorDeclaration"])
        ? [`/events/${String(at)}`]
        : [],
    );
    const reason = written(declaration["reason"]);
    const instead = listOf(declaration["correctiveEventIDs"]).map(written);
    findings.told.push(
      `DECLARED WRONG: /events/${String(place)} declares ` +
        `${about.length === 0 ? "an event that is not in this bundle" : about.join(", ")} wrong, on ` +
        written(declaration["declarationTime"]) +
        (reason === "" ? "" : ` (${reason})`) +
        (instead.length === 0 ? "" : `; instead of it: ${instead.join(", ")}`),
    );
  });
}
