import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { readBook } from "../../scripts/replay/book/book.ts";
import { chooseMapping } from "../../scripts/replay/book/choose-mapping.ts";
import { readFacilityOffer } from "../../scripts/replay/book/facility-offer.ts";
import { readMapping } from "../../scripts/replay/book/mapping.ts";
import { Plan } from "../../scripts/replay/book/plan.ts";
import { InputError } from "../../scripts/replay/input-error.ts";

const sample = "scripts/replay/sample/order-book.csv";
const plain = "scripts/replay/mappings/plain.json";
const header = "order,line,buyer,seller,item,quantity,unit_price,value,ordered,scheduled,delivered";
const good = "PO-1,1,B,S,Rice,100,2.50,250.00,2025-01-02,2025-02-01,2025-02-03";

describe("An order book", () => {
  let folder: string;
  let plan: Plan | undefined;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "sheaf-test-"));
  });

  afterEach(async () => {
    plan?.close();
    plan = undefined;
    await rm(folder, { recursive: true, force: true });
  });

  async function planOf(...rows: readonly (string | Uint8Array)[]): Promise<Plan> {
    const file = await written("book.csv", Buffer.concat(rows.map((row) => Buffer.from(row))));
    return filled(file);
  }

  async function filled(file: string, limit?: number): Promise<Plan> {
    plan = new Plan(join(folder, "plan.sqlite"));
    await plan.fill(readBook(file, await chooseMapping(file, undefined), limit));
    return plan;
  }

  async function written(name: string, content: string | Uint8Array): Promise<string> {
    await writeFile(join(folder, name), content);
    return join(folder, name);
  }

  it("of the project is read, and each of its broken lines named", async () => {
    const book = await filled(sample);
    expect(book.totals()).to.include({
      read: 57,
      taken: 51,
      refused: 6,
      guessedOrderDays: 2,
      late: 11,
    });
    expect([...book.refusals()]).to.deep.equal([
      { fileLine: 20, reason: "unit_price is zero" },
      { fileLine: 28, reason: 'delivered is no date: "not recorded"' },
      { fileLine: 35, reason: 'quantity is no number: "about 1500"' },
      { fileLine: 43, reason: "quantity × price is 30000.00, but the file says 99.00" },
      { fileLine: 47, reason: "a quote is never closed" },
      {
        fileLine: 52,
        reason:
          "order PO-2025-027, line 1 of Beihe Hospital Kitchens 北河医院膳食 is on line 51 already",
      },
    ]);
  });

  it("is played by the day of its orders, whatever the order of its lines", async () => {
    const later = good.replace("PO-1", "PO-2").replace("2025-01-02", "2025-01-01");
    const book = await planOf(`${header}\n${good}\n${later}\n`);
    expect([...book.byOrderDay()].map(({ number }) => number)).to.deep.equal(["PO-2", "PO-1"]);
    const [line] = [...book.byOrderDay()];
    expect(line).to.include({ quantity: 100_000n, unitPrice: 25_000n, value: 25_000n });
  });

  it("gives every line once, however many pages they fill", async () => {
    const rows = Array.from({ length: 900 }, (_, index) =>
      good
        .replace("PO-1", `PO-${String(index)}`)
        .replace("2025-01-02", `2025-01-0${String(1 + (index % 9))}`),
    );
    const book = await planOf([header, ...rows].join("\n"));
    const lines = [...book.byOrderDay()];
    expect(new Set(lines.map(({ number }) => number)).size).to.equal(900);
    expect(lines.map(({ orderDay }) => orderDay)).to.deep.equal(
      lines.map(({ orderDay }) => orderDay).sort((a, b) => a - b),
    );
  });

  it("may begin with a byte order mark and end its lines as Windows does", async () => {
    const book = await planOf(`\uFEFF${header}\r\n${good}\r\n`);
    expect(book.totals()).to.include({ read: 1, taken: 1 });
  });

  it("says every fault of a line at once, and goes on", async () => {
    const bad = "PO-2,x,,S,Rice,-1,free,250.00,2025-03-02,2025-02-01,2025-02-03";
    const short = "PO-3,1,B";
    const book = await planOf([header, bad, short, good].join("\n"));
    expect([...book.refusals()]).to.deep.equal([
      {
        fileLine: 2,
        reason:
          'the line number is no whole number: "x"; buyer is empty; quantity is negative: -1; ' +
          'unit_price is no number: "free"; delivered on 2025-02-03, before the order of 2025-03-02',
      },
      { fileLine: 3, reason: "the row has 3 cells, the header 11 columns" },
    ]);
    expect(book.totals().taken).to.equal(1);
  });

  it("is read as far as is asked for", async () => {
    expect((await filled(sample, 10)).totals().read).to.equal(10);
  });

  const unusable: readonly [what: string, content: string | Uint8Array, says: RegExp][] = [
    ["nothing in it", "", /book\.csv is empty; it needs a header row/],
    ["a header alone", `${header}\n`, /book\.csv has a header and no lines/],
    [
      "other columns",
      `${header.replace("unit_price", "price")}\n${good}`,
      /book\.csv:1: no bundled mapping fits[^]*Plain order book needs "unit_price"/,
    ],
    [
      "a column twice",
      `${header},order\n${good},x`,
      /book\.csv:1: the column "order" is there twice/,
    ],
    [
      "bytes that are no UTF-8",
      Buffer.concat([Buffer.from(`${header}\nPO-`), Buffer.from([0xe9]), Buffer.from("\n")]),
      /book\.csv:\d+: not utf-8 text/,
    ],
    ["a line without end", "x".repeat(3_000_000), /book\.csv:1: the line does not end/],
    ["a broken header", `"order,line\n${good}`, /book\.csv:1: the header cannot be read/],
  ];
  for (const [what, content, says] of unusable) {
    it(`with ${what} is refused, naming the file`, async () => {
      const file = await written("book.csv", content);
      expect(await failure(filled(file))).to.match(says);
    });
  }

  it("that is not there is refused, naming the file", async () => {
    const none = join(folder, "none.csv");
    expect(await failure(chooseMapping(none, undefined))).to.match(/no file .*none\.csv/);
    expect(await failure(chooseMapping(folder, undefined))).to.match(/is no file|cannot be read/);
  });

  describe("mapping", () => {
    async function changed(change: (mapping: Record<string, unknown>) => void): Promise<string> {
      const mapping = JSON.parse(await readFile(plain, "utf8")) as Record<string, unknown>;
      change(mapping);
      return written("mapping.json", JSON.stringify(mapping));
    }

    it("says everything that is wrong with it, each with its place", async () => {
      const path = await changed((mapping) => {
        mapping["curency"] = mapping["currency"];
        delete mapping["currency"];
        mapping["dateFormats"] = ["YYYY"];
        mapping["paymentDays"] = 400;
        (mapping["columns"] as Record<string, unknown>)["colour"] = "x";
      });
      const said = await failure(readMapping(path));
      expect(said).to.contain('mapping.json#: field "currency" is missing');
      expect(said).to.contain("mapping.json#/curency: unknown field");
      expect(said).to.contain("mapping.json#/columns/colour: unknown field");
      expect(said).to.contain("mapping.json#/dateFormats/0: expected a date format");
      expect(said).to.contain("mapping.json#/paymentDays: expected an integer from 0 to 365");
    });

    it("names a column that the file lacks", async () => {
      const path = await changed((mapping) => {
        (mapping["columns"] as Record<string, unknown>)["price"] = "Preis";
      });
      const file = await written("book.csv", `${header}\n${good}`);
      const reading = firstOf(readBook(file, await readMapping(path)));
      expect(await failure(reading)).to.match(
        /book\.csv:1: .*not there: "Preis"\. The file has: order/,
      );
    });

    it("that is no JSON is refused with its line", async () => {
      const path = await written("mapping.json", '{\n  "name": "x",\n  oops\n}');
      expect(await failure(readMapping(path))).to.match(/mapping\.json:3: /);
    });

    it("without buyer, seller, line, item and dates of orders takes what it has", async () => {
      const path = await changed((mapping) => {
        const { order, quantity, price, scheduledDate, deliveredDate } = mapping[
          "columns"
        ] as Record<string, string>;
        mapping["columns"] = { order, quantity, price, scheduledDate, deliveredDate };
      });
      const file = await written("book.csv", `${header}\n${good}`);
      const line = await firstOf(readBook(file, await readMapping(path)));
      expect(line).to.include({
        buyer: "Buyer",
        seller: "Seller",
        line: 2,
        isOrderDayGuessed: true,
      });
    });
  });

  it("has terms of a facility that are read strictly", async () => {
    const path = await written("facility.json", '{"limit": 5, "rateBps": 20000, "dayBasis": 361}');
    const said = await failure(readFacilityOffer(path));
    expect(said).to.contain('field "sweepBps" is missing');
    expect(said).to.contain("#/limit: expected an amount of money");
    expect(said).to.contain("#/rateBps: expected an integer from 0 to 10000");
    const own = await readFacilityOffer("scripts/replay/facility.json");
    expect(own).to.include({ orderAdvanceBps: 6000, sweepBps: 10_000 });
  });
});

async function firstOf<Item>(items: AsyncIterable<Item>): Promise<Item | undefined> {
  for await (const item of items) return item;
  return undefined;
}

async function failure(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    expect(error).to.be.instanceOf(InputError);
    return (error as Error).message;
  }
  throw new Error("It was expected to fail.");
}
