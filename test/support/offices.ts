import { Wallet } from "ethers";
import { connectContracts, type Contracts } from "../../scripts/deploy/contracts.ts";
import { deploySheaf } from "../../scripts/deploy/deploy.ts";
import type { Config } from "../../backend/src/config/config.ts";
import { CommandWorker } from "../../backend/src/command/command.worker.ts";
import { ProjectionEngine } from "../../backend/src/projection/projection.engine.ts";
import { startAnvil, type AnvilNode } from "./anvil.ts";
import { startBackend, type TestBackend } from "./backend.ts";
import { Client } from "./client.ts";

/** Seconds that the operator's acts wait. */
export const officeDelay = 3600;
/** Milliseconds that a command may take to a state, on a machine that has other things to do. */
const patience = 30_000;

/** A backend of a deployment whose offices stand behind a delay. */
export interface Offices {
  readonly chain: AnvilNode;
  readonly wallets: Readonly<Record<"operator" | "supervisor" | "guardian", Wallet>>;
  readonly operator: Client;
  readonly supervisor: Client;
  readonly guardian: Client;
  started: TestBackend;
  /** As a wallet of an office calls them, past the backend. */
  past(office: "operator" | "guardian"): Contracts;
  /** Lets chain time pass, and mines a block. */
  pass(seconds: number): Promise<void>;
  /** Looks after all commands, and lets the read model see what came of it. */
  settle(): Promise<void>;
  command(id: string): Promise<Record<string, unknown>>;
  /** Looks after all commands until this one is in a state. */
  reaches(id: string, state: string): Promise<void>;
  restart(changes?: Partial<Config>): Promise<void>;
  close(): Promise<void>;
}

export async function startOffices(changes: Partial<Config> = {}): Promise<Offices> {
  const chain = await startAnvil({ timestamp: Math.floor(Date.now() / 1000) - 30 * 86_400 });
  const make = (): Wallet => new Wallet(Wallet.createRandom().privateKey, chain.provider);
  const deployer = make();
  const wallets = { operator: make(), supervisor: make(), guardian: make() };
  const deployment = await deploySheaf({
    signer: deployer,
    keyDelay: officeDelay,
    offices: {
      administrator: make().address,
      operator: wallets.operator.address,
      supervisor: wallets.supervisor.address,
      guardian: wallets.guardian.address,
      anchorer: make().address,
      delay: officeDelay,
    },
  });
  const local = { ...chain, deployment, administrationKey: wallets.operator.privateKey };
  let started = await startBackend(local, {
    supervisionKey: wallets.supervisor.privateKey,
    guardianAccount: wallets.guardian.address,
    ...changes,
  });
  const anyone = new Client(started.url);
  const signedIn = (office: string): Promise<Client> => anyone.signedIn(office);
  const offices = {
    operator: await signedIn("operator"),
    supervisor: await signedIn("supervisor"),
    guardian: await signedIn("guardian"),
  };
  return {
    chain,
    wallets,
    ...offices,
    started,
    past: (office) => connectContracts(deployment, wallets[office]),
    pass: async (seconds) => {
      await chain.send("evm_increaseTime", seconds);
      await chain.mine();
    },
    async settle() {
      const { app } = started.backend;
      await app.get(ProjectionEngine).catchUp();
      await app.get(CommandWorker).sweep();
      await app.get(ProjectionEngine).catchUp();
      await app.get(CommandWorker).sweep();
    },
    async command(this: Offices, id) {
      const { body } = await this.operator.get(`/api/v1/commands/${id}`);
      return body;
    },
    async reaches(this: Offices, id, state) {
      let found: unknown;
      const end = Date.now() + patience;
      while (Date.now() < end) {
        await this.settle();
        found = (await this.command(id))["state"];
        if (found === state) return;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      throw new Error(`${id} is ${String(found)}, not ${state}.`);
    },
    async restart(this: Offices, more = {}) {
      started = await started.restart(more);
      this.started = started;
      const again = new Client(started.url);
      Object.assign(this, {
        operator: await again.signedIn("operator"),
        supervisor: await again.signedIn("supervisor"),
        guardian: await again.signedIn("guardian"),
      });
    },
    close: async () => {
      await started.close();
      await chain.close();
    },
  };
}
