import { interfaces } from "./contracts.ts";
import { contractNames } from "./deployment.ts";
import { administrationEvents } from "./log-decoder.ts";

/** Names of the events that parties, and the offices, are told of. */
export const eventNames: readonly string[] = [
  ...new Set(
    contractNames.flatMap((contract) =>
      interfaces[contract].fragments
        .filter((fragment) => fragment.type === "event")
        .map((fragment) => (fragment as { readonly name?: string }).name ?? "")
        .filter((name) => contract !== "Administration" || administrationEvents.has(name)),
    ),
  ),
].sort();
