import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect } from "chai";

interface Chunk {
  readonly file: string;
  readonly imports?: readonly string[];
  readonly dynamicImports?: readonly string[];
  readonly css?: readonly string[];
}

const built = join("web", "dist");
const most = 60 * 1024;

describe("What a phone loads for the page behind a label", () => {
  const manifest = JSON.parse(
    readFileSync(join(built, ".vite", "manifest.json"), "utf8"),
  ) as Readonly<Record<string, Chunk>>;

  /** A chunk with all that it loads, at once or later. */
  const withImports = (name: string, seen = new Set<string>()): ReadonlySet<string> => {
    if (seen.has(name)) return seen;
    seen.add(name);
    const { imports = [], dynamicImports = [] } = manifest[name]!;
    for (const other of [...imports, ...dynamicImports]) withImports(other, seen);
    return seen;
  };
  const compressed = (file: string): number => gzipSync(readFileSync(join(built, file))).length;

  it("is at most 60 kB of script, compressed, and a style of a tenth of that", () => {
    const chunks = [...withImports("lot/main.ts")].map((name) => manifest[name]!);
    const scripts = chunks.reduce((sum, { file }) => sum + compressed(file), 0);
    const styles = chunks
      .flatMap(({ css = [] }) => css)
      .reduce((sum, file) => sum + compressed(file), 0);
    process.stdout.write(`      ${scripts} bytes of script, ${styles} of style\n`);
    expect(scripts).to.be.within(5000, most);
    expect(styles).to.be.within(500, most / 10);
  });
});
