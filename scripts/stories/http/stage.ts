import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Actor } from "../../api/actor.ts";
import { Operator } from "../../api/operator.ts";
import { Reader } from "../../api/reader.ts";
import type { Id, Role } from "../../api/resources.ts";
import { SandboxClient } from "../../api/sandbox-client.ts";
import { startSandbox } from "../../sandbox/sandbox.ts";
import { type PartyName, partyNames } from "../story.ts";

/** Nobody can sign in without a role: `anyone` has the one of an arbiter whom no order names. */
const roles: Readonly<Record<PartyName, Role>> = {
  buyer: "buyer",
  cooperative: "cooperative",
  warehouse: "warehouse",
  arbiter: "arbiter",
  lender: "lender",
  lender2: "lender",
  anyone: "arbiter",
};
/** The most that the API takes, thousandths. */
const ampleCapacity = (1n << 48n) - 1n;
/** Long before any story, since a sandbox's calendar only moves forward. */
const genesis = new Date("2000-01-01T00:00:00Z");

/** One of the parties of a story, signed in. */
interface Player {
  readonly id: Id;
  readonly actor: Actor;
  readonly reader: Reader;
}

/** A sandbox in which nothing has happened but that the parties were let in. */
export interface Stage {
  readonly operator: Operator;
  readonly players: Readonly<Record<PartyName, Player>>;
  /** Ends its processes and removes its data. */
  clear(): Promise<void>;
}

/** Where a stage's backend keeps its rows; SQLite where there is no address. */
export interface StageDatabase {
  readonly databaseUrl: string | undefined;
  drop(): Promise<void>;
}

/** Starts a sandbox and admits the parties, which gives every approval of the currency too. */
export async function buildStage(makeDatabase?: () => Promise<StageDatabase>): Promise<Stage> {
  const dataDir = await mkdtemp(join(tmpdir(), "sheaf-story-"));
  const database = await makeDatabase?.();
  const removeData = async () => {
    await database?.drop();
    await rm(dataDir, { recursive: true, force: true });
  };
  const databaseUrl = database?.databaseUrl;
  const sandbox = await startSandbox({ dataDir, databaseUrl, startAt: genesis }).catch(
    async (problem: unknown) => {
      await removeData();
      throw problem;
    },
  );
  const clear = async () => {
    await sandbox.stop();
    await removeData();
  };
  try {
    const client = new SandboxClient(sandbox.url);
    const operator = new Operator(client.as("operator"));
    return { operator, players: await admitPlayers(client, operator), clear };
  } catch (problem) {
    await clear();
    throw problem;
  }
}

async function admitPlayers(client: SandboxClient, operator: Operator): Promise<Stage["players"]> {
  const admitted = partyNames.map(async (name): Promise<[PartyName, Player]> => {
    const { id } = await operator.admit({ name, roles: [roles[name]] });
    const caller = client.as(id);
    return [name, { id, actor: new Actor(caller), reader: new Reader(caller) }];
  });
  const players = Object.fromEntries(await Promise.all(admitted)) as Stage["players"];
  await operator.setCapacity(players.warehouse.id, ampleCapacity);
  return players;
}
