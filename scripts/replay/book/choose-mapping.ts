import { readdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { InputError } from "../input-error.ts";
import { missingColumns, readHeader } from "./book.ts";
import { readMapping, type Mapping } from "./mapping.ts";

const bundled = fileURLToPath(new URL("../mappings/", import.meta.url));

/**
 * The mapping that a person names, else the bundled one whose columns the file has.
 * @throws InputError if there is none
 */
export async function chooseMapping(file: string, path: string | undefined): Promise<Mapping> {
  if (path !== undefined) return readMapping(path);
  const header = await readHeader(file, ",");
  const names = (await readdir(bundled)).filter((name) => name.endsWith(".json")).sort();
  const mappings = await Promise.all(names.map((name) => readMapping(join(bundled, name))));
  const fitting = mappings.find((mapping) => missingColumns(header, mapping).length === 0);
  if (fitting !== undefined) return fitting;
  const lacks = mappings.map((mapping) => {
    const columns = missingColumns(header, mapping).map((column) => `"${column}"`);
    return `  ${mapping.name} needs ${columns.join(", ")}`;
  });
  throw new InputError(
    [
      `${file}:1: no bundled mapping fits its columns (${header.join(", ").slice(0, 300)}):`,
      ...lacks,
      "Write one of your own, after scripts/replay/mappings/plain.json, and name it with --mapping.",
    ].join("\n"),
  );
}
