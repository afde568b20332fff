import { open } from "node:fs/promises";
import { InputError } from "../input-error.ts";

export type Encoding = "utf-8" | "windows-1252";

/** Characters of a line beyond which a file counts as something else than a table. */
const longestLine = 1_000_000;

/**
 * The lines of a text file, one at a time, whatever ends them; a byte order mark is passed over.
 * @throws InputError if there is no such file, or it is no text in this encoding
 */
export async function* fileLines(path: string, encoding: Encoding): AsyncGenerator<string> {
  const file = await open(path, "r").catch((error: unknown) => {
    const missing = error instanceof Error && "code" in error && error.code === "ENOENT";
    throw new InputError(missing ? `There is no file ${path}.` : `${path} cannot be read.`);
  });
  try {
    if (!(await file.stat()).isFile()) throw new InputError(`${path} is no file.`);
    yield* split(file.createReadStream({ autoClose: false }), path, encoding);
  } finally {
    await file.close();
  }
}

async function* split(
  chunks: AsyncIterable<Uint8Array>,
  path: string,
  encoding: Encoding,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  let rest = "";
  let count = 0;
  const decoded = (chunk?: Uint8Array): string => {
    try {
      return decoder.decode(chunk, { stream: chunk !== undefined });
    } catch {
      throw new InputError(
        `${path}:${String(count + 1)}: not ${encoding} text from about here; ` +
          `a mapping may say "encoding": "windows-1252".`,
      );
    }
  };
  for await (const chunk of chunks) {
    const lines = (rest + decoded(chunk)).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? "";
    for (const line of lines) {
      count += 1;
      yield line;
    }
    if (rest.length > longestLine) {
      throw new InputError(`${path}:${String(count + 1)}: the line does not end; is this a table?`);
    }
  }
  rest = (rest + decoded()).replace(/\r$/, "");
  if (rest !== "") yield rest;
}
