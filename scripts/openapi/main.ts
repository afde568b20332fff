import { writeFile } from "node:fs/promises";
import { describeApi } from "../../backend/src/app.ts";

/** Writes the OpenAPI document of the backend into a file: `main.ts FILE`. */
const [file] = process.argv.slice(2);
if (file === undefined) {
  process.stderr.write("Usage: main.ts FILE\n");
  process.exitCode = 2;
} else {
  await writeFile(file, `${JSON.stringify(await describeApi(), undefined, 2)}\n`);
}
