import { readdir, readFile } from "node:fs/promises";
import type { Finding } from "./finding.ts";

/**
 * No process is left that the campaign started: none of those that it knows of, and none at all that was told of its
 * folder, as far as the machine can say (`/proc`).
 */
export async function orphans(pids: readonly number[], folder: string): Promise<Finding[]> {
  const known = pids.filter(isAlive);
  const others = await processesThatKnow(folder);
  return [...new Set([...known, ...others])].map((pid) => ({
    verdict: "processes",
    says: `process ${String(pid)} is still there`,
  }));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function processesThatKnow(folder: string): Promise<number[]> {
  const names = await readdir("/proc").catch(() => []);
  const pids = names.filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  const told = await Promise.all(
    pids.map((pid) => readFile(`/proc/${pid}/environ`, "utf8").catch(() => "")),
  );
  return pids.filter((_, index) => told[index]?.includes(folder)).map(Number);
}
