import type { FastifyReply } from "fastify";
import type { Page } from "./paging.ts";

/** Columns of a CSV answer: property names of its rows, in their order. */
export type CsvColumns<Row> = readonly (keyof Row & string)[];

/** RFC 4180 with a header line. */
function csvOf<Row extends object>(columns: CsvColumns<Row>, rows: readonly Row[]): string {
  const lines = rows.map((row) => columns.map((column) => cell(row[column])).join(","));
  return [columns.join(","), ...lines].map((line) => `${line}\r\n`).join("");
}

/** Sends rows as CSV where the caller asks for it; the next page of a list is in `Link`. */
export function sendCsv<Row extends object>(
  reply: FastifyReply,
  columns: CsvColumns<Row>,
  { items, next }: Pick<Page<Row>, "items" | "next">,
): string {
  void reply.type("text/csv; charset=utf-8");
  if (next !== null)
    void reply.header("link", `<${nextPage(reply.request.url, next)}>; rel="next"`);
  return csvOf(columns, items);
}

function nextPage(url: string, next: string): string {
  const [path = "", query = ""] = url.split("?");
  const parameters = new URLSearchParams(query);
  parameters.set("after", next);
  return `${path}?${parameters.toString()}`;
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return "";
  const text = typeof value === "string" ? guarded(value) : JSON.stringify(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

// A spreadsheet takes a text that starts so for a formula; a name or a number of a document can be anything.
function guarded(text: string): string {
  return /^[=+\-@\t]/.test(text) ? `'${text}` : text;
}
