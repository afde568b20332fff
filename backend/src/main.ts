import { Logger } from "@nestjs/common";
import { createApp } from "./app.ts";
import { parseConfig } from "./config/config.ts";

try {
  const backend = await createApp(parseConfig(process.env));
  new Logger("Sheaf").log(`Sheaf listens on ${await backend.listen()}`);
  let closing: Promise<void> | undefined;
  const close = (): void => {
    closing ??= backend.close();
  };
  process.on("SIGINT", close);
  process.on("SIGTERM", close);
  // Whoever started it over a channel (the sandbox) is gone.
  process.on("disconnect", close);
  // To listen for its end must not keep this process alive once it has closed.
  process.channel?.unref();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
