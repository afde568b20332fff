import { interfaces } from "./contracts.ts";
import { contractNames } from "./deployment.ts";

/** Names of the events that parties are told of; administration's own are nobody's business. */
export const eventNames: readonly string[] = [
  ...new Set(
    contractNames
      .filter((name) => name !== "Administration")
      .flatMap((name) => interfaces[name].fragments.filter((fragment) => fragment.type === "event"))
      .map((fragment) => (fragment as { readonly name?: string }).name ?? ""),
  ),
].sort();
