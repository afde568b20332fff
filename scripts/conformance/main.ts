import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { startSandbox } from "../sandbox/sandbox.ts";
import { checkSample } from "./check.ts";
import { samplesIn } from "./folder.ts";
import { Repository } from "./repository.ts";

const usage = `npm run conformance -- DIR

Captures every EPCIS document of DIR (.jsonld, .json) in a sandbox of its own, over HTTP, reads each event back and
compares; where a .hashes file lies beside a document, each event's hash too. Prints what differs.`;

process.exitCode = await main();

/** 0 if everything passes, 1 if something fails or there is nothing to check. */
async function main(): Promise<number> {
  const [directory, ...rest] = process.argv.slice(2);
  if (directory === undefined || rest.length > 0) {
    console.error(usage);
    return 1;
  }
  // npm runs scripts in the project's folder; the person's own is where a relative path begins.
  const folder = resolve(process.env["INIT_CWD"] ?? ".", directory);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
    console.error(`${directory} is no folder.`);
    return 1;
  }
  const samples = samplesIn(folder);
  if (samples.length === 0) console.error(`There is no EPCIS document in ${directory}.`);
  const dataDir = mkdtempSync(join(tmpdir(), "sheaf-conformance-"));
  const sandbox = await startSandbox({
    dataDir,
    progress: (step) => {
      console.error(`  ${step}`);
    },
  });
  const stop = (): void => {
    void sandbox.stop().finally(() => process.exit(1));
  };
  process.once("SIGINT", stop).once("SIGTERM", stop);
  let [passed, failed] = [0, 0];
  try {
    const repository = new Repository(sandbox.url);
    for (const sample of samples) {
      for (const { what, fault } of await checkSample(sample, repository)) {
        if (fault === undefined) passed += 1;
        else {
          failed += 1;
          console.log(`${what}: FAILED: ${fault}`);
        }
      }
    }
  } finally {
    process.off("SIGINT", stop).off("SIGTERM", stop);
    await sandbox.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0 ? 0 : 1;
}
