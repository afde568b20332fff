import type { Place } from "../../reading/json-place.ts";
import { readJsonFile } from "../json-file.ts";
import { compileDateFormat, type DateFormat } from "./date-format.ts";
import type { Encoding } from "./file-lines.ts";
import type { NumberFormat } from "./number-format.ts";

const needed = ["order", "scheduledDate", "deliveredDate", "quantity", "price"] as const;
const optional = ["line", "buyer", "seller", "item", "value", "orderDate"] as const;

export type BookField = (typeof needed)[number] | (typeof optional)[number];

/** Where a file keeps what an order is made of, and how it writes it. */
export interface Mapping {
  readonly name: string;
  /** The file's column for each field that it has. */
  readonly columns: ReadonlyMap<BookField, string>;
  readonly delimiter: string;
  readonly encoding: Encoding;
  readonly numbers: NumberFormat;
  readonly dates: readonly DateFormat[];
  /** Where the day of the order is not known: so many days before the delivery was scheduled or made, if earlier. */
  readonly unknownOrderDate: { readonly texts: ReadonlySet<string>; readonly daysBefore: number };
  /** What the amounts are called; they are played in the sandbox's currency, which has two decimals. */
  readonly currency: string;
  /** UN/ECE Rec 20 code that quantities are counted in. */
  readonly unit: string;
  /** How far quantity × price may be from the value column, of the value, before a line counts as wrong. */
  readonly valueToleranceBps: number;
  readonly paymentDays: number;
  readonly inspectionDays: number;
}

/** @throws InputError with everything that is wrong with the file */
export function readMapping(path: string): Promise<Mapping> {
  return readJsonFile(path, mappingOf);
}

function mappingOf(place: Place): Mapping {
  const fields = place.object(
    ["name", "columns", "dateFormats", "currency", "unit"],
    ["delimiter", "encoding", "decimalMark", "groupMark", "unknownOrderDate"].concat([
      "valueToleranceBps",
      "paymentDays",
      "inspectionDays",
    ]),
  );
  const choice = <T extends string>(name: string, choices: readonly [T, ...T[]]): T =>
    (fields.has(name) ? fields.get(name).oneOf(choices) : null) ?? choices[0];
  const integer = (name: string, otherwise: number, least: number, most: number): number =>
    fields.has(name) ? fields.get(name).integer(least, most) : otherwise;
  return {
    name: fields.get("name").text(),
    columns: columnsOf(fields.get("columns")),
    delimiter: choice("delimiter", [",", ";", "\t", "|"]),
    encoding: choice("encoding", ["utf-8", "windows-1252"]),
    numbers: {
      decimalMark: choice("decimalMark", [".", ","]),
      groupMark: choice("groupMark", ["", ",", ".", " ", "'"]),
    },
    dates: fields.get("dateFormats").items().map(dateFormatOf),
    unknownOrderDate: fields.has("unknownOrderDate")
      ? ruleOf(fields.get("unknownOrderDate"))
      : { texts: new Set(), daysBefore: 90 },
    currency: fields.get("currency").text(),
    unit: fields.get("unit").text(),
    valueToleranceBps: integer("valueToleranceBps", 100, 0, 10_000),
    paymentDays: integer("paymentDays", 30, 0, 365),
    inspectionDays: integer("inspectionDays", 3, 1, 365),
  };
}

function columnsOf(place: Place): ReadonlyMap<BookField, string> {
  const fields = place.object(needed, optional);
  const given = [...needed, ...optional].filter((name) => fields.has(name));
  return new Map(given.map((name) => [name, fields.get(name).text()]));
}

function dateFormatOf(place: Place): DateFormat {
  const what = "a date format of yyyy or yy, Mon, MM or M, and dd or d, such as dd-Mon-yy";
  return place.parsed(what, compileDateFormat, /^$/);
}

function ruleOf(place: Place): Mapping["unknownOrderDate"] {
  const fields = place.object(["texts", "daysBefore"]);
  const texts = fields.get("texts").items();
  return {
    texts: new Set(texts.map((text) => text.text())),
    daysBefore: fields.get("daysBefore").integer(0, 3650),
  };
}
