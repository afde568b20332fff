import { parseArgs } from "node:util";
import { ApiUnreachable } from "../api/api-problem.ts";
import { SandboxClient } from "../api/sandbox-client.ts";
import { playDemo } from "./demo.ts";

const usage = `npm run demo -- [--pace SECONDS] [--url URL]

Plays one order, from issue to payment, against the running sandbox (npm start), at a pace that can be followed on
the page. --pace 2 is the pause between two steps; the sandbox is looked for on PORT (3000) unless --url names it.`;

process.exitCode = await main();

/** `npm run demo`: 0 if the story ends as it has to, 1 otherwise. */
async function main(): Promise<number> {
  const abort = new AbortController();
  const interrupt = (): void => {
    abort.abort();
  };
  process.once("SIGINT", interrupt).once("SIGTERM", interrupt);
  let options: ReturnType<typeof readOptions>;
  try {
    options = readOptions(process.argv.slice(2));
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
    return 1;
  }
  const { url, pace } = options;
  try {
    const client = new SandboxClient(url);
    return (await playDemo(client, { pace, say: console.log, signal: abort.signal })) ? 0 : 1;
  } catch (error) {
    if (abort.signal.aborted) return 130;
    const advice =
      "Start the sandbox in another terminal with `npm start`, or name a running one with --url.";
    const isAbsent = error instanceof ApiUnreachable;
    console.error(error instanceof Error ? error.message : String(error));
    if (isAbsent) console.error(advice);
    return 1;
  } finally {
    process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
  }
}

function readOptions(args: readonly string[]): { readonly url: string; readonly pace: number } {
  const { values } = parseArgs({
    args: [...args],
    options: { pace: { type: "string", default: "2" }, url: { type: "string" } },
  });
  const port = process.env["PORT"] ?? "3000";
  const url = values.url ?? `http://127.0.0.1:${port}`;
  if (!URL.canParse(url) || !/^https?:/.test(url)) {
    throw new Error(`"${url}" is no address like http://localhost:3000 (--url, PORT).`);
  }
  if (!/^\d{1,3}(\.\d{1,3})?$/.test(values.pace)) {
    throw new Error(`--pace is a number of seconds, not "${values.pace}".`);
  }
  return { url, pace: Number(values.pace) * 1000 };
}
