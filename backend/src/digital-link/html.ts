/** Markup: nothing in it is a stranger's text any more. */
export class Html {
  constructor(readonly text: string) {}
}

type Part = Html | string | number | undefined | readonly Part[];

/** Markup from a template; whatever is put into it is text, unless it is markup itself. Nothing comes of `undefined`. */
export function html(fixed: TemplateStringsArray, ...parts: readonly Part[]): Html {
  // Lines and their indents are for who reads the source.
  const lean = fixed.map((markup) => markup.replace(/\s*\n\s*/g, "\n"));
  const text = lean.map((markup, at) => markup + (at < parts.length ? written(parts[at]) : ""));
  return new Html(text.join(""));
}

function written(part: Part): string {
  if (part === undefined) return "";
  if (part instanceof Html) return part.text;
  if (typeof part === "object") return part.map(written).join("");
  return escaped(String(part));
}

const meant: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => meant[sign] ?? sign);
}
