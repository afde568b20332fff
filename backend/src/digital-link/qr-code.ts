import { correction, generate } from "lean-qr";

/** Modules of light around a code, without which it is not read (ISO/IEC 18004). */
const quiet = 4;

/** A QR code as a drawing: dark modules, each one unit wide, in a square of `size` with its light border. */
export interface QrDrawing {
  readonly size: number;
  /** Commands of an SVG path. */
  readonly path: string;
}

/** @param text a URI; error correction M, as GS1 recommends at least */
export function qrCode(text: string): QrDrawing {
  const code = generate(text, { minCorrectionLevel: correction.M });
  const rows: string[] = [];
  for (let y = 0; y < code.size; y += 1) {
    for (let x = 0; x < code.size; x += 1) {
      if (!code.get(x, y)) continue;
      let width = 1;
      while (code.get(x + width, y)) width += 1;
      rows.push(`M${x + quiet} ${y + quiet}h${width}v1h-${width}z`);
      x += width;
    }
  }
  return { size: code.size + 2 * quiet, path: rows.join("") };
}
