import { createApp } from "../../../backend/src/app.ts";
import { Rpc } from "../../../backend/src/chain/rpc.ts";
import { parseConfig } from "../../../backend/src/config/config.ts";
import { Database } from "../../../backend/src/database/database.ts";
import { stateHash } from "../../../backend/src/projection/state-hash.ts";
import { readModel } from "../../../backend/src/read-model.ts";
import { reconcile } from "../../reconcile/reconcile.ts";
import type { World } from "../world/world.ts";
import type { Finding } from "./finding.ts";

/** The read model that lived through it all is what a new one would be, and what the contracts say. */
export async function compareStates(world: World, live: Database): Promise<Finding[]> {
  const findings: Finding[] = [];
  const environment = world.environment("rebuilt", world.network.url);
  const rebuilt = await createApp({
    ...parseConfig({ ...environment, PORT: "0" }),
    logLevel: "silent",
  });
  try {
    const { rows } = readModel();
    const lived = await stateHash(live.read, rows);
    const anew = await stateHash(rebuilt.app.get(Database).read, rows);
    if (lived !== anew)
      findings.push({ verdict: "state", says: `state hash ${lived}, rebuilt from zero ${anew}` });
  } finally {
    await rebuilt.close();
  }
  const rpc = new Rpc(world.network.url, world.deployment.chainId);
  try {
    const { block, differences } = await reconcile(live.read, rpc, world.deployment);
    const head = await world.head();
    if (block !== head)
      findings.push({
        verdict: "state",
        says: `the record is at block ${String(block)}, the chain at ${String(head)}`,
      });
    findings.push(...differences.map((says) => ({ verdict: "state", says }) as const));
  } finally {
    rpc.destroy();
  }
  return findings;
}
