import { setTimeout as sleep } from "node:timers/promises";
import { Wallet } from "ethers";
import { AnchorService } from "../../backend/src/anchor/anchor.service.ts";
import type { Config } from "../../backend/src/config/config.ts";
import type { CrashPoint } from "../../backend/src/crash/crash-points.ts";
import { Database } from "../../backend/src/database/database.ts";
import { EpcisEventRow } from "../../backend/src/epcis/epcis.entity.ts";
import type { ProvableEvent } from "../../backend/src/proof/provable-event.ts";
import { startBackend as startProcess } from "../../scripts/sandbox/backend.ts";
import { freePort } from "../../scripts/sandbox/port.ts";
import { connectContracts, type Contracts } from "../../scripts/deploy/contracts.ts";
import { document, field, harvest } from "../backend/epcis/own-events.ts";
import { startBackend, type TestBackend } from "./backend.ts";
import { Client } from "./client.ts";
import type { LocalChain } from "./local-chain.ts";

const patience = 20_000;

/** A backend that anchors each second what a cooperative has captured. */
export class Anchoring {
  #pickers = 0;

  private constructor(
    readonly chain: Pick<LocalChain, "deployment" | "administrationKey" | "provider" | "url">,
    private started: TestBackend,
    private cooperative: Client,
    private readonly party: string,
    /** As administration calls them. */
    readonly contracts: Contracts,
  ) {}

  static async start(chain: LocalChain, changes: Partial<Config> = {}): Promise<Anchoring> {
    const started = await startBackend(chain, { anchorSeconds: 1, ...changes });
    const operator = await new Client(started.url).signedIn("operator");
    const { body } = await operator.post("/api/v1/parties", {
      name: "Cooperative",
      roles: ["cooperative"],
    });
    const party = String(body["id"]);
    await operator.put("/api/v1/locations", { uri: field, party, name: "a field" });
    const cooperative = await new Client(started.url).signedIn(party);
    const administrator = new Wallet(chain.administrationKey, chain.provider);
    const contracts = connectContracts(chain.deployment, administrator);
    return new Anchoring(chain, started, cooperative, party, contracts);
  }

  get url(): string {
    return this.started.url;
  }

  get database(): Database {
    return this.started.backend.app.get(Database);
  }

  /** So many events that nobody has captured before. */
  async capture(count: number): Promise<void> {
    const events = Array.from({ length: count }, () => {
      this.#pickers += 1;
      return harvest({ "farm:pickers": String(this.#pickers) });
    });
    const { status } = await this.cooperative.post("/epcis/capture", document(...events));
    if (status !== 202) throw new Error(`The capture was answered with ${status}.`);
  }

  /** All events in the order of recording. */
  async events(): Promise<ProvableEvent[]> {
    const rows = await this.database.read.find(EpcisEventRow, { order: { id: "ASC" } });
    return this.started.backend.app.get(AnchorService).provable(rows);
  }

  /** Resolves with them when there are so many and all are anchored. */
  async allAnchored(count: number): Promise<ProvableEvent[]> {
    let events: ProvableEvent[] = [];
    await this.until(`${count} events are anchored`, async () => {
      events = await this.events();
      return events.length === count && events.every(({ anchor }) => anchor !== null);
    });
    return events;
  }

  async until(what: string, holds: () => Promise<boolean>): Promise<void> {
    const end = Date.now() + patience;
    while (!(await holds())) {
      if (Date.now() > end) throw new Error(`It did not come to pass that ${what}.`);
      await sleep(50);
    }
  }

  async restart(changes: Partial<Config> = {}, meanwhile?: () => Promise<void>): Promise<void> {
    this.started = await this.started.restart(changes, meanwhile);
    this.cooperative = await new Client(this.started.url).signedIn(this.party);
  }

  /** Another process goes on with the same data, and dies there; afterwards this one goes on. */
  async survive(point: CrashPoint, changes: Partial<Config> = {}): Promise<void> {
    const { config } = this.started;
    const environment = {
      SANDBOX: "true",
      RPC_URL: config.rpcUrl,
      DATA_DIR: config.dataDir,
      DEPLOYMENT: config.deploymentFile ?? "",
      ADMINISTRATION_KEY: config.administrationKey ?? "",
      ANCHOR_SECONDS: "1",
      LOG_LEVEL: "silent",
      CRASH_AT: point,
      ...(config.databaseUrl !== undefined && { DATABASE_URL: config.databaseUrl }),
    };
    await this.restart(changes, async () => {
      const dying = await startProcess(await freePort(0, "PORT"), environment);
      const isOver = dying.ended.then(() => true);
      const isDead = await Promise.race([isOver, sleep(patience, false, { ref: false })]);
      await dying.stop();
      if (!isDead) throw new Error(`The process did not come to ${point}.`);
    });
  }

  close(): Promise<void> {
    return this.started.close();
  }
}
