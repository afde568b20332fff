import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { ApiUnreachable } from "../api/api-problem.ts";
import { readArguments } from "./arguments.ts";
import { InputError } from "./input-error.ts";
import { replay } from "./replay.ts";
import { jsonReport } from "./report/json-report.ts";
import { textReport } from "./report/text-report.ts";

const ownFacility = fileURLToPath(new URL("./facility.json", import.meta.url));
/** npm runs scripts in the project's folder; the person's own is where a relative path begins. */
const here = process.env["INIT_CWD"] ?? ".";

process.exitCode = await main();

/** `npm run replay`: 0 if all money is accounted for, 1 for bad input or a wrong balance, 130 if it was interrupted. */
async function main(): Promise<number> {
  const abort = new AbortController();
  const interrupt = (): void => {
    abort.abort();
  };
  process.once("SIGINT", interrupt).once("SIGTERM", interrupt);
  try {
    const { file, mapping, facility, json, ...rest } = readArguments(process.argv.slice(2));
    const report = await replay({
      ...rest,
      file: resolve(here, file),
      mapping: mapping === undefined ? undefined : resolve(here, mapping),
      facility: facility === undefined ? ownFacility : resolve(here, facility),
      progress: process.stderr,
      signal: abort.signal,
    });
    process.stdout.write(`${json ? jsonReport(report) : textReport(report)}\n`);
    return report.balance.isRight ? 0 : 1;
  } catch (error) {
    if (abort.signal.aborted) {
      process.stderr.write("\nStopped.\n");
      return 130;
    }
    const isExpected = error instanceof InputError || error instanceof ApiUnreachable;
    const message = error instanceof Error ? (isExpected ? error.message : error.stack) : error;
    process.stderr.write(`${String(message)}\n`);
    return 1;
  } finally {
    process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
  }
}
