import { fork, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Answer, Question } from "./question.ts";

const program = fileURLToPath(new URL("./worker.ts", import.meta.url));
const startsWithin = 120_000;

/** Where mutants are tried: a process with the tests loaded, and another one when that is lost. */
export class Bench {
  private worker: ChildProcess | undefined;

  /** @param files all contract tests, relative to `root` */
  constructor(
    private readonly root: string,
    private readonly files: readonly string[],
  ) {}

  /** @returns "lost" where the process ended or did not answer in time */
  async ask(question: Question, milliseconds: number): Promise<Answer | "lost"> {
    this.worker ??= await this.start();
    const told = await hear<Answer>(this.worker, milliseconds, () => this.worker?.send(question));
    if (told === "lost") this.stop();
    return told;
  }

  /** The next question finds a new process. */
  stop(): void {
    this.worker?.kill("SIGKILL");
    this.worker = undefined;
  }

  private async start(): Promise<ChildProcess> {
    const worker = fork(program, [this.root, ...this.files], {
      cwd: this.root,
      env: { ...process.env, NODE_ENV: "test", HH_TEST: "true", HARDHAT_NO_TYPECHAIN: "true" },
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    if ((await hear(worker, startsWithin)) === "lost") {
      worker.kill("SIGKILL");
      throw new Error("The tests could not be loaded.");
    }
    return worker;
  }
}

/** What the process says next. */
function hear<T>(
  worker: ChildProcess,
  milliseconds: number,
  first: () => void = () => undefined,
): Promise<T | "lost"> {
  return new Promise((resolve) => {
    const settle = (told: T | "lost"): void => {
      clearTimeout(limit);
      worker.off("message", settle).off("exit", lose);
      resolve(told);
    };
    const lose = (): void => {
      settle("lost");
    };
    const limit = setTimeout(lose, milliseconds);
    worker.on("message", settle).on("exit", lose);
    first();
  });
}
