import { readFile } from "node:fs/promises";
import { Place, type Fault } from "../reading/json-place.ts";
import { InputError } from "./input-error.ts";

/**
 * Reads a JSON file strictly; everything that is wrong with it is said at once.
 * @throws InputError that names the file and each place
 */
export async function readJsonFile<Value>(
  path: string,
  read: (place: Place) => Value,
): Promise<Value> {
  const text = await readFile(path, "utf8").catch(() => {
    throw new InputError(`There is no file ${path}, or it cannot be read.`);
  });
  const faults: Fault[] = [];
  const value = read(new Place(parsed(text, path), "", faults));
  if (faults.length === 0) return value;
  const said = faults.map(({ pointer, message }) => `${path}#${pointer}: ${message}`);
  throw new InputError(said.join("\n"));
}

function parsed(text: string, path: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const position = /position (\d+)/.exec(message)?.[1];
    const before = text.slice(0, position === undefined ? text.length : Number(position));
    throw new InputError(`${path}:${String(before.split("\n").length)}: ${message}`);
  }
}
