import PdfDocument from "pdfkit";
import { labelHeight, labelShapes, labelWidth, letterLine, type LabelText } from "./label.ts";
import type { Outlines } from "./outlines.ts";

const pointsOfMillimetre = 72 / 25.4;

/** The same label as a PDF of its size; letters are outlines, so that no printer has to have a font. */
export async function labelPdf(text: LabelText, outlines: Outlines): Promise<Buffer> {
  const size: [number, number] = [labelWidth, labelHeight].map(
    (side) => side * pointsOfMillimetre,
  ) as [number, number];
  const info = { Title: text.title, Subject: text.uri };
  const pdf = new PdfDocument({ size, margin: 0, info, lang: "zh-CN", displayTitle: true });
  const parts: Buffer[] = [];
  const done = new Promise<Buffer>((resolve, reject) => {
    pdf.on("data", (part: Buffer) => parts.push(part));
    pdf.on("error", reject);
    pdf.on("end", () => {
      resolve(Buffer.concat(parts));
    });
  });
  pdf.scale(pointsOfMillimetre);
  for (const { path, x, y, scale, isLetter } of labelShapes(text, outlines)) {
    pdf.save().translate(x, y);
    if (isLetter) {
      pdf
        .transform(scale, 0, 0, -scale, 0, 0)
        .lineWidth(letterLine)
        .path(path)
        .fillAndStroke("#000", "#000");
    } else {
      pdf.transform(scale, 0, 0, scale, 0, 0).path(path).fill("#000");
    }
    pdf.restore();
  }
  pdf.end();
  return done;
}
