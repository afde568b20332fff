import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { chownSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { freePort } from "../sandbox/port.ts";
import { postgresPrograms, postgresUser } from "./programs.ts";

const startsWithin = 30_000;
// It ends when whoever started it does, whatever ended that: its standard input closes then.
const leash = '"$@" & server=$!; read -r signal; kill -"${signal:-QUIT}" "$server"; wait "$server"';

/** A PostgreSQL of a test's or a campaign's own, on a free port, in a folder that goes with it. */
export class PostgresServer {
  readonly #folder = mkdtempSync(join(tmpdir(), "sheaf-postgres-"));
  readonly #password = randomBytes(16).toString("hex");
  readonly #user = postgresUser();
  /** Folder of its programs: `pg_dump` and others. */
  readonly programs = postgresPrograms();
  #port = 0;
  #process: ChildProcess | undefined;

  private constructor(private readonly durable: boolean) {}

  /**
   * @param durable whether it waits for the disk, which an outage of the machine would need and a crash of its own does not
   * @throws where PostgreSQL is not installed, or does not start within 30 s
   */
  static async start({ durable = false } = {}): Promise<PostgresServer> {
    const server = new PostgresServer(durable);
    server.#initialise();
    server.#port = await freePort(0, "PostgreSQL's port");
    await server.#run();
    return server;
  }

  /** Makes an empty database and gives its address, `postgres://…`. */
  async createDatabase(): Promise<string> {
    const name = `sheaf_${randomBytes(8).toString("hex")}`;
    await this.#administer(`CREATE DATABASE ${name}`);
    return this.#address(name);
  }

  async dropDatabase(url: string): Promise<void> {
    const name = new URL(url).pathname.slice(1);
    await this.#administer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  }

  /**
   * Ends it as a crash would, and starts it again on the same data.
   * @param down milliseconds that it is away
   */
  crash(down = 0): Promise<void> {
    return this.without(() => sleep(down));
  }

  /** As `crash`; it is away while `work` runs. */
  async without<T>(work: () => Promise<T>): Promise<T> {
    await this.#end("QUIT");
    try {
      return await work();
    } finally {
      await this.#run();
    }
  }

  async stop(): Promise<void> {
    await this.#end("INT");
    rmSync(this.#folder, { recursive: true, force: true });
  }

  get #data(): string {
    return join(this.#folder, "data");
  }

  #address(database: string): string {
    return `postgres://sheaf:${this.#password}@127.0.0.1:${String(this.#port)}/${database}`;
  }

  #initialise(): void {
    const passwordFile = join(this.#folder, "password");
    writeFileSync(passwordFile, this.#password, { mode: 0o600 });
    const user = this.#user;
    if (user !== undefined) {
      for (const path of [this.#folder, passwordFile]) chownSync(path, user.uid, user.gid);
    }
    const access = ["--username=sheaf", `--pwfile=${passwordFile}`, "--auth=scram-sha-256"];
    execFileSync(
      join(this.programs, "initdb"),
      [`--pgdata=${this.#data}`, "--encoding=UTF8", "--no-sync", ...access],
      { ...user, cwd: this.#folder, stdio: "pipe" },
    );
  }

  async #run(): Promise<void> {
    const settings = {
      port: String(this.#port),
      unix_socket_directories: this.#folder,
      listen_addresses: "127.0.0.1",
      max_connections: "300",
      fsync: this.durable ? "on" : "off",
    };
    const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
    const program = join(this.programs, "postgres");
    const child = spawn("/bin/sh", ["-c", leash, "sh", program, "-D", this.#data, ...flags], {
      ...this.#user,
      cwd: this.#folder,
      stdio: ["pipe", "ignore", "pipe"],
    });
    this.#process = child;
    let said = "";
    child.stderr.on("data", (chunk: Buffer) => (said = (said + chunk.toString()).slice(-2000)));
    // Nothing of it keeps the process that started it from ending.
    child.unref();
    for (const stream of [child.stdin, child.stderr])
      (stream as unknown as { unref(): void }).unref();
    const deadline = Date.now() + startsWithin;
    while (!(await this.#answers())) {
      if (child.exitCode !== null || Date.now() > deadline) {
        child.kill();
        throw new Error(`PostgreSQL did not start: ${said}`);
      }
      await sleep(50);
    }
  }

  async #answers(): Promise<boolean> {
    return this.#administer("SELECT 1").then(
      () => true,
      () => false,
    );
  }

  async #administer(sql: string): Promise<void> {
    const client = new Client({
      connectionString: this.#address("postgres"),
      connectionTimeoutMillis: 5000,
    });
    client.on("error", () => undefined);
    try {
      await client.connect();
      await client.query(sql);
    } finally {
      await client.end();
    }
  }

  async #end(signal: "INT" | "QUIT"): Promise<void> {
    const child = this.#process;
    if (child?.exitCode !== null) return;
    child.ref();
    const gone = once(child, "exit");
    child.stdin?.end(`${signal}\n`);
    await gone;
  }
}
