// The door to every npm script. It has no dependencies and runs on any Node >= 18: it finds a Node
// that is new enough, installs, compiles and builds what has changed, then runs the named task.
import "./runtime/leash.mjs";
import { findNode, isNewEnough } from "./setup/node.mjs";
import { run } from "./setup/child.mjs";
import { explain } from "./setup/progress.mjs";
import { root } from "./setup/root.mjs";

const [name, ...args] = process.argv.slice(2);

try {
  process.exitCode = isNewEnough() ? await perform() : await continueUnderNewNode();
} catch (error) {
  explain(error);
  process.exitCode = 1;
}

async function continueUnderNewNode() {
  return run(await findNode(), ["scripts/bootstrap.mjs", name, ...args].filter(Boolean));
}

async function perform() {
  const { setUp } = await import("./setup/stages.mjs");
  const { tasks } = await import("./setup/tasks.mjs");
  const task = tasks[name];
  if (task === undefined) {
    explain(`There is no task "${name ?? ""}". Tasks: ${Object.keys(tasks).join(", ")}.`);
    return 2;
  }
  process.chdir(root);
  return (await setUp(task.needs)) || (await task.run(args));
}
