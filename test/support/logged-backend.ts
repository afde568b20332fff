import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { freePort } from "../../scripts/sandbox/port.ts";
import type { LocalChain } from "./local-chain.ts";

const program = fileURLToPath(new URL("../../backend/src/main.ts", import.meta.url));

/** A line of a backend's log. */
export type LogLine = Readonly<Record<string, unknown>>;

/** A backend in a process of its own, whose log can be read. */
export interface LoggedBackend {
  readonly url: string;
  readonly lines: readonly LogLine[];
  stop(): Promise<void>;
}

export async function startLoggedBackend(
  chain: LocalChain,
  environment: Readonly<Record<string, string>> = {},
): Promise<LoggedBackend> {
  const dataDir = await mkdtemp(join(tmpdir(), "sheaf-"));
  const deployment = join(dataDir, "deployment.json");
  await writeFile(deployment, JSON.stringify(chain.deployment));
  const port = await freePort(0, "PORT");
  const child = fork(program, [], {
    env: {
      ...process.env,
      SANDBOX: "true",
      PORT: String(port),
      RPC_URL: chain.url,
      DATA_DIR: dataDir,
      DEPLOYMENT: deployment,
      ADMINISTRATION_KEY: chain.administrationKey,
      ...environment,
    },
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  const lines: LogLine[] = [];
  let rest = "";
  child.stdout?.setEncoding("utf8").on("data", (chunk: string) => {
    const parts = (rest + chunk).split("\n");
    rest = parts.pop() ?? "";
    for (const part of parts) lines.push(JSON.parse(part) as LogLine);
  });
  const url = `http://127.0.0.1:${port}`;
  const stop = async (): Promise<void> => {
    child.kill("SIGTERM");
    if (child.exitCode === null) await once(child, "exit", { signal: AbortSignal.timeout(10_000) });
    await rm(dataDir, { recursive: true, force: true });
  };
  for (let left = 400; left > 0; left -= 1) {
    const answer = await fetch(`${url}/health/live`).catch(() => undefined);
    if (answer?.ok === true) return { url, lines, stop };
    await sleep(50);
  }
  await stop();
  throw new Error("The backend was not there within 20 s.");
}
