import { parseArgs } from "node:util";

export interface AuditArguments {
  /** Print the heads, to be kept elsewhere, instead of looking for changes. */
  readonly heads: boolean;
  /** A file with heads that were printed earlier. */
  readonly against: string | undefined;
}

/** @throws TypeError for an argument that there is not */
export function auditArguments(args: readonly string[]): AuditArguments {
  const { values } = parseArgs({
    args: [...args],
    options: {
      verify: { type: "boolean", default: true },
      heads: { type: "boolean", default: false },
      against: { type: "string" },
    },
  });
  return { heads: values.heads, against: values.against };
}
