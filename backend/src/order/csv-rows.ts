import { parse, CsvError } from "csv-parse/sync";

/** Lines that one quoted row may run over before its quote counts as never closed. */
const longestRow = 50;

/** Characters of one; what is longer is no row of orders, and its cells alone could fill the memory. */
const widestRow = 65_536;

/** A row as it stands in the file, or why it is none. */
export interface CsvRow {
  /** Line of the file that the row begins on, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
  readonly fault: string | undefined;
}

/**
 * The rows of a CSV text by RFC 4180, the header row first; empty lines are passed over. A row has as many cells as
 * the header.
 *
 * A broken row takes no other with it: what follows its first line is read afresh. A parser that reads the whole text
 * would take everything up to the next quote for one cell.
 */
export function* csvRows(text: string): Generator<CsvRow> {
  const lines = text.split(/\r\n|\n|\r/);
  let columns: number | undefined;
  for (let at = 0; at < lines.length;) {
    const length = rowLength(lines, at);
    const row = lines.slice(at, at + length).join("\n");
    if (row.trim() === "") {
      at += 1;
      continue;
    }
    const { cells, fault = faultOfCount(cells.length, columns) } = cellsOf(row);
    columns ??= cells.length;
    yield { line: at + 1, cells, fault };
    at += fault === undefined ? length : 1;
  }
}

/** Lines until the quotes are even: a row goes on while one is open. 1 for a quote that never closes. */
function rowLength(lines: readonly string[], from: number): number {
  let quotes = 0;
  for (let length = 1; length <= longestRow; length += 1) {
    const line = lines[from + length - 1];
    if (line === undefined) return 1;
    quotes += line.split('"').length - 1;
    if (quotes % 2 === 0) return length;
  }
  return 1;
}

function cellsOf(row: string): Pick<CsvRow, "cells" | "fault"> {
  if (row.length > widestRow) {
    return { cells: [], fault: `The row has more than ${widestRow} characters` };
  }
  if (!row.includes('"')) return { cells: row.split(",").map(trimmed), fault: undefined };
  try {
    const [cells = []] = parse(row, { relax_column_count: true });
    return { cells: cells.map(trimmed), fault: undefined };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { cells: [], fault: reasons[error.code] ?? error.message };
  }
}

function faultOfCount(cells: number, columns = cells): string | undefined {
  return cells === columns ? undefined : `The row has ${cells} cells, the header ${columns}`;
}

const reasons: Readonly<Partial<Record<string, string>>> = {
  CSV_QUOTE_NOT_CLOSED: "A quoted cell is not closed",
  INVALID_OPENING_QUOTE: "A quote stands within a cell that does not begin with one",
  CSV_INVALID_CLOSING_QUOTE: "Something other than a comma follows a closing quote",
};

function trimmed(cell: string): string {
  return cell.trim();
}
