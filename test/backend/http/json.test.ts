import { expect } from "chai";
import { BadInput } from "../../../backend/src/http/bad-input.ts";
import { parseJson } from "../../../backend/src/http/json.ts";

const read = (text: string): unknown => parseJson(Buffer.from(text));

describe("JSON from outside", () => {
  it("is read as JSON.parse reads it", () => {
    const text =
      '{"a": ["x\\"{[", "\\\\", {"a": 1, "b": {"a": null}}], "b" : "a\\u003a", "": "é好"}';
    expect(read(text)).to.deep.equal(JSON.parse(text));
    expect(read("")).to.equal(undefined);
  });

  for (const [what, text] of Object.entries({
    "a name twice": '{"amount": "1.00", "amount": "9.00"}',
    "a name twice, written in two ways": '{"a": 1, "\\u0061": 2}',
    "a name twice, further in": '{"orders": [{"line": 1}, {"line": 1, "line": 2}]}',
    "a prototype": '{"x": {"__proto__": {"y": 1}}}',
    "lists within lists": "[".repeat(100_000) + "]".repeat(100_000),
    "objects within objects": '{"a":'.repeat(100_000) + "1" + "}".repeat(100_000),
    "an end that is missing": '{"a": "',
    "a name that is broken off": '{"a\\": 1}',
    "more values than memory holds": `[${"{},".repeat(3_000_000)}{}]`,
    "blanks alone": "  ",
    "something behind it": "{}x",
  })) {
    it(`is refused with ${what}`, () => {
      expect(() => read(text))
        .to.throw(BadInput)
        .with.property("code", "MalformedBody");
    });
  }

  it("is refused in another encoding, and without quoting what it says", () => {
    expect(() => parseJson(Buffer.from([0x22, 0xff, 0x22]))).to.throw("not UTF-8");
    expect(() => read(`{"secret": ${"x".repeat(1000)}`)).to.throw(/^.{1,60}$/);
  });

  it("may hold strings of any length", () => {
    expect(read(`{"a": "${'\\"'.repeat(3_000_000)}"}`)).to.have.property("a");
  });
});
