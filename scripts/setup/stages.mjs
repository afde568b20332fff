// What has to be there before a task runs. A stage is done again only when its inputs changed.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { run } from "./child.mjs";
import { npm } from "./node.mjs";
import { timed } from "./progress.mjs";
import { cache, root } from "./root.mjs";
import { fingerprint, isStamped, stamp } from "./stamp.mjs";
import { hardhat, packageProgram, script } from "./programs.mjs";
import { inTurn } from "./turn.mjs";

const document = join(cache, "openapi.json");
const schema = "web/src/api/schema.d.ts";

const stages = {
  packages: {
    says: "Installing packages (half a minute the first time)",
    sources: () => fingerprint(["package-lock.json"], platform()),
    made: ["node_modules/hardhat/package.json"],
    // Not `npm ci`: it would begin by deleting what other commands may be running on.
    work: () =>
      run(process.execPath, [npm(), "install", "--no-save", "--loglevel=error"], {
        aside: true,
        seconds: 900,
      }),
  },
  contracts: {
    says: "Compiling contracts",
    sources: () => fingerprint(["contracts", "hardhat.config.ts", "package-lock.json"]),
    // Other profiles, and Hardhat's own coverage, put their bytecode there; it must not pass for ours.
    products: () => fingerprint(["typechain-types"]),
    made: ["artifacts", "typechain-types/index.ts"],
    // A test's contracts are compiled by the test that needs them.
    work: () => hardhat(["build", "--no-tests"], { quiet: true, seconds: 600 }),
  },
  schema: {
    says: "Writing the API's types for the web page",
    needs: ["contracts"],
    sources: () => fingerprint(["backend", "scripts/openapi", "package-lock.json"]),
    made: [schema],
    work: async () =>
      (await script("scripts/openapi/main.ts", [document], { quiet: true, seconds: 120 })) ||
      (await packageProgram("openapi-typescript", [document, "-o", schema], {
        quiet: true,
        seconds: 120,
      })),
  },
  page: {
    says: "Building the web page",
    needs: ["schema"],
    sources: () => fingerprint(["web", "backend/src/proof", "package-lock.json"]),
    made: ["web/dist/index.html", "web/dist/.vite/manifest.json"],
    work: () => packageProgram("vite", ["build", "web"], { quiet: true, seconds: 300 }),
  },
};

/** The ABI and the platform belong to the packages: binaries are chosen by them. */
function platform() {
  return [process.platform, process.arch, process.versions.modules];
}

export async function setUp(needs) {
  for (const name of inOrder(["packages", ...needs])) {
    const code = await reach(name);
    if (code !== 0) return code;
  }
  return 0;
}

function inOrder(names) {
  return new Set(names.flatMap((name) => [...inOrder(stages[name].needs ?? []), name]));
}

async function reach(name) {
  const stage = stages[name];
  const products = stage.products ?? (() => "");
  const isDone = () =>
    stage.made.every((path) => existsSync(join(root, path))) &&
    isStamped(name, `${stage.sources()} ${products()}`);
  if (isDone()) return 0;
  return inTurn(async () => {
    if (isDone()) return 0;
    // The sources from before the work: what changes meanwhile is then done again, not overlooked.
    const sources = stage.sources();
    const code = await timed(stage.says, stage.work);
    if (code === 0) stamp(name, `${sources} ${products()}`);
    return code;
  });
}
