import { expect } from "chai";
import {
  difference,
  grouped,
  isPositive,
  percentage,
  sum,
  trimmed,
} from "../../web/src/format/decimal.ts";

describe("amounts on the page", () => {
  it("keep every digit when thousands are grouped", () => {
    expect(grouped("130000.00")).to.equal("130,000.00");
    expect(grouped("999.99")).to.equal("999.99");
    expect(grouped("90071992547409931234.57")).to.equal("90,071,992,547,409,931,234.57");
    expect(grouped("-1234567.8")).to.equal("−1,234,567.8");
  });

  it("come back as they are when they are no decimal numbers", () => {
    expect(grouped("1e5")).to.equal("1e5");
    expect(grouped("")).to.equal("");
  });

  it("add up exactly, beyond what a float can hold", () => {
    expect(sum(["0.10", "0.20"])).to.equal("0.30");
    expect(sum(["90071992547409931234.56", "0.01"])).to.equal("90071992547409931234.57");
    expect(sum(["1.5", "0.250"])).to.equal("1.750");
    expect(sum([])).to.equal("0");
  });

  it("can be taken from one another, below zero too", () => {
    expect(difference("76700.00", "76700.00")).to.equal("0.00");
    expect(difference("0.00", "0.05")).to.equal("-0.05");
    expect(difference("1.00", "-0.25")).to.equal("1.25");
  });

  it("are positive only above zero", () => {
    expect(isPositive("0.01")).to.equal(true);
    expect(isPositive("0.00")).to.equal(false);
    expect(isPositive("-3.00")).to.equal(false);
  });

  it("lose the zeros that a quantity does not need, and no others", () => {
    expect(trimmed("12000.000")).to.equal("12000");
    expect(trimmed("0.500")).to.equal("0.5");
    expect(trimmed("0.000")).to.equal("0");
    expect(trimmed("1200")).to.equal("1200");
  });

  it("fill a bar between nothing and all of it", () => {
    expect(percentage("8479.43", "52000.00")).to.equal(16.3);
    expect(percentage("200.000", "200")).to.equal(100);
    expect(percentage("300.000", "200.000")).to.equal(100);
    expect(percentage("-1", "200")).to.equal(0);
    expect(percentage("1", "0.000")).to.equal(0);
  });
});
