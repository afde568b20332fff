import { spawn } from "node:child_process";
import { constants } from "node:os";
import { root } from "./root.mjs";
import { explain } from "./progress.mjs";

// Not SIGHUP: to listen would undo `nohup`. A closed terminal ends this process, and the leash
// (scripts/runtime/leash.mjs) then ends the child.
const signals = ["SIGINT", "SIGTERM"];
const patience = 15_000;
const echo = 500;
// Windows has no process groups: there Ctrl-C reaches every process of the console by itself.
const grouped = process.platform !== "win32";

/**
 * Runs a program to its end and resolves with its exit code (128 + n for signal n).
 *
 * The child leads its own process group, so that Ctrl-C reaches it once, from here, and not three
 * times from the terminal, npm and us; whatever it started and left behind goes with it.
 *
 * `quiet` keeps the output back unless the program fails, `aside` puts it with the progress, away
 * from what a task prints; `seconds` is a limit on its time.
 */
export function run(program, args, { env = {}, quiet = false, aside = false, seconds } = {}) {
  return new Promise((resolve, reject) => {
    const output = quiet ? "pipe" : aside ? process.stderr.fd : "inherit";
    const errors = quiet ? "pipe" : "inherit";
    const child = spawn(program, args, {
      cwd: root,
      detached: grouped,
      env: { ...process.env, ...env, SHEAF_LEASH: String(process.pid) },
      stdio: [quiet ? "ignore" : "inherit", output, errors, "ipc"],
    });
    const held = [];
    child.stdout?.on("data", (chunk) => held.push(chunk));
    child.stderr?.on("data", (chunk) => held.push(chunk));

    const send = (signal) => {
      try {
        if (grouped) process.kill(-child.pid, signal);
        else child.kill(signal);
      } catch {
        // Gone already, which is what was wanted.
      }
    };
    let last = 0;
    let lastResort;
    const stop = (signal) => {
      // npm repeats the terminal's signal; a person who insists presses again later than this.
      if (Date.now() - last < echo) return;
      last = Date.now();
      // Only the leader: it knows in which order its own children should end.
      child.kill(signal);
      lastResort ??= setTimeout(() => send("SIGKILL"), patience);
    };
    const limit =
      seconds &&
      setTimeout(() => {
        explain(`${args[0] ?? program} did not finish within ${seconds} s.`);
        stop("SIGTERM");
      }, seconds * 1000);
    const orphaned = watchParent(() => stop("SIGTERM"));
    for (const signal of signals) process.on(signal, stop);

    const settle = () => {
      clearTimeout(limit);
      clearTimeout(lastResort);
      clearInterval(orphaned);
      for (const signal of signals) process.off(signal, stop);
    };
    child.once("error", (error) => {
      settle();
      reject(new Error(`Could not run ${program}: ${error.message}`));
    });
    // "exit", not "close": a grandchild that kept our pipes must not keep us.
    child.once("exit", (code, signal) => {
      settle();
      if (grouped) send("SIGKILL");
      const result = code ?? 128 + constants.signals[signal];
      if (quiet && result !== 0) process.stderr.write(Buffer.concat(held));
      resolve(result);
    });
  });
}

/** npm's shell may die of a signal that it does not pass on; only the change of parent shows it. */
function watchParent(gone) {
  if (!grouped || process.env.npm_lifecycle_event === undefined) return undefined;
  const parent = process.ppid;
  const watch = setInterval(() => process.ppid !== parent && gone(), 1000);
  return watch.unref();
}
