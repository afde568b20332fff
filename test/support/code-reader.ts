import { inflateSync } from "node:zlib";
import jsQR from "jsqr";

/** Pixels for a module of a code. */
const pixels = 8;

/** Reads the QR code out of a label's SVG, as a camera would: from its dark and light. */
export function codeInSvg(svg: string): string | undefined {
  const path = [...svg.matchAll(/<path transform="[^"]*" d="([^"]*)"/g)][0]?.[1];
  return path === undefined ? undefined : decoded(runsInPath(path));
}

/** Likewise out of a label's PDF. */
export function codeInPdf(pdf: Buffer): string | undefined {
  const text = pdf.toString("latin1");
  for (const { index } of text.matchAll(/\bstream\r?\n/g)) {
    const from = text.indexOf("\n", index) + 1;
    const to = text.indexOf("endstream", from);
    const commands = inflateSync(pdf.subarray(from, to)).toString("latin1");
    // The code is what is filled and has no line: it comes first.
    const drawn = commands.slice(0, commands.search(/\nf\b/));
    return decoded(runsInCommands(drawn));
  }
  return undefined;
}

interface Run {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

function runsInPath(path: string): Run[] {
  return [...path.matchAll(/M(\d+) (\d+)h(\d+)v1/g)].map(([, x, y, width]) => ({
    x: Number(x),
    y: Number(y),
    width: Number(width),
  }));
}

/** `x y m`, a line to the right, and so on. */
function runsInCommands(commands: string): Run[] {
  return [...commands.matchAll(/([\d.]+) ([\d.]+) m\n([\d.]+) [\d.]+ l/g)].map(([, x, y, end]) => ({
    x: Number(x),
    y: Number(y),
    width: Number(end) - Number(x),
  }));
}

function decoded(runs: readonly Run[]): string | undefined {
  const size = (Math.max(...runs.map(({ x, width }) => x + width)) + 4) * pixels;
  const image = new Uint8ClampedArray(size * size * 4).fill(255);
  for (const { x, y, width } of runs) {
    for (let down = y * pixels; down < (y + 1) * pixels; down += 1) {
      const from = (down * size + x * pixels) * 4;
      for (let at = from; at < from + width * pixels * 4; at += 4) image.fill(0, at, at + 3);
    }
  }
  return jsQR.default(image, size, size)?.data;
}
