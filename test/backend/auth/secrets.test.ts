import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import { Wallet } from "ethers";
import { pino } from "pino";
import { redaction } from "../../../backend/src/http/redaction.ts";
import { Client } from "../../support/client.ts";
import { startLocalChain, type LocalChain } from "../../support/local-chain.ts";
import { signIn } from "../../support/sign-in.ts";

const program = fileURLToPath(new URL("../../../backend/src/main.ts", import.meta.url));

describe("Secrets", function () {
  this.timeout(90_000);
  let chain: LocalChain;
  let folder: string;
  let child: ChildProcess;
  let said = "";
  let url: string;

  before(async () => {
    chain = await startLocalChain();
    folder = await mkdtemp(join(tmpdir(), "sheaf-"));
    const deployment = join(folder, "deployment.json");
    await writeFile(deployment, JSON.stringify(chain.deployment));
    child = fork(program, [], {
      stdio: ["ignore", "pipe", "pipe", "ipc"],
      env: {
        ...process.env,
        SANDBOX: "true",
        PORT: "0",
        LOG_LEVEL: "trace",
        RPC_URL: chain.url,
        DATA_DIR: folder,
        DEPLOYMENT: deployment,
        TOKEN_SECRET: tokenSecret,
        KEYSTORE_PASSPHRASE: passphrase,
        ADMINISTRATION_KEY: chain.administrationKey,
      },
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", (text: Buffer) => (said += text.toString()));
    }
    url = await listening();
  });

  after(async () => {
    child.kill("SIGTERM");
    if (child.exitCode === null) await once(child, "exit");
    await chain.close();
    await rm(folder, { recursive: true, force: true });
  });

  const tokenSecret = "a token secret of a test's own, 32+";
  const passphrase = "a passphrase of a test's own";

  async function listening(): Promise<string> {
    for (let tries = 0; tries < 600; tries += 1) {
      const found = /Sheaf listens on (http:\/\/[\w.:[\]]+)/.exec(said)?.[1];
      if (found !== undefined) return found;
      if (child.exitCode !== null) throw new Error(`The backend ended: ${said}`);
      await sleep(100);
    }
    throw new Error(`The backend did not start: ${said}`);
  }

  it("are in no log and in no table, whoever signs in, succeeds or fails", async () => {
    const wallet = new Wallet(chain.administrationKey);
    const anyone = new Client(url);
    const { body } = await signIn(url, wallet);
    const refreshed = await anyone.post<Record<string, string>>("/api/v1/auth/refresh", {
      refreshToken: body.refreshToken,
    });
    const by = new Client(url, refreshed.body["accessToken"]);
    const key = await by.post<Record<string, string>>("/api/v1/api-keys", {
      name: "ERP",
      scopes: ["administration"],
    });
    const secrets = [
      tokenSecret,
      passphrase,
      chain.administrationKey,
      chain.administrationKey.slice(2),
      body.accessToken,
      body.refreshToken,
      refreshed.body["accessToken"]!,
      refreshed.body["refreshToken"]!,
      key.body["secret"]!,
      "sheaf_guessed",
    ];
    const machine = new Client(url, key.body["secret"]);
    await machine.post(
      "/api/v1/parties",
      { name: "M", roles: ["buyer"] },
      { "idempotency-key": "m" },
    );
    await new Client(url, "sheaf_guessed").get("/api/v1/orders");
    await anyone.post("/api/v1/auth/refresh", { refreshToken: body.refreshToken });
    await anyone.post("/api/v1/auth/refresh", `{"refreshToken": "${body.refreshToken}`);
    await anyone.post("/api/v1/auth/wallet", { message: "x", signature: "0x00" });
    await sleep(300);
    expect(said).to.include("Sheaf listens");
    const files = (await readdir(folder)).filter((name) => name.startsWith("sheaf.sqlite"));
    const stored = await Promise.all(files.map((name) => readFile(join(folder, name), "latin1")));
    expect(stored.join("")).to.include("api_keys");
    for (const secret of secrets) {
      expect(said, "the log").not.to.include(secret);
      expect(stored.join(""), "the database").not.to.include(secret);
    }
  });

  it("are left out of whatever is logged, wherever in it they stand", () => {
    const lines: string[] = [];
    const log = pino({ redact: redaction }, { write: (line: string) => void lines.push(line) });
    const headers = { authorization: "Bearer hidden", cookie: "hidden", "set-cookie": "hidden" };
    log.info({ req: { method: "GET", headers }, res: { headers } });
    log.info({ body: { refreshToken: "hidden", accessToken: "hidden", signature: "hidden" } });
    log.info({ secret: "hidden", config: { tokenSecret: "hidden", administrationKey: "hidden" } });
    const text = lines.join("");
    expect(text).to.include("[redacted]");
    expect(text).to.include('"method":"GET"');
    expect(text).not.to.include("hidden");
  });
});
