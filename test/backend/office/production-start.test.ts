import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { randomBytes } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { Wallet } from "ethers";
import { deploySheaf } from "../../../scripts/deploy/deploy.ts";
import { startBackend, type BackendProcess } from "../../../scripts/sandbox/backend.ts";
import { freePort } from "../../../scripts/sandbox/port.ts";
import { startAnvil, type AnvilNode } from "../../support/anvil.ts";
import { freshDatabase, type TestDatabase } from "../../support/databases.ts";
import type { Client } from "../../support/client.ts";
import { clientOf } from "../../support/sign-in.ts";
import { made } from "../../support/trade.ts";
import { signedAsLaidOut, type Prepared } from "../../support/wallet-signing.ts";

interface Command {
  readonly id: string;
  readonly state: string;
  readonly prepared: Prepared | null;
}

const delay = 600;

describe("A production start", function () {
  this.timeout(180_000);
  const make = (): Wallet => new Wallet(Wallet.createRandom().privateKey);
  const wallets = {
    administrator: make(),
    operator: make(),
    supervisor: make(),
    guardian: make(),
    anchorer: make(),
  };
  const buyer = make();
  const running: BackendProcess[] = [];
  let chain: AnvilNode;
  let dataDir: string;
  let database: TestDatabase;
  let environment: Record<string, string>;

  before(async () => {
    chain = await startAnvil({ baseFee: 1_000_000_000, timestamp: Math.floor(Date.now() / 1000) });
    const deployer = new Wallet(make().privateKey, chain.provider);
    for (const { address } of [deployer, buyer, ...Object.values(wallets)]) {
      await chain.send("anvil_setBalance", address, "0x56bc75e2d63100000");
    }
    const { administrator, operator, supervisor, guardian, anchorer } = wallets;
    const deployment = await deploySheaf({
      signer: deployer,
      keyDelay: delay,
      offices: {
        administrator: administrator.address,
        operator: operator.address,
        supervisor: supervisor.address,
        guardian: guardian.address,
        anchorer: anchorer.address,
        delay,
      },
    });
    dataDir = await mkdtemp(join(tmpdir(), "sheaf-production-"));
    const manifest = join(dataDir, "deployment.json");
    await writeFile(manifest, JSON.stringify(deployment));
    database = await freshDatabase();
    environment = {
      RPC_URL: chain.url,
      DEPLOYMENT: manifest,
      DATA_DIR: dataDir,
      ...(database.databaseUrl !== undefined && { DATABASE_URL: database.databaseUrl }),
      HOST: "127.0.0.1",
      PUBLIC_ORIGIN: "https://sheaf.test",
      TOKEN_SECRET: randomBytes(32).toString("hex"),
      KEYSTORE_PASSPHRASE: randomBytes(16).toString("hex"),
      ADMINISTRATION_KEY: operator.privateKey,
      SUPERVISION_KEY: supervisor.privateKey,
      ANCHORING_KEY: anchorer.privateKey,
      GUARDIAN_ACCOUNT: guardian.address,
      FINALITY_BLOCKS: "2",
      LOG_LEVEL: "silent",
    };
  });

  after(async () => {
    for (const backend of running) await backend.stop();
    await database.drop();
    await rm(dataDir, { recursive: true, force: true });
    await chain.close();
  });

  const start = async (changes: Record<string, string> = {}): Promise<string> => {
    const started = await startBackend(await freePort(0, "PORT"), { ...environment, ...changes });
    running.push(started);
    return started.url;
  };
  const until = async (client: Client, id: string, state: string): Promise<Command> => {
    for (let tries = 0; tries < 100; tries += 1) {
      const { body } = await client.get<Command>(`/api/v1/commands/${id}`);
      if (body.state === state) return body;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    throw new Error(`${id} does not become ${state}.`);
  };
  const pass = async (seconds: number): Promise<void> => {
    await chain.send("evm_increaseTime", seconds);
    await chain.mine(4);
  };

  it("comes to its first party through the operator's wallet, the delay, and a death in between", async () => {
    const operator = await clientOf(await start(), wallets.operator);
    const mint = { "idempotency-key": "first-admission" };
    const body = { name: "Core platform", roles: ["buyer"], key: buyer.address };
    const asked = await operator.post<Command>("/api/v1/parties", body, mint);
    expect([asked.status, asked.body.state]).to.deep.equal([202, "Scheduled"]);
    // The backend dies with the act scheduled and not done.
    process.kill(running[0]!.pid, "SIGKILL");
    await running.shift()!.ended;
    await pass(delay + 1);
    // Its keys are in the keystore now: the next start is told the accounts.
    const again = await start({
      ADMINISTRATION_KEY: "",
      SUPERVISION_KEY: "",
      ADMINISTRATION_ACCOUNT: wallets.operator.address,
      SUPERVISION_ACCOUNT: wallets.supervisor.address,
    });
    const later = await clientOf(again, wallets.operator);
    await until(later, asked.body.id, "Mined");
    await chain.mine(4);
    await until(later, asked.body.id, "Final");
    const answer = await later.post("/api/v1/parties", body, mint);
    expect([answer.status, answer.body["name"]]).to.deep.equal([201, "Core platform"]);
    const { body: me } = await (await clientOf(again, buyer)).get("/api/v1/auth/me");
    expect([me["id"], me["roles"]]).to.deep.equal([buyer.address, ["buyer"]]);
  });

  it("lets the guardian take back what the operator has scheduled, by a wallet", async () => {
    const url = running[0]!.url;
    const operator = await clientOf(url, wallets.operator);
    const guardian = await clientOf(url, wallets.guardian);
    const body = { amount: "1000000.00" };
    const asked = await operator.post<Command>(`/api/v1/parties/${buyer.address}/deposits`, body);
    expect(asked.status).to.equal(202);
    const { body: open } = await guardian.get<{
      items: { id: string; command: string; says: { en: string } }[];
    }>("/api/v1/scheduled-acts?state=open");
    const [act] = open.items;
    expect(act!.command).to.equal(asked.body.id);
    expect(act!.says.en).to.equal("Credit Core platform with 1000000.00 CNY.");
    const { body: laidOut } = await guardian.post<Command>(
      `/api/v1/scheduled-acts/${act!.id}/cancellation`,
    );
    const raw = signedAsLaidOut(wallets.guardian, laidOut.prepared!);
    made(await guardian.post(`/api/v1/commands/${laidOut.id}/transaction`, { raw }));
    await chain.mine(4);
    const failed = await until(operator, asked.body.id, "Failed");
    expect(failed).to.have.nested.property("error.code", "AccessManagerNotScheduled");
  });

  it("lets the supervisor suspend at once, and not the operator", async () => {
    const url = running[0]!.url;
    const path = `/api/v1/parties/${buyer.address}/suspension`;
    const body = { suspended: true };
    const operator = await clientOf(url, wallets.operator);
    expect((await operator.post(path, body)).status).to.equal(403);
    const supervisor = await clientOf(url, wallets.supervisor);
    const { status, body: party } = await supervisor.post(path, body);
    expect([status, party["suspended"]]).to.deep.equal([200, true]);
  });
});
