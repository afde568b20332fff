import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("../../backend/src/main.ts", import.meta.url));
/** So that memory is given back while it is little, and not only when the machine's share is used up. */
const heap = ["--max-old-space-size=384", "--max-semi-space-size=8"];
const startsWithin = 60_000;
const stopsWithin = 10_000;

/** A backend in a process of its own. */
export interface BackendProcess {
  readonly url: string;
  readonly pid: number;
  /** Resolves when the process ends, by itself or by `stop`. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/** How a backend is started. */
export interface BackendStart {
  /** File descriptor that takes what it says; the standard error where nothing is said. */
  readonly output?: number;
  /** Told of the process as soon as there is one, before it is ready. */
  readonly begun?: (child: ChildProcess) => void;
}

/**
 * Starts the backend with these environment variables and waits until it is ready.
 * @throws if it ends or is not ready within 60 s
 */
export async function startBackend(
  port: number,
  environment: Readonly<Record<string, string>>,
  { output = 2, begun }: BackendStart = {},
): Promise<BackendProcess> {
  const child = fork(program, [], {
    execArgv: heap,
    env: { ...process.env, ...environment, PORT: String(port) },
    // What it says is progress: a program's own output stays its own.
    stdio: ["ignore", output, output, "ipc"],
  });
  const ended = once(child, "exit").then(() => undefined);
  begun?.(child);
  const url = `http://127.0.0.1:${String(port)}`;
  await untilReady(child, url);
  if (child.pid === undefined) throw new Error("The backend has no process.");
  return {
    url,
    pid: child.pid,
    ended,
    stop: () => stop(child, ended),
  };
}

async function untilReady(child: ChildProcess, url: string): Promise<void> {
  const deadline = Date.now() + startsWithin;
  while (Date.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`The backend ended with ${String(child.exitCode ?? child.signalCode)}.`);
    const answer = await fetch(`${url}/health`, { signal: AbortSignal.timeout(2_000) }).catch(
      () => undefined,
    );
    if (answer?.ok === true) return;
    await sleep(50);
  }
  child.kill("SIGKILL");
  throw new Error(`The backend was not ready within ${String(startsWithin / 1000)} s.`);
}

async function stop(child: ChildProcess, ended: Promise<void>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  const late = setTimeout(() => child.kill("SIGKILL"), stopsWithin);
  await ended;
  clearTimeout(late);
}
