import { expect } from "chai";
import { DomainError } from "../../../backend/src/chain/domain-error.ts";
import { readOrderCsv } from "../../../backend/src/order/order-csv.ts";

const header = "number,line,quantity,itemCode";

describe("Orders in CSV", () => {
  it("are read by the names of the columns, in any order", () => {
    expect(readOrderCsv("line,number\n1,A\n2,B\n")).to.deep.equal([
      { index: 0, line: 2, fields: { line: 1, number: "A" }, named: nobody, faults: [] },
      { index: 1, line: 3, fields: { line: 2, number: "B" }, named: nobody, faults: [] },
    ]);
  });

  it("may begin with a byte order mark and end their lines in any way", () => {
    const file = new TextEncoder().encode(`\uFEFF${header}\r\nA,1,5,x\r\n\r\nB,2,6,y`);
    expect(readOrderCsv(file).map(({ line, fields }) => [line, fields.number])).to.deep.equal([
      [2, "A"],
      [4, "B"],
    ]);
  });

  it("may quote commas, quotes and line breaks", () => {
    const [first, second] = readOrderCsv(`${header}\n"A, ""1""\nof 2",1,5,x\nB,2,6,y\n`);
    expect(first?.fields.number).to.equal('A, "1"\nof 2');
    expect(second?.line).to.equal(4);
  });

  it("say nothing in an empty cell", () => {
    expect(readOrderCsv(`${header}\nA,,5,""\n`)[0]?.fields).to.deep.equal({
      number: "A",
      quantity: "5",
    });
  });

  it("keep a text that is no number for its fault to show", () => {
    expect(readOrderCsv(`${header}\nA,first,5,x\n`)[0]?.fields.line).to.equal("first");
  });

  const broken: readonly [string, string, string][] = [
    ["too few cells", "B,2,6", "The row has 3 cells, the header 4"],
    ["too many cells", "B,2,6,y,z", "The row has 5 cells, the header 4"],
    ["a quote that never closes", '"B,2,6,y', "A quoted cell is not closed"],
    [
      "a quote in the middle of a cell",
      'B,2,6,12" pipe',
      "A quote stands within a cell that does not begin with one",
    ],
    ["text behind a quote", 'B,2,6,"y"z', "Something other than a comma follows a closing quote"],
  ];
  for (const [what, row, reason] of broken) {
    it(`lose one row alone to ${what}`, () => {
      const orders = readOrderCsv(`${header}\nA,1,5,x\n${row}\nC,3,7,z\nD,4,8,"z"\n`);
      expect(orders.map(({ line, fields }) => [line, fields.number])).to.deep.equal([
        [2, "A"],
        [3, undefined],
        [4, "C"],
        [5, "D"],
      ]);
      expect(orders.flatMap(({ faults }) => faults)).to.deep.equal([
        { pointer: "", detail: reason },
      ]);
    });
  }

  it("keep the rows between two that open a quote each", () => {
    const orders = readOrderCsv(`${header}\n"A,1,5,x\nB,2,6,y\nC,3,7,"z\nD,4,8,z\n`);
    expect(orders.map(({ fields }) => fields.number)).to.deep.equal([
      undefined,
      "B",
      undefined,
      "D",
    ]);
  });

  const refused: readonly [string, string, string, number | undefined][] = [
    ["without a header", "", "MalformedCsv", 1],
    ["with a column that no order has", "number,colour\nA,red\n", "MalformedCsv", 1],
    ["with a column twice", "number,line,number\nA,1,A\n", "MalformedCsv", 1],
    ["with a header that is broken", 'number,"line\nA,1\n', "MalformedCsv", 1],
    ["with too many rows", `${header}\n${"A,1,5,x\n".repeat(10_001)}`, "TooManyOrders", undefined],
  ];
  for (const [why, file, code, line] of refused) {
    it(`are refused ${why}`, () => {
      expect(() => readOrderCsv(file))
        .to.throw(DomainError)
        .that.satisfies((error: DomainError) => {
          expect([error.code, error.values["line"]]).to.deep.equal([code, line]);
          return true;
        });
    });
  }

  it("are not read from millions of lines, nor from a row of a million cells", () => {
    expect(() => readOrderCsv(`number,line\n${'"\n'.repeat(300_000)}`)).to.throw("TooManyOrders");
    expect(() => readOrderCsv(`number${",line".repeat(1_000_000)}\n`))
      .to.throw("MalformedCsv")
      .with.nested.property("values.reason", "The row has more than 65536 characters");
    const [wide, next] = readOrderCsv(`number,line\n${"x".repeat(70_000)},1\nA,1\n`);
    expect(wide!.faults[0]!.detail).to.include("characters");
    expect(next!.fields).to.deep.equal({ number: "A", line: 1 });
  });
});

const nobody = { buyer: [], seller: [] };
