import type { JsonObject } from "../../../backend/src/proof/event.ts";
import { civilTime } from "../../api/civil-time.ts";
import type { SandboxClient } from "../../api/sandbox-client.ts";
import type { SeasonCast } from "./season-cast.ts";
import { eventContext } from "./season-events.ts";
import type { Handler } from "./season-places.ts";

/** What has been told and not captured yet. */
export class SeasonTellings {
  readonly #told = new Map<Handler, Promise<readonly JsonObject[]>[]>();

  constructor(
    private readonly client: SandboxClient,
    private readonly parties: SeasonCast["parties"],
  ) {}

  /** @param events perhaps of which the papers are still being written */
  add(party: Handler, events: readonly JsonObject[] | Promise<readonly JsonObject[]>): void {
    this.#told.set(party, [...(this.#told.get(party) ?? []), Promise.resolve(events)]);
  }

  /** A document for each party. */
  async capture(day: number): Promise<void> {
    const told = [...this.#told];
    this.#told.clear();
    await Promise.all(
      told.map(async ([party, tellings]) =>
        this.client.capture(this.parties[party], {
          "@context": eventContext,
          type: "EPCISDocument",
          schemaVersion: "2.0",
          creationDate: civilTime(day, "09:00:00"),
          epcisBody: { eventList: (await Promise.all(tellings)).flat() },
        }),
      ),
    );
  }
}
