import { Operator } from "../../api/operator.ts";
import type { SandboxClient } from "../../api/sandbox-client.ts";
import type { SeasonCast } from "./season-cast.ts";
import { handlers, namedPlaces, placesOf } from "./season-places.ts";

/** Whose the season's places are, and what they are called. */
export async function registerPlaces(
  client: SandboxClient,
  parties: SeasonCast["parties"],
): Promise<void> {
  const operator = new Operator(client.as("operator"));
  await Promise.all(
    handlers.flatMap((name) => [
      operator.registerPlace(placesOf(name), parties[name], name),
      ...namedPlaces(name).map(([uri, { name: called, ...where }]) =>
        operator.registerPlace(uri, parties[name], called, where),
      ),
    ]),
  );
}
