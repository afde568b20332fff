import { CsvError, parse } from "csv-parse/sync";

/** Lines that one quoted row may run over before its quote counts as never closed. */
const longestRow = 50;

/** A row as it stands in the file, or why it is none. */
export interface CsvRow {
  /** Line of the file that the row begins on, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
  readonly fault: string | undefined;
}

/**
 * The rows of a CSV file by RFC 4180, one at a time; empty lines are passed over. A broken row takes no other with it:
 * what follows its first line is read afresh.
 */
export async function* csvRows(
  lines: AsyncIterable<string>,
  delimiter: string,
): AsyncGenerator<CsvRow> {
  let open: string[] = [];
  let first = 1;
  for await (const line of lines) {
    open.push(line);
    while (open.length > 0) {
      const length = rowLength(open, false);
      if (length === undefined) break;
      const row = rowOf(open.slice(0, length), first, delimiter);
      const taken = row?.fault === undefined ? length : 1;
      open = open.slice(taken);
      first += taken;
      if (row !== undefined) yield row;
    }
  }
  while (open.length > 0) {
    const row = rowOf(open.slice(0, rowLength(open, true)), first, delimiter);
    open = open.slice(1);
    first += 1;
    if (row !== undefined) yield row;
  }
}

/** Lines until the quotes are even; 1 for a quote that never closes; undefined while more lines may close it. */
function rowLength(lines: readonly string[], isAll: boolean): number | undefined {
  let quotes = 0;
  for (const [index, line] of lines.slice(0, longestRow).entries()) {
    quotes += line.split('"').length - 1;
    if (quotes % 2 === 0) return index + 1;
  }
  return isAll || lines.length >= longestRow ? 1 : undefined;
}

function rowOf(lines: readonly string[], line: number, delimiter: string): CsvRow | undefined {
  const text = lines.join("\n");
  if (text.trim() === "") return undefined;
  if (!text.includes('"'))
    return { line, cells: text.split(delimiter).map(trimmed), fault: undefined };
  try {
    const [cells = []] = parse(text, { delimiter, relax_column_count: true });
    return { line, cells: cells.map(trimmed), fault: undefined };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { line, cells: [], fault: reasons[error.code] ?? error.message };
  }
}

const reasons: Readonly<Partial<Record<string, string>>> = {
  CSV_QUOTE_NOT_CLOSED: "a quote is never closed",
  INVALID_OPENING_QUOTE: "a quote stands within a cell that does not begin with one",
  CSV_INVALID_CLOSING_QUOTE: "something other than a delimiter follows a closing quote",
};

function trimmed(cell: string): string {
  return cell.trim();
}
