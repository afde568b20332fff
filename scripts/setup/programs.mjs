import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { run } from "./child.mjs";
import { root } from "./root.mjs";

const hook = pathToFileURL(join(root, "scripts", "runtime", "register.mjs")).href;
// Through the environment, so that what a program starts in turn can read TypeScript as well.
const typescript = {
  NODE_OPTIONS: [process.env.NODE_OPTIONS, `--import ${hook}`].filter(Boolean).join(" "),
};

/** Runs one of our own TypeScript files; `flags` are Node's own. */
export function script(file, args, { flags = [], env = {}, ...options } = {}) {
  return run(process.execPath, [...flags, file, ...args], {
    env: { ...typescript, ...env },
    ...options,
  });
}

/** Runs the program that a package brings, under this Node. */
export function packageProgram(name, args, options = {}) {
  const folder = join(root, "node_modules", name);
  const { bin } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const program = typeof bin === "string" ? bin : (bin[name] ?? Object.values(bin)[0]);
  return run(process.execPath, [join(folder, program), ...args], options);
}

export function hardhat(args, options = {}) {
  return packageProgram("hardhat", args, { env: typescript, ...options });
}

export function mocha(args, { env = {}, ...options } = {}) {
  return packageProgram("mocha", args, { env: { ...typescript, ...env }, ...options });
}
