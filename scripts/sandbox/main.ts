import { rm } from "node:fs/promises";
import { resolve } from "node:path";
import { SandboxClient } from "../api/sandbox-client.ts";
import { manifestOf, writeManifest } from "../deploy/manifest.ts";
import { loadSeason, seasonStart } from "./season.ts";
import { startSandbox, type Sandbox } from "./sandbox.ts";
import { summarise } from "./summary.ts";

/** `npm start`: the sandbox with its sample season, until Ctrl-C. */
interface Settings {
  readonly port: number;
  readonly rpcPort: number;
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
}

function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const faults: string[] = [];
  const port = (name: string, otherwise: number): number => {
    const given = environment[name] ?? String(otherwise);
    const value = /^\d{1,5}$/.test(given) ? Number(given) : Number.NaN;
    if (!(value <= 65_535))
      faults.push(`${name}: "${given}" is not a port; a number from 0 to 65535 is.`);
    return value;
  };
  const settings = {
    port: port("PORT", 3000),
    rpcPort: port("RPC_PORT", 8545),
    dataDir: resolve(environment["DATA_DIR"] ?? "data"),
    databaseUrl: environment["DATABASE_URL"],
  };
  if (faults.length > 0) throw new Error(faults.join("\n"));
  return settings;
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** The chain of a sandbox lives in memory: what a database has of an earlier one can't be true any more. */
async function startAfresh(dataDir: string): Promise<string> {
  const folder = resolve(dataDir, "sandbox");
  await rm(folder, { recursive: true, force: true });
  return folder;
}

async function run(): Promise<void> {
  const settings = readSettings(process.env);
  const interrupted = new Promise<void>((done) => {
    process.once("SIGINT", done);
    process.once("SIGTERM", done);
  });
  say("Sheaf sandbox: a local chain in memory, so every start is a fresh one.");
  const sandbox = await startSandbox({
    port: settings.port,
    rpcPort: settings.rpcPort,
    dataDir: await startAfresh(settings.dataDir),
    databaseUrl: settings.databaseUrl,
    startAt: seasonStart(),
    progress: (step) => {
      say(`  ${step} ...`);
    },
  });
  try {
    await writeManifest(sandbox.deployment, manifestOf(sandbox.deployment.chainId));
    say("  loading the sample season ...");
    const client = new SandboxClient(sandbox.url);
    await Promise.race([loadSeason(client).then(() => greet(sandbox, client)), interrupted]);
    const end = await Promise.race([
      interrupted.then(() => "asked" as const),
      sandbox.ended.then(() => "by itself" as const),
    ]);
    if (end === "by itself") throw new Error("The backend has ended by itself.");
  } finally {
    say("Stopping ...");
    await sandbox.stop();
    say("Stopped.");
  }
}

async function greet(sandbox: Sandbox, client: SandboxClient): Promise<void> {
  process.stdout.write(`${await summarise(sandbox, client)}\n`);
}

try {
  await run();
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
