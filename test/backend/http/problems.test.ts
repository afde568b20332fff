import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { interfaces } from "../../../backend/src/chain/contracts.ts";
import {
  isKnownProblem,
  problemCodes,
  problemKind,
} from "../../../backend/src/http/problem-catalogue.ts";
import { startBackend, type TestBackend } from "../../support/backend.ts";
import { Client } from "../../support/client.ts";
import { startLocalChain, type LocalChain } from "../../support/local-chain.ts";

const contracts = fileURLToPath(new URL("../../../contracts", import.meta.url));
const source = fileURLToPath(new URL("../../../backend/src", import.meta.url));

/** Errors of the contracts' libraries that nothing leads to from the API, and why. */
const unreachable: readonly (readonly [errors: RegExp, why: string])[] = [
  [
    /^AccessManager(Bad|Invalid|Locked|UnauthorizedAccount|UnauthorizedConsume)/,
    "Roles and delays have no routes: the administrator acts by its wallet.",
  ],
  [/^AccessManagedInvalidAuthority$/, "No route exchanges an authority."],
  [/^InsufficientBalance$/, "Only Administration sends ether, and the backend sends none."],
  [
    /^ERC721(?!NonexistentToken)/,
    "Bare transfers and approvals have no routes, and are NotTransferable.",
  ],
  [/^(ECDSA|ERC2612)|^InvalidAccountNonce$/, "Permits have no routes: a wallet hands them in."],
  [
    /^ERC20Invalid(Approver|Sender|Spender)$/,
    "Only the zero account is meant, which signs nothing.",
  ],
  [/^(InvalidShortString|StringTooLong)$/, "A domain's name and version are fixed in the source."],
];

/** The contracts' errors, with the names of the values that they carry. */
const contractErrors = new Map<string, readonly string[]>();
for (const abi of Object.values(interfaces)) {
  abi.forEachError(({ name, inputs }) =>
    contractErrors.set(
      name,
      inputs.map((each) => each.name),
    ),
  );
}

function sources(): [file: string, text: string][] {
  return readdirSync(source, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => [file, readFileSync(`${source}/${file}`, "utf8")]);
}

/** Names of the errors that the house's own contracts declare, by file; also those in no contract's interface. */
function declaredErrors(): [file: string, error: string][] {
  return readdirSync(contracts, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".sol"))
    .flatMap((file) => {
      const text = readFileSync(`${contracts}/${file}`, "utf8");
      return [...text.matchAll(/^\s*error (\w+)\(/gm)].map(([, error]): [string, string] => [
        file,
        error!,
      ]);
    });
}

function placeholders(text: string): string[] {
  return [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
}

describe("The catalogue of problems", function () {
  this.timeout(60_000);
  let chain: LocalChain;
  let started: TestBackend;

  // Every noun has said what its refusals mean once the application is put together.
  before(async () => {
    chain = await startLocalChain();
    started = await startBackend(chain);
  });

  after(async () => {
    await started.close();
    await chain.close();
  });

  it("explains every error that the contracts declare", () => {
    const errors = declaredErrors();
    expect(errors.length).to.be.greaterThan(60);
    expect(errors.filter(([, error]) => !isKnownProblem(error))).to.deep.equal([]);
  });

  it("explains every error of the contracts and their libraries that the API leads to", () => {
    expect(contractErrors.size).to.be.greaterThan(100);
    const reachable = [...contractErrors.keys()].filter(
      (error) => !unreachable.some(([errors]) => errors.test(error)),
    );
    expect(reachable.filter((error) => !isKnownProblem(error))).to.deep.equal([]);
  });

  it("takes nothing for out of reach that there is not, or that it explains", () => {
    for (const [errors, why] of unreachable) {
      const meant = [...contractErrors.keys()].filter((error) => errors.test(error));
      expect(meant, why).not.to.be.empty;
      expect(meant.filter(isKnownProblem), why).to.deep.equal([]);
    }
  });

  it("explains every refusal that the backend has by itself", () => {
    const thrown = sources().flatMap(([, text]) =>
      [...text.matchAll(/new DomainError\(\s*"(\w+)"/g)].map(([, code]) => code!),
    );
    expect(new Set(thrown).size).to.be.greaterThan(25);
    expect(thrown.filter((code) => !isKnownProblem(code))).to.deep.equal([]);
  });

  it("has no page that nothing leads to", () => {
    const used = sources()
      .map(([, text]) => text)
      .join("\n");
    const idle = problemCodes().filter(
      (code) => !contractErrors.has(code) && !used.includes(`"${code}"`),
    );
    expect(idle).to.deep.equal([]);
  });

  it("names a value only where the contract's error carries one", () => {
    for (const [error, values] of contractErrors) {
      if (!isKnownProblem(error)) continue;
      expect(values, error).to.include.members(placeholders(problemKind(error).says));
    }
  });

  it("speaks as the house does", () => {
    for (const code of problemCodes()) {
      const { title, says, status } = problemKind(code);
      expect(code).to.match(/^[A-Z][A-Za-z\d]+$/);
      expect(title, code).to.match(/^[A-Z][^{}]{4,58}[^.{}\s]$/);
      expect(says, code).to.match(/^[`{A-Z].{8,160}[.}]$/s);
      expect(status, code).to.be.within(400, 503);
    }
  });

  it("has a whole page for each, for people and for programs", async () => {
    const anyone = new Client(started.url);
    const asked = (path: string, accept: string) =>
      anyone.send<unknown>("GET", path, undefined, { accept });
    const all = await asked("/problems", "application/json");
    expect((all.body as { code: string }[]).map(({ code }) => code)).to.deep.equal(problemCodes());
    for (const code of problemCodes()) {
      const { status, title } = problemKind(code);
      const page = await asked(`/problems/${code}`, "text/html,*/*");
      expect(page.headers.get("content-type")).to.equal("text/html; charset=utf-8");
      expect(page.body, code).to.include(`<h1>${code}</h1>`).and.include(`(HTTP ${status})`);
      expect(page.body, code).not.to.match(/\{\w+\}|undefined/);
      const { body } = await asked(`/problems/${code}`, "application/json");
      expect(body).to.include({ code, status, title });
      expect((body as { says: string }).says, code)
        .to.match(/\S/)
        .and.not.match(/[{}]/);
    }
    for (const strange of ["NoSuchProblem", "toString", "__proto__", "%3Cb%3E"]) {
      expect((await asked(`/problems/${strange}`, "text/html")).status, strange).to.equal(404);
    }
  });
});
