import { mkdirSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { id } from "ethers";
import { createHardhatRuntimeEnvironment } from "hardhat/hre";
import config from "../../hardhat.config.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const campaign = "test/invariants/Campaign.t.sol";
const hostileCurrency = "test/contracts/currencies/HostileCurrency.sol";
/** What the campaign writes down; the folder is its own, apart from that of the contracts. */
const folder = "cache/properties";
export const traceFile = `${folder}/trace.txt`;
/** Test functions of the campaign, which the runner works on at the same time; each writes to a file of its own. */
export const lanes = ["A", "B", "C", "D"] as const;
export const countsFiles = lanes.map((lane) => `${folder}/counts-${lane}.txt`);

/** A season that broke a property. */
export interface Failure {
  readonly property: string;
  readonly season: string;
  readonly acts: number;
}

export interface Run {
  readonly grep: string;
  readonly seed: string;
  readonly seasonsPerLane: number;
  /** For the campaign itself. */
  readonly variables: Readonly<Record<string, string>>;
}

interface SolidityTests {
  readonly suiteResults: readonly {
    readonly testResults: readonly { readonly name: string; readonly reason?: string }[];
  }[];
}
type Outcome = { success: true; value: SolidityTests } | { success: false; error: SolidityTests };

/** The contracts of this house, compiled by its own settings, under Hardhat's runner for Solidity tests. */
async function environment({ seed, seasonsPerLane }: Run) {
  return createHardhatRuntimeEnvironment(
    {
      ...config,
      // No bindings for tests.
      plugins: [],
      paths: {
        // All that is tested comes in by import.
        sources: "test/invariants/none",
        tests: { solidity: "test" },
        artifacts: `${folder}/artifacts`,
        cache: `${folder}/cache`,
      },
      test: {
        solidity: {
          fsPermissions: { dangerouslyReadWriteDirectory: [folder] },
          fuzz: {
            runs: seasonsPerLane,
            seed: id(seed),
            dictionaryWeight: 0,
            includeStorage: false,
          },
        },
      },
    },
    { network: "default" },
    root,
  );
}

/** Compiles what has changed. Returns the interface of the one contract that is no part of the house. */
export async function compile(run: Run): Promise<readonly unknown[]> {
  const hre = await environment(run);
  await hre.tasks.getTask("build").run({ files: [campaign, hostileCurrency], quiet: true });
  const { abi } = await hre.artifacts.readArtifact("HostileCurrency");
  return abi as readonly unknown[];
}

/** @returns the seasons that broke a property, at most one for each lane */
export async function play(run: Run): Promise<Failure[]> {
  const hre = await environment(run);
  mkdirSync(folder, { recursive: true });
  for (const file of [...countsFiles, traceFile]) rmSync(file, { force: true });
  Object.assign(process.env, run.variables);
  const outcome = (await hre.tasks
    .getTask(["test", "solidity"])
    .run({ testFiles: [campaign], grep: run.grep, noCompile: true })) as Outcome;
  const { suiteResults } = outcome.success ? outcome.value : outcome.error;
  const results = suiteResults.flatMap((suite) => suite.testResults);
  if (results.length === 0) throw new Error(`Hardhat ran no test that is called ${run.grep}.`);
  return results.flatMap(({ reason }) => (reason === undefined ? [] : [readFailure(reason)]));
}

function readFailure(reason: string): Failure {
  const found = /^(?<property>.*) \[seed (?<season>0x[0-9a-f]{64}), acts (?<acts>\d+)\]/s.exec(
    reason,
  );
  const { property, season, acts } = found?.groups ?? {};
  if (property === undefined || season === undefined)
    throw new Error(`The campaign failed: ${reason}`);
  return { property, season, acts: Number(acts) };
}
