import { createApp } from "./app.ts";
import { parseConfig } from "./config/config.ts";

try {
  const backend = await createApp(parseConfig(process.env));
  process.stdout.write(`Sheaf listens on ${await backend.listen()}\n`);
  let closing: Promise<void> | undefined;
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      closing ??= backend.close();
    });
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
