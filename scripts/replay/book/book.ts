import { InputError } from "../input-error.ts";
import { readBookLine, type BookLine } from "./book-line.ts";
import { csvRows, type CsvRow } from "./csv-rows.ts";
import { fileLines } from "./file-lines.ts";
import type { BookField, Mapping } from "./mapping.ts";

/** A row of an order book that cannot be played. */
export interface RefusedRow {
  readonly fileLine: number;
  readonly reasons: readonly string[];
}

/**
 * The lines of an order book, one at a time.
 * @param limit rows to read at most
 * @throws InputError if there is no such file, or it lacks a column that the mapping names
 */
export async function* readBook(
  path: string,
  mapping: Mapping,
  limit = Infinity,
): AsyncGenerator<BookLine | RefusedRow> {
  const header: { places?: ReadonlyMap<BookField, number>; width: number } = { width: 0 };
  let count = 0;
  for await (const row of csvRows(fileLines(path, mapping.encoding), mapping.delimiter)) {
    if (header.places === undefined) {
      const cells = headerOf(path, row);
      header.places = placesOf(path, cells, mapping);
      header.width = cells.length;
      continue;
    }
    if (count >= limit) return;
    count += 1;
    yield entryOf(row, header.width, header.places, mapping);
  }
  if (header.places === undefined) headerOf(path, undefined);
  if (count === 0) throw new InputError(`${path} has a header and no lines.`);
}

/** The columns that the mapping names and the header lacks. */
export function missingColumns(header: readonly string[], mapping: Mapping): string[] {
  return [...mapping.columns.values()].filter((column) => !header.includes(column));
}

/** The cells of a file's first row. */
export async function readHeader(path: string, delimiter: string): Promise<readonly string[]> {
  for await (const row of csvRows(fileLines(path, "utf-8"), delimiter)) return headerOf(path, row);
  return headerOf(path, undefined);
}

function headerOf(path: string, row: CsvRow | undefined): readonly string[] {
  if (row === undefined) throw new InputError(`${path} is empty; it needs a header row.`);
  if (row.fault !== undefined) {
    throw new InputError(`${path}:${String(row.line)}: the header cannot be read: ${row.fault}.`);
  }
  return row.cells;
}

function placesOf(
  path: string,
  header: readonly string[],
  mapping: Mapping,
): ReadonlyMap<BookField, number> {
  const missing = missingColumns(header, mapping);
  const twice = [...mapping.columns.values()].find(
    (column) => header.indexOf(column) !== header.lastIndexOf(column),
  );
  if (twice !== undefined) throw new InputError(`${path}:1: the column "${twice}" is there twice.`);
  if (missing.length > 0) {
    const names = missing.map((column) => `"${column}"`).join(", ");
    throw new InputError(
      `${path}:1: the mapping "${mapping.name}" names columns that are not there: ${names}. ` +
        `The file has: ${header.join(", ")}`,
    );
  }
  return new Map([...mapping.columns].map(([field, column]) => [field, header.indexOf(column)]));
}

function entryOf(
  row: CsvRow,
  width: number,
  places: ReadonlyMap<BookField, number>,
  mapping: Mapping,
): BookLine | RefusedRow {
  const fileLine = row.line;
  if (row.fault !== undefined) return { fileLine, reasons: [row.fault] };
  if (row.cells.length !== width) {
    const counts = `${String(row.cells.length)} cells, the header ${String(width)} columns`;
    return { fileLine, reasons: [`the row has ${counts}`] };
  }
  const cell = (field: BookField): string | undefined => {
    const place = places.get(field);
    return place === undefined ? undefined : (row.cells[place] ?? "");
  };
  const line = readBookLine(cell, fileLine, mapping);
  return Array.isArray(line) ? { fileLine, reasons: line } : line;
}
