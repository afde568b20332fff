import { expect } from "chai";
import { faultOfItemCode, looksLikeGtin } from "../../../backend/src/order/gtin.ts";
import { checkDigitOf } from "../../../backend/src/proof/check-digit.ts";

describe("An item code", () => {
  for (const code of ["96385074", "012345678905", "4006381333931", "04012345123456"]) {
    it(`that is a GTIN of ${code.length} digits ends with its check digit`, () => {
      expect(faultOfItemCode(code)).to.equal(undefined);
      for (let digit = 0; digit < 10; digit += 1) {
        const other = `${code.slice(0, -1)}${digit}`;
        expect(faultOfItemCode(other) === undefined).to.equal(other === code);
      }
    });
  }

  it("with a wrong check digit is told the right one", () => {
    expect(checkDigitOf("4006381333930")).to.equal("1");
    expect(faultOfItemCode("4006381333930")).to.match(/4006381333930 .* last digit would be 1$/);
  });

  it("that has no form of a GTIN is the parties' own", () => {
    for (const code of ["RICE-5", "12345", "123456789", "400638133393x"]) {
      expect(looksLikeGtin(code)).to.equal(false);
      expect(faultOfItemCode(code)).to.equal(undefined);
    }
  });
});
