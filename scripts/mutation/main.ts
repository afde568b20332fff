import { readArguments } from "./arguments.ts";
import { runCampaign } from "./campaign.ts";
import { describeVerdict, isEnough, jsonReport, textReport } from "./report.ts";

try {
  const { json, ...options } = readArguments(process.argv.slice(2));
  const verdicts = await runCampaign(options, (verdict) => {
    console.error(describeVerdict(verdict));
  });
  console.log(json ? jsonReport(verdicts) : textReport(verdicts));
  process.exitCode = isEnough(verdicts) ? 0 : 1;
} catch (problem) {
  console.error(problem instanceof Error ? problem.message : String(problem));
  process.exitCode = 1;
}
