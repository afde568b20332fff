import { expect } from "chai";
import { compileDateFormat, readDay } from "../../scripts/replay/book/date-format.ts";
import { csvRows, type CsvRow } from "../../scripts/replay/book/csv-rows.ts";
import { readNumber } from "../../scripts/replay/book/number-format.ts";
import { dateOf } from "../../backend/src/math/calendar.ts";

describe("Reading an order book's cells", () => {
  describe("dates", () => {
    const cases: readonly [format: string, text: string, date: string | undefined][] = [
      ["dd-Mon-yy", "02-Jun-06", "2006-06-02"],
      ["dd-Mon-yy", "02-JUN-06", "2006-06-02"],
      ["dd-Mon-yy", "2-Jun-06", undefined],
      ["dd-Mon-yy", "31-Jun-06", undefined],
      ["M/d/yy", "3/19/10", "2010-03-19"],
      ["M/d/yy", "11/13/99", "1999-11-13"],
      ["M/d/yy", "13/11/10", undefined],
      ["yyyy-MM-dd", "2024-02-29", "2024-02-29"],
      ["yyyy-MM-dd", "2023-02-29", undefined],
      ["yyyy-MM-dd", "1969-12-31", undefined],
      ["yyyy-MM-dd", "2149-06-07", undefined],
      ["d.M.yyyy", "6.5.2025", "2025-05-06"],
      ["d.M.yyyy", "6x5x2025", undefined],
      ["20MM-dd-yy", "2006-04-09", "2009-06-04"],
      ["yyyy-MM-dd", "Date Not Captured", undefined],
    ];
    for (const [format, text, date] of cases) {
      it(`reads "${text}" as ${format}: ${date ?? "no date"}`, () => {
        const day = readDay(text, [compileDateFormat(format)!]);
        expect(day === undefined ? undefined : dateOf(day)).to.equal(date);
      });
    }

    it("takes the first format that fits", () => {
      const formats = ["dd-Mon-yy", "M/d/yy"].map((format) => compileDateFormat(format)!);
      expect(dateOf(readDay("1/2/08", formats)!)).to.equal("2008-01-02");
    });

    for (const pattern of ["", "YYYY-MM-DD", "yyyy-MM", "dd/dd/yy", "yyyy-MM-dd hh"]) {
      it(`knows "${pattern}" for no date format`, () => {
        expect(compileDateFormat(pattern)).to.equal(null);
      });
    }
  });

  describe("numbers", () => {
    const plain = { decimalMark: ".", groupMark: "" } as const;
    const german = { decimalMark: ",", groupMark: "." } as const;
    const grouped = { decimalMark: ".", groupMark: "," } as const;
    const cases = [
      ["19", plain, 19_000n],
      ["12000.5", plain, 12_000_500n],
      ["0.0010000", plain, 1n],
      ["0.0001", plain, "has more than 3 decimals: 0.0001"],
      ["", plain, "is empty"],
      ["-5", plain, "is negative: -5"],
      ["about 1500", plain, 'is no number: "about 1500"'],
      ["1e5", plain, 'is no number: "1e5"'],
      ["1,500", plain, 'is no number: "1,500"'],
      ["1.2.3", plain, 'is no number: "1.2.3"'],
      ["See ASN-93 (ID#:1281)", plain, 'is no number: "See ASN-93 (ID#:1281)"'],
      ["1.234,5", german, 1_234_500n],
      ["12,34", grouped, 'is no number: "12,34"'],
      ["1,234,567.25", grouped, 1_234_567_250n],
    ] as const;
    for (const [text, format, value] of cases) {
      it(`"${text}" ${typeof value === "string" ? value : `is ${String(value)} thousandths`}`, () => {
        expect(readNumber(text, 3, format)).to.equal(value);
      });
    }
  });

  describe("rows", () => {
    it("keeps quoted delimiters, quotes and line ends, and counts lines of the file", async () => {
      const rows = await rowsOf('a,b\n"1,5","say ""hi"""\n\n"two\nlines",x\ny,z');
      expect(rows).to.deep.equal([
        { line: 1, cells: ["a", "b"], fault: undefined },
        { line: 2, cells: ["1,5", 'say "hi"'], fault: undefined },
        { line: 4, cells: ["two\nlines", "x"], fault: undefined },
        { line: 6, cells: ["y", "z"], fault: undefined },
      ]);
    });

    it("names a quote that is never closed and reads on behind it", async () => {
      const rows = await rowsOf('a,b\n"1,2\n3,4\n5,6');
      expect(rows.map(({ line, fault }) => [line, fault])).to.deep.equal([
        [1, undefined],
        [2, "a quote is never closed"],
        [3, undefined],
        [4, undefined],
      ]);
    });

    it("does so in a long file too, without reading it to its end first", async () => {
      const many = Array.from({ length: 500 }, (_, index) => `${String(index)},x`).join("\n");
      const rows = await rowsOf(`a,b\n"1,2\n${many}`);
      expect(rows.filter(({ fault }) => fault !== undefined).map(({ line }) => line)).to.deep.equal(
        [2],
      );
      expect(rows).to.have.length(502);
    });

    it("names a quote in the middle of a cell, and text behind a closing one", async () => {
      const rows = await rowsOf('a,b\n5" pipe,2"\n"x"y,2\n3,4');
      expect(rows.map(({ fault }) => fault)).to.deep.equal([
        undefined,
        "a quote stands within a cell that does not begin with one",
        "something other than a delimiter follows a closing quote",
        undefined,
      ]);
    });
  });
});

async function rowsOf(text: string): Promise<CsvRow[]> {
  const rows: CsvRow[] = [];
  for await (const row of csvRows(linesOf(text), ",")) rows.push(row);
  return rows;
}

// eslint-disable-next-line @typescript-eslint/require-await
async function* linesOf(text: string): AsyncGenerator<string> {
  yield* text.split("\n");
}
