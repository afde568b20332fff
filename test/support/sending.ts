import { Wallet } from "ethers";
import type { Config } from "../../backend/src/config/config.ts";
import { CommandWorker } from "../../backend/src/command/command.worker.ts";
import { startAnvilChain, type AnvilChain } from "./anvil.ts";
import { startBackend, type TestBackend } from "./backend.ts";
import { Client } from "./client.ts";
import { startFaultyNode, type FaultyNode } from "./faulty-node.ts";

/** A backend that sends to an anvil through a door where things go wrong. */
export interface Sending {
  readonly chain: AnvilChain;
  readonly door: FaultyNode;
  readonly started: TestBackend;
  readonly operator: Client;
  /** Administration's account, which signs everything here. */
  readonly account: string;
  /** Asks for a party to be admitted, and does not wait. */
  admit(): Promise<Admission>;
  command(id: string): Promise<Record<string, unknown>>;
  /** Sweeps until it is so. */
  until(what: string, isSo: () => Promise<boolean>): Promise<void>;
  /** Sweeps until the command is in a state. */
  reaches(id: string, state: string): Promise<void>;
  /** Resolves when the read model has the party. */
  isAdmitted(party: string): Promise<void>;
  close(): Promise<void>;
}

interface Admission {
  readonly id: string;
  readonly party: string;
}

export async function startSending(changes: Partial<Config> = {}): Promise<Sending> {
  const chain = await startAnvilChain();
  const door = await startFaultyNode(chain.url);
  const started = await startBackend(chain, { rpcUrl: door.url, rpcTimeout: 1000, ...changes });
  const operator = await new Client(started.url).signedIn("operator");
  const command = async (id: string): Promise<Record<string, unknown>> =>
    (await operator.get(`/api/v1/commands/${id}`)).body;
  const until = async (what: string, isSo: () => Promise<boolean>): Promise<void> => {
    for (let tries = 0; tries < 80; tries += 1) {
      await started.backend.app.get(CommandWorker).sweep();
      if (await isSo()) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`It does not come to this: ${what}.`);
  };
  return {
    chain,
    door,
    started,
    operator,
    account: new Wallet(chain.administrationKey).address,
    command,
    until,
    admit: async () => {
      const key = Wallet.createRandom().address;
      const input = { name: "Sent", roles: ["buyer"], key };
      const prefer = { prefer: "respond-async" };
      const { status, body } = await operator.post("/api/v1/parties", input, prefer);
      if (status !== 202) throw new Error(`${status}: ${JSON.stringify(body)}`);
      return { id: String(body["id"]), party: key };
    },
    reaches: (id, state) =>
      until(`${id} is ${state}`, async () => (await command(id))["state"] === state),
    isAdmitted: (party) =>
      until(
        `${party} is admitted`,
        async () => (await operator.get(`/api/v1/parties/${party}`)).status === 200,
      ),
    close: async () => {
      await started.close();
      await door.close();
      await chain.close();
    },
  };
}
