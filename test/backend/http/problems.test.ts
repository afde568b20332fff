import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { describeApi } from "../../../backend/src/app.ts";
import {
  isKnownProblem,
  problemCodes,
  problemKind,
} from "../../../backend/src/http/problem-catalogue.ts";

const contracts = fileURLToPath(new URL("../../../contracts", import.meta.url));

/** Names of the errors that the house's own contracts declare, by file. */
function declaredErrors(): [file: string, error: string][] {
  return readdirSync(contracts, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".sol"))
    .flatMap((file) => {
      const source = readFileSync(`${contracts}/${file}`, "utf8");
      return [...source.matchAll(/^\s*error (\w+)\(/gm)].map(([, error]): [string, string] => [
        file,
        error!,
      ]);
    });
}

describe("The catalogue of problems", function () {
  this.timeout(30_000);

  // Every noun has said what its refusals mean once the application is put together.
  before(() => describeApi());

  it("explains every error that the contracts declare", () => {
    const errors = declaredErrors();
    expect(errors.length).to.be.greaterThan(60);
    expect(errors.filter(([, error]) => !isKnownProblem(error))).to.deep.equal([]);
  });

  it("names a value only where a refusal could carry one", () => {
    for (const code of problemCodes()) {
      const { title, says, status } = problemKind(code);
      expect(title, code).not.to.match(/[{}]/);
      expect(says, code).to.match(/[.}]$/);
      expect(status, code).to.be.within(400, 503);
    }
  });
});
