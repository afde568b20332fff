import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Deployment } from "../../../backend/src/chain/deployment.ts";

const program = fileURLToPath(new URL("./chain-process.ts", import.meta.url));
const startsWithin = 120_000;

interface FirstWord {
  readonly port: number;
  readonly deployment: Deployment;
  readonly length: number;
  readonly logs: number;
}

/** The recorded chain, served by another process. */
export class RecordedChain {
  private constructor(
    private readonly child: ChildProcess,
    private readonly said: FirstWord,
  ) {}

  /** @param logs that it has at least */
  static async start(logs: number): Promise<RecordedChain> {
    const child = fork(program, [String(logs)], { stdio: ["ignore", "ignore", "inherit", "ipc"] });
    const signal = AbortSignal.timeout(startsWithin);
    const ended = once(child, "exit", { signal }).then(() => {
      throw new Error("The recorded chain did not start.");
    });
    const [said] = (await Promise.race([once(child, "message", { signal }), ended])) as [FirstWord];
    ended.catch(() => undefined);
    return new RecordedChain(child, said);
  }

  get url(): string {
    return `http://127.0.0.1:${String(this.said.port)}`;
  }

  get deployment(): Deployment {
    return this.said.deployment;
  }

  /** The last block. */
  get length(): number {
    return this.said.length;
  }

  get logs(): number {
    return this.said.logs;
  }

  /** The chain's head is now this block. Resolves with when it was, in milliseconds. */
  async moveHead(to: number): Promise<number> {
    this.child.send(to);
    const [said] = (await once(this.child, "message")) as [{ readonly at: number }];
    return said.at;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return;
    const gone = once(this.child, "exit");
    this.child.disconnect();
    await gone;
  }
}
