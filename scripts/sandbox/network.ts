import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("./network-process.ts", import.meta.url));
const startsWithin = 30_000;
const stopsWithin = 5_000;

/** A local Hardhat network that runs in a process of its own. */
export interface LocalNetwork {
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/**
 * Starts a local Hardhat network and waits until it answers.
 * @param port TCP port on the loopback address
 * @param startAt the chain's calendar starts here; now, where nothing is said
 * @throws if the port is taken or the network does not start within 30 s
 */
export async function startNetwork(port: number, startAt?: Date): Promise<LocalNetwork> {
  const child = fork(program, [String(port), startAt?.toISOString() ?? ""], {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const heard = await firstWord(child);
  if (heard.port === undefined || child.pid === undefined) {
    child.kill("SIGKILL");
    throw new Error(
      `The local network did not start on port ${String(port)}: ${heard.failure ?? "no answer"}`,
    );
  }
  return {
    url: `http://127.0.0.1:${String(heard.port)}`,
    pid: child.pid,
    stop: () => stop(child),
  };
}

interface FirstWord {
  readonly port?: number;
  readonly failure?: string;
}

async function firstWord(child: ChildProcess): Promise<FirstWord> {
  const signal = AbortSignal.timeout(startsWithin);
  try {
    const [word] = (await Promise.race([
      once(child, "message", { signal }),
      once(child, "exit", { signal }).then(([code]) => [
        { failure: `it exited with ${String(code)}` },
      ]),
    ])) as [FirstWord];
    return word;
  } catch {
    return { failure: `no answer within ${String(startsWithin / 1000)} s` };
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.disconnect();
  const late = setTimeout(() => child.kill("SIGKILL"), stopsWithin);
  await gone;
  clearTimeout(late);
}
