import { timeText } from "../api/civil-time.ts";
import type { Difference } from "./compare.ts";
import type { DifferingStep, Result } from "./run.ts";

/** A story in lines for a person: one if it passed, else each fault or each step that differs. */
export function describeResult(result: Result): string {
  const { file, passed, faults, differing, failure, milliseconds } = result;
  if (passed) return `pass  ${file} (${milliseconds} ms)`;
  return [
    `FAIL  ${file}`,
    ...faults.map(({ pointer, message }) => `  ${file}#${pointer}: ${message}`),
    ...differing.flatMap(describeStep),
    ...(failure === null ? [] : [`  ${failure}`]),
  ].join("\n");
}

export function summarise(results: readonly Result[]): string {
  const passed = results.filter((result) => result.passed).length;
  return `${passed} passed, ${results.length - passed} failed`;
}

/** The same for a program. */
export function resultsAsJson(results: readonly Result[]): string {
  const passed = results.filter((result) => result.passed).length;
  const stories = results.map(({ file, story, ...result }) => ({
    file,
    name: story?.name ?? null,
    level: story?.level ?? null,
    passed: result.passed,
    milliseconds: result.milliseconds,
    faults: result.faults,
    failure: result.failure,
    differing: result.differing.map(({ number, step, differences }) => ({
      step: number,
      at: timeText(step.at),
      by: step.by,
      do: step.act.do,
      differences,
    })),
  }));
  return JSON.stringify({ passed, failed: results.length - passed, stories }, null, 2);
}

function describeStep({ number, step, differences }: DifferingStep): string[] {
  const { at, by, act } = step;
  return [
    `  step ${number}, ${timeText(at)}, ${by}: ${describeAct(act)}`,
    ...differences.map(describeDifference),
  ];
}

function describeAct({ do: name, ...rest }: DifferingStep["step"]["act"]): string {
  const named = Object.values(rest).filter(
    (value) => typeof value === "string" || typeof value === "number",
  );
  return [name, ...named].join(" ");
}

function describeDifference({ path, expected, actual }: Difference): string {
  return `    ${path}: expected ${expected ?? "none"}, was ${actual ?? "none"}`;
}
