import { DomainError } from "../chain/domain-error.ts";
import { csvRows, type CsvRow } from "./csv-rows.ts";
import {
  noNames,
  orderFields,
  requireFewEnough,
  textOfFile,
  type OrderField,
  type OrderSource,
} from "./order-source.ts";
import { integerIn } from "./ubl.ts";

const numbers: ReadonlySet<OrderField> = new Set(["line", "paymentDays", "inspectionDays"]);

/**
 * Reads orders from CSV (RFC 4180, UTF-8, a byte order mark or none): a header row that names columns as
 * `POST /orders` names its fields, in any order, then a row for each order. An empty cell says nothing; the request's
 * parameters speak for it.
 *
 * A broken row is an `OrderSource` with faults; the rows around it are read.
 * @throws DomainError for a file that is no such table: those of `textOfFile`, `MalformedCsv`, `TooManyOrders`
 */
export function readOrderCsv(file: Uint8Array | string): OrderSource[] {
  const text = textOfFile(file);
  requireFewEnough(Math.floor(linesIn(text) / linesOfOrder));
  const rows = csvRows(text);
  const header = rows.next();
  if (header.done === true) throw malformed(1, "The file is empty; it needs a header row");
  const columns = columnsOf(header.value);
  const orders: OrderSource[] = [];
  for (const row of rows) {
    orders.push(orderOf(row, columns, orders.length));
    requireFewEnough(orders.length);
  }
  return orders;
}

/** A row runs over a few lines at the most; a file of line ends alone would be millions. */
const linesOfOrder = 20;

function linesIn(text: string): number {
  let lines = 0;
  for (let at = 0; at < text.length; at += 1) {
    const ends = text[at] === "\n" || (text[at] === "\r" && text[at + 1] !== "\n");
    if (ends) lines += 1;
  }
  return lines;
}

function columnsOf(header: CsvRow): readonly OrderField[] {
  if (header.fault !== undefined) throw malformed(header.line, header.fault);
  const columns = header.cells.map((cell) => {
    const column = orderFields.find((field) => field === cell);
    if (column !== undefined) return column;
    const known = orderFields.join(", ");
    throw malformed(
      header.line,
      `"${cell.slice(0, 40)}" is no column of an order; these are: ${known}`,
    );
  });
  const twice = columns.find((column, place) => columns.indexOf(column) !== place);
  if (twice !== undefined) throw malformed(header.line, `The column ${twice} is there twice`);
  return columns;
}

function orderOf(row: CsvRow, columns: readonly OrderField[], index: number): OrderSource {
  const { line, cells, fault } = row;
  if (fault !== undefined) {
    return { index, line, fields: {}, named: noNames, faults: [{ pointer: "", detail: fault }] };
  }
  const given = columns.flatMap((column, place) => {
    const cell = cells[place] ?? "";
    return cell === "" ? [] : [[column, numbers.has(column) ? integerIn(cell) : cell] as const];
  });
  return { index, line, fields: Object.fromEntries(given), named: noNames, faults: [] };
}

function malformed(line: number, reason: string): DomainError {
  return new DomainError("MalformedCsv", { line, reason });
}
