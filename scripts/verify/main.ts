import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { usage, verifyArguments, type VerifyArguments } from "./arguments.ts";
import { worded } from "./report.ts";
import { verify } from "./verify.ts";

/** `npm run verify -- bundle.json [--rpc URL]` */
async function run(): Promise<number> {
  let asked: VerifyArguments;
  let bytes: Uint8Array;
  try {
    asked = verifyArguments(process.argv.slice(2));
    bytes = readFileSync(here(asked.file));
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    return 2;
  }
  try {
    const verdict = await verify(bytes, {
      ...asked,
      deployment: asked.deployment && here(asked.deployment),
    });
    console.log(asked.json ? JSON.stringify(verdict, null, 2) : worded(verdict));
    return verdict.fault === undefined ? 0 : 1;
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    return 2;
  }
}

/** npm runs scripts in the project's folder; the person's own is where a relative path begins. */
function here(path: string): string {
  return resolve(process.env["INIT_CWD"] ?? ".", path);
}

process.exitCode = await run();
