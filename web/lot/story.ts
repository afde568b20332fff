import type { ProvableEvent } from "../../backend/src/proof/provable-event.ts";

/** An event as the server gives it out; one that is withheld is known by its numbers alone. */
export type ShownEvent = Omit<ProvableEvent, "event"> & {
  readonly event: ProvableEvent["event"] | null;
};

/** As far as it is to be checked. */
export interface Story {
  readonly events: readonly ShownEvent[];
}

/** Undefined where the server does not answer with one. */
export async function readStory(path: string): Promise<Story | undefined> {
  try {
    const response = await fetch(`${path}?linkType=gs1:traceability`, {
      headers: { accept: "application/json" },
    });
    return response.ok ? ((await response.json()) as Story) : undefined;
  } catch {
    return undefined;
  }
}
