import { relative, resolve, sep } from "node:path";
import { hardhat, mocha } from "./programs.mjs";
import { say } from "./progress.mjs";
import { root } from "./root.mjs";
import { filesUnder } from "./stamp.mjs";

// Contracts run inside Hardhat, which can then count coverage and gas; the rest needs no more than
// mocha. Both take .mocharc.json.
// A suite that has finished and still holds a socket open would otherwise wait for ever.
const limit = { seconds: 1500 };
// Nobody needs bindings of a test's own contracts, and those of the house stay as they are.
const alone = ["--no-typechain"];
const databases = ["sqlite", "postgres"];
const suites = [
  {
    name: "contracts",
    holds: (file) => file.startsWith("test/contracts/") && file.endsWith(".ts"),
    run: (files, flags) =>
      hardhat(["test", "mocha", "--no-compile", ...alone, ...flags, ...files], limit),
  },
  {
    name: "the pure rules, by properties",
    holds: (file) => file.startsWith("test/contracts/") && file.endsWith(".t.sol"),
    run: (files, flags) => {
      // That one is mocha's.
      const known = flags.filter((flag) => flag !== "--bail");
      return hardhat(
        ["test", "solidity", "--network=default", ...alone, ...known, ...files],
        limit,
      );
    },
  },
  {
    name: "backend, stories and web",
    holds: (file) => !/^test\/(contracts|postgres)\//.test(file) && file.endsWith(".test.ts"),
    run: (files, flags, env) => mocha([...flags, ...files], { ...limit, env }),
  },
  {
    name: "what PostgreSQL alone can do",
    needs: "postgres",
    holds: (file) => file.startsWith("test/postgres/") && file.endsWith(".test.ts"),
    run: (files, flags, env) => mocha([...flags, ...files], { ...limit, env }),
  },
];

/**
 * Runs all suites, or the named files and folders; every suite runs even if one before it fails.
 * `--database postgres` lets backends keep their rows in a PostgreSQL that is started for the run.
 */
export async function runTests(given) {
  const [database, args] = databaseOf(given);
  if (!databases.includes(database)) {
    say(`--database must be one of ${databases.join(", ")}.`);
    return 1;
  }
  const all = filesUnder("test").filter((file) => /\.(test\.ts|t\.sol)$/.test(file));
  const paths = args.map((arg) => relative(root, resolve(arg)).split(sep).join("/"));
  const chosen = all.filter((file) => paths.some((path) => isWithin(file, path)));
  const flags = args.filter((_, index) => !all.some((file) => isWithin(file, paths[index])));
  const named = flags.find((flag) => /^[^-].*(\/|\.ts$|\.sol$)/.test(flag));
  if (named !== undefined) {
    say(`No test file at ${named}.`);
    return 1;
  }
  let failed = 0;
  for (const suite of suites) {
    const files = (chosen.length > 0 ? chosen : all).filter(suite.holds);
    if (files.length === 0) continue;
    if (suite.needs !== undefined && suite.needs !== database) {
      if (chosen.length === 0) continue;
      say(`${files[0]} needs --database ${suite.needs}.`);
      return 1;
    }
    say(`Testing ${suite.name}`);
    const code = await suite.run(files, flags, { TEST_DATABASE: database });
    // A person who stops the tests does not want the next suite.
    if (code > 128) return code;
    failed ||= code;
  }
  return failed;
}

function databaseOf(args) {
  const place = args.indexOf("--database");
  if (place < 0) return ["sqlite", args];
  return [args[place + 1] ?? "", args.toSpliced(place, 2)];
}

function isWithin(file, path) {
  return file === path || file.startsWith(`${path}/`);
}

export function measureContracts(measure) {
  return (args) => hardhat(["test", "mocha", measure, ...args]);
}
