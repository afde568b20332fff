import { BadInput } from "./bad-input.ts";

/** Values in a body: a batch of 10,000 orders has 160,000. */
const mostValues = 250_000;

/** Objects and lists within each other; no request of ours goes half as deep. */
const deepest = 32;

/**
 * JSON from outside, read more strictly than `JSON.parse` does: UTF-8 only, no name twice in an object (RFC 8259
 * leaves open which of the two counts, and whoever stands between the client and us may see the other one), and no
 * deeper than what follows can walk.
 * @throws BadInput `MalformedBody`
 */
export function parseJson(bytes: Uint8Array): unknown {
  const text = decoded(bytes);
  // A client that always names the type says nothing with it where there is no body.
  if (text === "") return undefined;
  // Before it is parsed: 3 million empty objects fit into 10 MB of text, and not into memory.
  requirePlain(text);
  return parsed(text);
}

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw malformed("The body is not UTF-8.");
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    // Its message quotes the body, up to all of it.
    const place = error instanceof Error ? /position \d+/.exec(error.message)?.[0] : undefined;
    throw malformed(`The body is no JSON${place === undefined ? "" : `, at ${place}`}.`);
  }
}

/** Of what may be JSON. A scanner, for a pattern would run out of stack on a long string. */
function requirePlain(text: string): void {
  /** The names so far in each object that is open; of a list, nothing. */
  const open: (Set<string> | undefined)[] = [];
  let values = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === "," || character === "{" || character === "[") values += 1;
    if (values > mostValues) throw malformed(`The JSON has more than ${mostValues} values.`);
    if (character === "{" || character === "[") {
      open.push(character === "{" ? new Set() : undefined);
      if (open.length > deepest) throw malformed(`The JSON is nested more than ${deepest} deep.`);
    } else if (character === "}" || character === "]") open.pop();
    else if (character === '"') {
      const end = endOfString(text, at);
      if (isName(text, end)) takeName(text.slice(at, end), open.at(-1));
      at = end - 1;
    }
  }
}

function takeName(quoted: string, names: Set<string> | undefined): void {
  const name = parsed(quoted) as string;
  const shown = `"${name.slice(0, 40)}"`;
  if (name === "__proto__") throw malformed(`${shown} is no name of a field.`);
  if (names?.has(name)) throw malformed(`An object has the name ${shown} twice.`);
  names?.add(name);
}

/** Behind the quote that closes the string that opens at `from`. */
function endOfString(text: string, from: number): number {
  for (
    let quote = text.indexOf('"', from + 1);
    quote !== -1;
    quote = text.indexOf('"', quote + 1)
  ) {
    let before = quote;
    while (text[before - 1] === "\\") before -= 1;
    if ((quote - before) % 2 === 0) return quote + 1;
  }
  return text.length;
}

function isName(text: string, end: number): boolean {
  let next = end;
  while (/\s/.test(text[next] ?? "")) next += 1;
  return text[next] === ":";
}

function malformed(detail: string): BadInput {
  return new BadInput([{ pointer: "", detail }], "MalformedBody");
}
