import { expect } from "chai";
import { BadInput } from "../../../backend/src/http/bad-input.ts";
import {
  formatDecimal,
  formatQuantity,
  parseMoney,
  parseQuantity,
  parseUnitPrice,
} from "../../../backend/src/http/decimal.ts";
import { formatTime, parseTime } from "../../../backend/src/http/time.ts";

describe("Decimal strings", () => {
  it("hold money in minor units", () => {
    expect(parseMoney("1250.5", 2, "/amount")).to.equal(125_050n);
    expect(parseMoney("0", 2, "/amount")).to.equal(0n);
    expect(parseUnitPrice("6.5", 2, "/unitPrice")).to.equal(65_000n);
    expect(parseQuantity("20000.001", "/quantity")).to.equal(20_000_001n);
    expect(formatDecimal(5n, 2)).to.equal("0.05");
    expect(formatDecimal(-125_050n, 2)).to.equal("-1250.50");
    expect(formatDecimal(7n, 0)).to.equal("7");
    expect(formatQuantity(1n)).to.equal("0.001");
  });

  for (const text of [
    "",
    "-1",
    "+1",
    "1e3",
    "1.",
    ".5",
    "01",
    "1,000",
    " 1",
    "1.234",
    "0x10",
    "NaN",
  ]) {
    it(`do not hold money as "${text}"`, () => {
      expect(() => parseMoney(text, 2, "/amount")).to.throw(BadInput, "/amount");
    });
  }

  it("are refused, not cut, beyond their width", () => {
    expect(parseMoney("184467440737095516.15", 2, "")).to.equal((1n << 64n) - 1n);
    expect(() => parseMoney("184467440737095516.16", 2, "/amount")).to.throw(
      "must not be more than",
    );
    expect(() => parseMoney((2n ** 256n).toString(), 2, "/amount")).to.throw(BadInput);
    expect(() => parseQuantity("281474976710.656", "/quantity")).to.throw("281474976710.655");
  });
});

describe("Times", () => {
  it("carry the deployment's offset", () => {
    expect(formatTime(1788224400, 8 * 3600)).to.equal("2026-09-01T09:00:00+08:00");
    expect(formatTime(1788224400, -34200)).to.equal("2026-08-31T15:30:00-09:30");
    expect(parseTime("2026-09-01T09:00:00+08:00")).to.equal(1788224400);
    expect(parseTime("2026-09-01T01:00:00.900Z")).to.equal(1788224400);
  });

  for (const text of [
    "2026-09-01",
    "2026-09-01T09:00:00",
    "2026-02-30T00:00:00Z",
    "1788224400",
    "1969-12-31T00:00:00Z",
  ]) {
    it(`are not written as "${text}"`, () => {
      expect(parseTime(text)).to.equal(undefined);
    });
  }
});
