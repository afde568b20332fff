/** Whether the caller would rather have `text/csv` than JSON, which is what it gets otherwise. */
export function wantsCsv(accept: string | undefined): boolean {
  return isNamedBefore(accept, "text/csv", "application/json");
}

/** Whether the caller would rather have JSON than a page for people. */
export function wantsJson(accept: string | undefined): boolean {
  return isNamedBefore(accept, "application/json", "text/html");
}

function isNamedBefore(accept: string | undefined, wanted: string, usual: string): boolean {
  const types = (accept ?? "").split(",").map((part) => part.split(";")[0]?.trim().toLowerCase());
  const place = types.indexOf(wanted);
  const other = types.findIndex((type) => type === usual || type === "*/*");
  return place >= 0 && (other < 0 || place < other);
}
