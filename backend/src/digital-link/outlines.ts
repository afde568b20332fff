import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { create, type Font } from "fontkit";

const require = createRequire(import.meta.url);
const folder = "@fontsource-variable/noto-sans-sc";
/** Parts of the font that are kept open: some 50 kB each, and more once they are read. */
const mostOpen = 24;

/** One character's outline, in thousandths of its size; the base line is at 0, and up is above. */
export interface Outline {
  readonly path: string;
  readonly advance: number;
}

/**
 * The outlines of Noto Sans SC (SIL Open Font License 1.1), so that a label looks and prints the same wherever it is
 * opened, and whoever opens it needs no font. They are those of its thinnest cut: whoever draws gives them a line.
 */
export class Outlines {
  readonly #open = new Map<string, Font>();
  #ranges: readonly (readonly [name: string, from: number, to: number])[] | undefined;

  /** Undefined for a character that the font does not have. */
  of(character: string): Outline | undefined {
    const point = character.codePointAt(0) ?? 0;
    const name = this.#partWith(point);
    if (name === undefined) return undefined;
    const font = this.#part(name);
    if (!font.hasGlyphForCodePoint(point)) return undefined;
    const glyph = font.glyphForCodePoint(point);
    const scale = 1000 / font.unitsPerEm;
    return {
      path: glyph.path.scale(scale, scale).toSVG(),
      advance: glyph.advanceWidth * scale,
    };
  }

  #partWith(point: number): string | undefined {
    this.#ranges ??= readRanges();
    return this.#ranges.find(([, from, to]) => point >= from && point <= to)?.[0];
  }

  #part(name: string): Font {
    const known = this.#open.get(name);
    const file = `${folder}/files/noto-sans-sc-${name.replace(/[[\]]/g, "")}-wght-normal.woff2`;
    const font = known ?? create(readFileSync(require.resolve(file)));
    if (!("glyphForCodePoint" in font)) throw new Error(`${file} is a collection of fonts.`);
    this.#open.delete(name);
    this.#open.set(name, font);
    const [oldest] = this.#open.keys();
    if (this.#open.size > mostOpen && oldest !== undefined) this.#open.delete(oldest);
    return font;
  }
}

/** Which part of the font has which characters, as the package says it: `U+4e00,U+4e10-4e20`. */
function readRanges(): [string, number, number][] {
  const text = readFileSync(require.resolve(`${folder}/unicode.json`), "utf8");
  const ranges = JSON.parse(text) as Readonly<Record<string, string>>;
  return Object.entries(ranges).flatMap(([name, list]) =>
    list.split(",").map((range): [string, number, number] => {
      const [from = "", to = from] = range.replace("U+", "").split("-");
      return [name, Number.parseInt(from, 16), Number.parseInt(to, 16)];
    }),
  );
}
