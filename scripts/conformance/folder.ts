import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { isObject, type JsonObject } from "../../backend/src/proof/event.ts";

/** A document of a folder, with the hashes that its events are said to have. */
export interface Sample {
  /** Within the folder. */
  readonly name: string;
  /** Undefined for a file that is no JSON. */
  readonly document: JsonObject | undefined;
  /** One for each event, in its order; undefined where there is no such file. */
  readonly hashes: readonly string[] | undefined;
  /** What was hashed, where that is told: it shows where a hash goes wrong. */
  readonly preHashes: readonly string[];
}

/** Every `.jsonld` and `.json` of a folder and those below it that is an EPCIS document or event, by name. */
export function samplesIn(folder: string): Sample[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.json(?:ld)?$/.test(name))
    .sort()
    .map((name) => sample(folder, join(folder, name)))
    .filter((found) => found !== undefined);
}

function sample(folder: string, file: string): Sample | undefined {
  const document = parsed(readFileSync(file, "utf8"));
  const hashes = linesOf(file.replace(/\.json(?:ld)?$/, ".hashes"));
  const isOurs = document === undefined ? file.endsWith(".jsonld") : isEpcis(document);
  if (!isOurs && hashes === undefined) return undefined;
  return {
    name: relative(folder, file),
    document,
    hashes,
    preHashes: linesOf(file.replace(/\.json(?:ld)?$/, ".prehashes")) ?? [],
  };
}

/** Schemas, contexts and what else lies beside the documents are none. */
function isEpcis(document: JsonObject): boolean {
  const type = typeof document["type"] === "string" ? document["type"] : "";
  return isObject(document["epcisBody"]) || /^EPCIS\w*Document$|Event$/.test(type);
}

function parsed(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function linesOf(file: string): string[] | undefined {
  if (!existsSync(file)) return undefined;
  return readFileSync(file, "utf8")
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
}
