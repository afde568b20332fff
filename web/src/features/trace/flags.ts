import type { TraceFlag } from "../../api/shapes.ts";
import { grouped, trimmed } from "../../format/decimal.ts";
import { wordFor, type Words } from "../../language/words.ts";

/** What gives cause to ask, in a sentence. */
export function saidOf({ code, about, details }: TraceFlag, words: Words): string {
  const text = (name: string): string => {
    const value = details[name];
    return typeof value === "string" ? value : "";
  };
  const amount = (name: string): string => {
    const unit = text("unit");
    const written = grouped(trimmed(text(name)));
    return unit === "" ? written : `${written} ${wordFor(words.units, unit)}`;
  };
  const say = words.flags[code];
  return say({
    what: text("lot") || nameOf(about),
    how: wordFor(words.flagAmounts, text("amount")),
    quantity: text("quantity") === "" ? "" : amount("quantity"),
    most: text("most") === "" ? "" : amount("most"),
  });
}

/** A lot as people call it: what its URI ends with. */
function nameOf(uri: string): string {
  const end = uri.split(/[/:]/).at(-1) ?? uri;
  try {
    return decodeURIComponent(end);
  } catch {
    return end;
  }
}
