import type { Outlines } from "./outlines.ts";
import { qrCode } from "./qr-code.ts";

/** What a label says. */
export interface LabelText {
  /** That the code stands for. */
  readonly uri: string;
  readonly title: string;
  /** Lines beside the code, both languages. */
  readonly lines: readonly string[];
}

/** Something black, by the commands of an SVG path. */
export interface Shape {
  readonly path: string;
  /** Millimetres, of the path's origin. */
  readonly x: number;
  readonly y: number;
  /** Millimetres for a unit of the path; up is down for letters. */
  readonly scale: number;
  readonly isLetter: boolean;
}

/** Millimetres. */
export const labelWidth = 100;
export const labelHeight = 50;

const margin = 3;
const codeWidth = 40;
/** Units of a letter's thin outline that its line is wide, so that it reads as a regular one. */
export const letterLine = 38;

/** A label as black shapes. */
export function labelShapes({ uri, title, lines }: LabelText, outlines: Outlines): Shape[] {
  const code = qrCode(uri);
  const left = margin + codeWidth + 2;
  const width = labelWidth - left - margin;
  const pen = new Pen(outlines);
  pen.write(title, { x: left, y: 9.5, size: 5.4, width });
  lines.forEach((line, at) => {
    pen.write(line, { x: left, y: 15.6 + at * 4.6, size: 2.9, width });
  });
  pen.write(uri, { x: margin, y: labelHeight - 2.6, size: 2.3, width: labelWidth - 2 * margin });
  const place = { x: margin - 1, y: 1, scale: codeWidth / code.size };
  return [{ path: code.path, ...place, isLetter: false }, ...pen.shapes];
}

/** Puts text on a label. */
class Pen {
  readonly shapes: Shape[] = [];

  constructor(private readonly outlines: Outlines) {}

  /** @param at millimetres; text that is wider is written smaller, and after that cut */
  write(
    text: string,
    at: { readonly x: number; readonly y: number; readonly size: number; readonly width: number },
  ): void {
    const outlines = Array.from(text, (character) => this.outlines.of(character));
    const whole = outlines.reduce((sum, outline) => sum + (outline?.advance ?? gap), 0) / 1000;
    const size = Math.max(Math.min(at.size, at.width / whole), at.size * 0.6);
    let x = at.x;
    for (const outline of outlines) {
      const advance = ((outline?.advance ?? gap) / 1000) * size;
      if (x + advance > at.x + at.width + 0.01) return;
      if (outline !== undefined && outline.path !== "") {
        this.shapes.push({ path: outline.path, x, y: at.y, scale: size / 1000, isLetter: true });
      }
      x += advance;
    }
  }
}

/** Of a character that the font does not have: thousandths. */
const gap = 500;

/** A label for the screen or the printer; what it says is in it as text too. */
export function labelSvg(text: LabelText, outlines: Outlines): string {
  const drawn = labelShapes(text, outlines).map(({ path, x, y, scale, isLetter }) => {
    const turned = isLetter ? `${number(scale)} ${number(-scale)}` : number(scale);
    const line = isLetter ? ` stroke="#000" stroke-width="${letterLine}"` : "";
    return `<path transform="translate(${number(x)} ${number(y)}) scale(${turned})"${line} d="${path}"/>`;
  });
  const said = [text.title, ...text.lines, text.uri].map(escaped).join("; ");
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${labelWidth}mm" height="${labelHeight}mm" ` +
    `viewBox="0 0 ${labelWidth} ${labelHeight}" role="img"><title>${escaped(text.title)}</title><desc>${said}</desc>` +
    `<path fill="#fff" d="M0 0h${labelWidth}v${labelHeight}h-${labelWidth}z"/>${drawn.join("")}</svg>`
  );
}

function number(value: number): string {
  return String(Math.round(value * 1e6) / 1e6);
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
