import { ok } from "node:assert/strict";
import { Writable } from "node:stream";
import { expect } from "chai";
import { readBook } from "../../scripts/replay/book/book.ts";
import type { BookLine } from "../../scripts/replay/book/book-line.ts";
import { chooseMapping } from "../../scripts/replay/book/choose-mapping.ts";
import { replay } from "../../scripts/replay/replay.ts";
import type { ReplayReport } from "../../scripts/replay/report/replay-report.ts";
import { jsonReport } from "../../scripts/replay/report/json-report.ts";
import { textReport } from "../../scripts/replay/report/text-report.ts";

const book = "scripts/replay/sample/order-book.csv";

describe("A replay of the project's own order book", () => {
  let report: ReplayReport;
  let lines: BookLine[];

  before(async function () {
    this.timeout(180_000);
    const told = new Writable({
      write: (_chunk, _encoding, done) => {
        done();
      },
    });
    report = await replay({
      file: book,
      facility: "scripts/replay/facility.json",
      progress: told,
      signal: AbortSignal.timeout(170_000),
    });
    const refused = new Set(report.refusals.map(({ fileLine }) => fileLine));
    lines = [];
    for await (const entry of readBook(book, await chooseMapping(book, undefined))) {
      if (!("reasons" in entry) && !refused.has(entry.fileLine)) lines.push(entry);
    }
  });

  it("plays every line that can be played, to its end", () => {
    expect(report.totals).to.include({ read: 57, taken: 51, refused: 6 });
    expect(report.tally).to.include({ stopped: 0, accepted: 51, deliveries: 51, collections: 51 });
    expect(lines).to.have.length(51);
  });

  it("advances the facility's share of every order, and has all of it back", () => {
    const shares = lines.map(({ value }) => (value * 6_000n) / 10_000n);
    expect(report.tally.advanced).to.equal(sum(shares));
    expect(report.tally.principal).to.equal(report.tally.advanced);
  });

  it("bears the interest that the calendar and the rate make, to the minor unit", () => {
    const interest = lines.map(({ value, orderDay, deliveredDay }) => {
      const days = BigInt(deliveredDay + 30 - orderDay);
      const exact = ((value * 6_000n) / 10_000n) * 452n * days;
      return (exact + 1_800_000n) / 3_600_000n;
    });
    expect(report.tally.interest).to.equal(sum(interest));
  });

  it("leaves every minor unit where the answers say that it is", () => {
    expect(report.balance.differences).to.deep.equal([]);
    expect(report.balance).to.include({ isRight: true, drawn: 0n, owed: 0n });
    expect(report.balance.held).to.equal(report.tally.minted);
    expect(report.tally.paid).to.equal(sum(lines.map(({ value }) => value)));
  });

  it("counts days from order to cash, and what came late", () => {
    const { without, with: financed } = report.tally.daysToCash();
    const days = lines.map(({ orderDay, deliveredDay }) => deliveredDay + 30 - orderDay);
    const mean = days.reduce((total, day) => total + day, 0) / days.length;
    // Not chai's numbers: Hardhat's matchers, once another suite has loaded them, take integers alone.
    ok(within(without.plain, mean - 0.1, mean + 0.1), `${String(without.plain)} is not ${mean}`);
    ok(
      within(financed.plain, 0, mean / 2),
      `${String(financed.plain)} is not below half of ${mean}`,
    );
    expect(report.tally.late).to.equal(
      lines.filter(({ deliveredDay, scheduledDay }) => deliveredDay > scheduledDay).length,
    );
  });

  it("tells it to people and to programs", () => {
    const text = textReport(report);
    expect(text).to.contain("57 read, 51 taken, 6 refused");
    expect(text).to.contain("line 47: a quote is never closed");
    expect(text).to.contain("right to the minor unit");
    const document = JSON.parse(jsonReport(report)) as {
      balance: { isRight: boolean };
      lines: { refusals: unknown[] };
    };
    expect(document.balance.isRight).to.equal(true);
    expect(document.lines.refusals).to.have.length(6);
  });
});

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n);
}

function within(value: number | null, least: number, most: number): boolean {
  return value !== null && value > least && value < most;
}
