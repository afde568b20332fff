import { readFileSync } from "node:fs";
import { expect } from "chai";
import type { Fault } from "../../scripts/reading/json-place.ts";
import { readStory } from "../../scripts/stories/reading/read-story.ts";

const sample = readFileSync(new URL("vectors/rice-advance.json", import.meta.url), "utf8");

/** The faults of the sample with `text` in the place of the one occurrence of `found`. */
function faultsWith(found: string | RegExp, text: string): readonly Fault[] {
  const changed = sample.replace(found, text);
  expect(changed, "the sample has nothing to replace").not.to.equal(sample);
  return readStory(changed).faults ?? [];
}

describe("reading a story", () => {
  it("reads exact integers: minor units, thousandths, hundredths of a minor unit, days", () => {
    const { story } = readStory(sample);
    expect(story?.cash.get("buyer")).to.equal(100_000_000n);
    expect(story?.orders.get("PO-17")).to.include({ quantity: 500_000n, unitPrice: 12_400_000n });
    // 2027-06-30 is 57 years, 14 leap days and 180 days after 1970-01-01.
    expect(story?.facilities.get("RICE")?.expiresDay).to.equal(57 * 365 + 14 + 180);
    expect(story?.issuedAt).to.equal(BigInt(Date.UTC(2027, 1, 1, 1, 30) / 1000));
  });

  it("names what is not JSON", () => {
    const [fault] = readStory('{"name": ').faults ?? [];
    expect(fault?.pointer).to.equal("");
    expect(fault?.message).to.match(/^not JSON: /);
  });

  const refused: [string, string | RegExp, string, Fault][] = [
    [
      "a missing field",
      '"tenorDays": 120,',
      "",
      { pointer: "/facilities/RICE", message: 'field "tenorDays" is missing' },
    ],
    [
      "an unknown field",
      '"level": 1,',
      '"level": 1, "levle": 2,',
      { pointer: "/levle", message: "unknown field" },
    ],
    [
      "an act that it does not know",
      '"do": "collect"',
      '"do": "colect"',
      {
        pointer: "/steps/4/do",
        message:
          "expected one of drawDown, suspendFacility, repay, declareDefault, lapse, issueReceipt, " +
          "earmark, unearmark, split, merge, withdraw, shrink, despatch, accept, recall, " +
          'deemAccepted, collect, pay, contest, rule; found "colect"',
      },
    ],
    [
      "an amount as a number",
      '"amount": "248000.00"',
      '"amount": 248000',
      {
        pointer: "/steps/0/amount",
        message:
          "expected an amount of money of at most 2 decimals, up to 184467440737095516.15, found 248000",
      },
    ],
    [
      "an order that the story has not",
      '"order": "PO-17"',
      '"order": "PO-18"',
      { pointer: "/steps/0/order", message: 'the story has no order "PO-18"; it has: PO-17' },
    ],
    [
      "a day that is none",
      '"dueDate": "2027-04-26"',
      '"dueDate": "2027-02-30"',
      {
        pointer: "/steps/3/expect/orders/PO-17/receivables/1/dueDate",
        message: 'expected a date such as 2027-08-31, found "2027-02-30"',
      },
    ],
    [
      "a step in the past",
      '"at": "2027-04-05T08:00:00+08:00"',
      '"at": "2027-02-03T11:04:59+08:00"',
      { pointer: "/steps/2/at", message: "this step is earlier than what comes before it" },
    ],
    [
      "an outcome with a part left out",
      '"receipts": {},',
      "",
      { pointer: "/steps/0/expect", message: 'field "receipts" is missing' },
    ],
    [
      "a quantity that no contract holds",
      '"quantity": "500.000"',
      '"quantity": "281474976710.656"',
      {
        pointer: "/orders/PO-17/quantity",
        message:
          "expected a quantity of at most 3 decimals, up to 281474976710.655, " +
          'found "281474976710.656"',
      },
    ],
  ];
  for (const [what, found, text, fault] of refused) {
    it(`refuses ${what}, with its place`, () => {
      expect(faultsWith(found, text)).to.deep.equal([fault]);
    });
  }

  it("finds every fault in one reading", () => {
    const json = sample
      .replace('"level": 1', '"level": "1"')
      .replace('"unit": "TNE"', '"unit": 5')
      .replace('"limit": "300000.00"', '"limit": "-1"');
    const pointers = readStory(json).faults?.map(({ pointer }) => pointer);
    expect(pointers).to.have.members(["/facilities/RICE/limit", "/level", "/orders/PO-17/unit"]);
  });
});
