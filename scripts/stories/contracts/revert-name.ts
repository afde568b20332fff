import { interfaces } from "../../../backend/src/chain/contracts.ts";

/** By selector: an error bubbles up through contracts that do not declare it. */
const names = new Map<string, string>([
  // What the language itself reverts with.
  ["0x08c379a0", "Error"],
  ["0x4e487b71", "Panic"],
]);
for (const abi of Object.values(interfaces)) {
  abi.forEachError((error) => names.set(error.selector, error.name));
}

/** The name of the error that `data` encodes; the data itself where no contract declares it. */
export function errorName(data: string): string {
  if (data === "0x") return "a revert without a reason";
  return names.get(data.slice(0, 10)) ?? data;
}

/** What a refused call reverted with; null if it failed for any other reason. */
export function revertData(problem: unknown): string | null {
  if (typeof problem !== "object" || problem === null || !("data" in problem)) return null;
  return typeof problem.data === "string" ? problem.data : null;
}
