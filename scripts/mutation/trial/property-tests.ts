import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const carried = ["contracts", "hardhat.config.ts", "package.json", ".mocharc.json"];
const seconds = 120;

/** The Solidity tests, on a copy of the house in which one source has another text. */
export class PropertyTests {
  private copy: string | undefined;

  constructor(private readonly root: string) {}

  /**
   * @param file a source, relative to the house
   * @param tests `.t.sol` files
   * @returns whether they pass; one that does not end in time does not
   */
  pass(file: string, source: string, original: string, tests: readonly string[]): boolean {
    this.copy ??= this.carry();
    const hardhat = join(this.root, "node_modules", "hardhat", "dist", "src", "cli.js");
    const args = [hardhat, "test", "solidity", "--network=default", "--no-typechain", ...tests];
    writeFileSync(join(this.copy, file), source);
    const { status } = spawnSync(process.execPath, args, {
      cwd: this.copy,
      stdio: "ignore",
      timeout: seconds * 1000,
      killSignal: "SIGKILL",
    });
    writeFileSync(join(this.copy, file), original);
    return status === 0;
  }

  close(): void {
    if (this.copy !== undefined) rmSync(this.copy, { recursive: true, force: true });
  }

  private carry(): string {
    const copy = mkdtempSync(join(tmpdir(), "sheaf-mutants-"));
    for (const name of carried)
      cpSync(join(this.root, name), join(copy, name), { recursive: true });
    // Only what Solidity tests are made of.
    cpSync(join(this.root, "test"), join(copy, "test"), {
      recursive: true,
      filter: (path) => !/\.[a-su-z]\w*$/.test(path) || path.endsWith(".sol"),
    });
    mkdirSync(dirname(join(copy, "node_modules")), { recursive: true });
    symlinkSync(join(this.root, "node_modules"), join(copy, "node_modules"), "junction");
    return copy;
  }
}
