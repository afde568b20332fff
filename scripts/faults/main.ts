import { readArguments } from "./arguments.ts";
import { runCampaign } from "./campaign.ts";
import { report } from "./report.ts";

/**
 * `npm run faults`: whole order-to-cash lives against the real stack while processes die and answers get lost. 0 where
 * nothing was lost and nothing doubled.
 */
async function main(): Promise<number> {
  const options = readArguments(process.argv.slice(2));
  const start = performance.now();
  const outcome = await runCampaign(options, (text) => {
    console.error(`  ${((performance.now() - start) / 1000).toFixed(1)} s: ${text}`);
  });
  console.log(report(outcome, options, (performance.now() - start) / 1000));
  return outcome.findings.length === 0 ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (problem) {
  console.error(problem instanceof Error ? problem.message : String(problem));
  process.exitCode = 1;
}
