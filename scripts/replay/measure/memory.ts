import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";

/** Resident memory of the processes of a replay, in megabytes, when so many lines had been paid for. */
export interface MemorySample {
  readonly linesDone: number;
  readonly replay: number;
  /** Null where the sandbox is not this replay's own. */
  readonly backend: number | null;
  readonly network: number | null;
}

export async function sampleMemory(
  linesDone: number,
  pids: { readonly backend: number; readonly network: number } | undefined,
): Promise<MemorySample> {
  const [backend, network] = await Promise.all([
    residentOf(pids?.backend),
    residentOf(pids?.network),
  ]);
  return { linesDone, replay: megabytes(process.memoryUsage.rss() / 1024), backend, network };
}

async function residentOf(pid: number | undefined): Promise<number | null> {
  if (pid === undefined) return null;
  try {
    const status = await readFile(`/proc/${String(pid)}/status`, "utf8");
    return megabytes(Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]));
  } catch {
    return residentByPs(pid);
  }
}

/** Where there is no /proc. */
async function residentByPs(pid: number): Promise<number | null> {
  try {
    const run = promisify(execFile);
    const { stdout } = await run("ps", ["-o", "rss=", "-p", String(pid)], { timeout: 5_000 });
    return megabytes(Number(stdout));
  } catch {
    return null;
  }
}

function megabytes(kilobytes: number): number {
  return Math.round(kilobytes / 1024);
}
