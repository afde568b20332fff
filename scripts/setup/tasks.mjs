import { completeLock } from "./lock.mjs";
import { packageProgram, script } from "./programs.mjs";
import { measureContracts, runTests } from "./tests.mjs";

/** Every npm script: the stages that it needs, and what it then runs. */
export const tasks = {
  start: { needs: ["contracts", "page"], run: main("sandbox") },
  demo: { needs: [], run: main("demo") },
  // A heap that is kept small: a book may have any number of lines.
  replay: {
    needs: ["contracts"],
    run: main("replay", { flags: ["--max-old-space-size=192", "--max-semi-space-size=8"] }),
  },
  deploy: { needs: ["contracts"], run: main("deploy") },
  serve: { needs: ["contracts", "page"], run: (args) => script("backend/src/main.ts", args) },
  key: { needs: ["contracts"], run: main("key") },
  "sign-in": { needs: [], run: main("sign-in") },
  stories: { needs: ["contracts"], run: main("stories") },
  audit: { needs: ["contracts"], run: main("audit") },
  reconcile: { needs: ["contracts"], run: main("reconcile") },
  passphrase: { needs: ["contracts"], run: main("passphrase") },
  conformance: { needs: ["contracts"], run: main("conformance") },
  verify: { needs: ["contracts"], run: main("verify") },
  bench: { needs: ["contracts"], run: main("bench") },
  test: { needs: ["contracts", "page"], run: runTests },
  properties: { needs: ["contracts"], run: main("properties") },
  faults: { needs: ["contracts"], run: main("faults") },

  compile: { needs: ["contracts"], run: nothing },
  build: { needs: ["contracts", "page"], run: nothing },
  typecheck: { needs: ["contracts", "schema"], run: inSequence(checkTypes, checkWebTypes) },
  lint: { needs: ["contracts", "schema"], run: inSequence(lintScripts, lintContracts) },
  format: { needs: [], run: (args) => packageProgram("prettier", ["--write", ".", ...args]) },
  "format:check": {
    needs: [],
    run: (args) => packageProgram("prettier", ["--check", ".", ...args]),
  },
  dependencies: { needs: ["contracts"], run: checkDependencies },
  unused: { needs: ["contracts", "schema"], run: (args) => packageProgram("knip", args) },
  // A test's contracts need no bindings, and those of the house stay as they are.
  coverage: {
    needs: ["contracts"],
    run: main("coverage", { env: { HARDHAT_NO_TYPECHAIN: "true", NODE_ENV: "test" } }),
  },
  mutation: { needs: ["contracts"], run: main("mutation") },
  gas: { needs: ["contracts"], run: measureContracts("--gas-stats") },
  lock: { needs: [], run: completeLock },
};

function main(name, options = {}) {
  return (args) => script(`scripts/${name}/main.ts`, args, options);
}

function nothing() {
  return 0;
}

function inSequence(...steps) {
  return async (args) => {
    for (const step of steps) {
      const code = await step(args);
      if (code !== 0) return code;
    }
    return 0;
  };
}

function checkTypes() {
  return packageProgram("typescript", ["--project", "."]);
}

function checkWebTypes() {
  return packageProgram("typescript", ["--project", "web"]);
}

function lintScripts(args) {
  return packageProgram("eslint", [
    "--cache",
    "--cache-location",
    "node_modules/.cache/sheaf/eslint",
    "--max-warnings=0",
    ".",
    ...args,
  ]);
}

function lintContracts() {
  const flags = ["--max-warnings=0", "--disc", "--noPoster"];
  return packageProgram("solhint", [...flags, "contracts/**/*.sol", "test/invariants/**/*.sol"]);
}

function checkDependencies() {
  const folders = ["backend", "web", "scripts", "test"];
  return packageProgram("dependency-cruiser", ["--config", ".dependency-cruiser.mjs", ...folders]);
}
