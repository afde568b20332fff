import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import { say } from "./progress.mjs";
import { cache } from "./root.mjs";

const oldest = [22, 15];
const wanted = 24;

export function isNewEnough(version = process.versions.node) {
  const [major, minor] = version.split(".").map(Number);
  return major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
}

/**
 * The path of a Node 24 for this machine, from npm's own cache of programs.
 *
 * It is then run directly rather than under `npm exec`, whose shell in between would stand in the
 * way of signals and cost a second at every start.
 */
export async function findNode() {
  const note = join(cache, "node-path");
  const known = existsSync(note) ? readFileSync(note, "utf8") : "";
  if (known && existsSync(known)) return known;

  say(`Node ${process.versions.node} is too old for Hardhat 3; fetching Node ${wanted} ...`);
  const system = process.platform === "win32" ? "win" : process.platform;
  const source = `node-${system}-${process.arch}@${wanted}`;
  const args = ["exec", "--yes", `--package=${source}`, "--", "node", "-p", "process.execPath"];
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [npm(), ...args], {
      timeout: 300_000,
    });
    const path = stdout.trim().split(/\r?\n/).at(-1);
    mkdirSync(cache, { recursive: true });
    writeFileSync(note, path);
    return path;
  } catch (error) {
    throw new Error(
      `Could not fetch ${source}: ${error.stderr?.trim() || error.message}\n` +
        `Install Node ${oldest.join(".")} or later by hand and run the command again.`,
    );
  }
}

/** npm's own script, so that npm can be run by a Node of our choice. */
export function npm() {
  const beside = [
    join(dirname(process.execPath), "..", "lib", "node_modules", "npm", "bin", "npm-cli.js"),
    join(dirname(process.execPath), "node_modules", "npm", "bin", "npm-cli.js"),
  ];
  const onPath = (process.env.PATH ?? "")
    .split(delimiter)
    .flatMap((folder) => [
      join(folder, "npm"),
      join(folder, "node_modules", "npm", "bin", "npm-cli.js"),
    ]);
  const found = [process.env.npm_execpath, ...beside, ...onPath]
    .filter((path) => path && existsSync(path))
    .map((path) => realpathSync(path))
    .find((path) => /npm-cli\.c?js$/.test(path));
  if (found === undefined) throw new Error("npm was not found; it comes with Node.");
  return found;
}
