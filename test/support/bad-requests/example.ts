import type { Operations, Schema } from "./operation.ts";

/** JSON text by field: a field that is poisoned may hold what no program writes. */
export type Fields = Readonly<Record<string, string>>;

export const noId = `0x${"7".repeat(64)}`;
export const noAccount = `0x${"ab".repeat(20)}`;

/** What a schema takes, but that names nothing that there is: the request is well formed, and refused. */
export function exampleOf(operations: Operations, schema: Schema): unknown {
  const { type, format, pattern, minimum, items, properties, ...rest } =
    operations.resolved(schema);
  if (rest.enum !== undefined) return rest.enum[0];
  if (properties !== undefined) {
    return Object.fromEntries(
      Object.entries(properties).map(([name, each]) => [name, exampleOf(operations, each)]),
    );
  }
  if (type === "array") return items === undefined ? [] : [exampleOf(operations, items)];
  if (type === "integer" || type === "number") return minimum ?? 1;
  if (type === "boolean") return true;
  if (format === "decimal") return "1.00";
  if (format === "date") return "2026-12-01";
  if (format === "date-time") return "2000-01-01T00:00:00Z";
  if (pattern?.includes("{64}") === true) return noId;
  if (pattern?.includes("{40}") === true) return noAccount;
  return "KGM";
}

export function fieldsOf(value: object): Fields {
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, JSON.stringify(each)]),
  );
}

export function written(fields: Fields): string {
  const members = Object.entries(fields).map(([name, json]) => `${JSON.stringify(name)}:${json}`);
  return `{${members.join(",")}}`;
}
