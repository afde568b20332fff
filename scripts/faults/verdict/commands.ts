import { Not, type EntityManager } from "typeorm";
import type { JsonRpcProvider } from "ethers";
import { CommandRow, SigningAccountRow } from "../../../backend/src/command/command.entity.ts";
import type { Finding } from "./finding.ts";

/** Every command is final, or failed with a reason. */
export async function unsettledCommands(record: EntityManager): Promise<Finding[]> {
  const open = await record.findBy(CommandRow, { state: Not("Final") });
  return open
    .filter(({ state, error }) => state !== "Failed" || error === null)
    .map(({ id, state, method, nonce }) => ({
      verdict: "unsettled",
      says: `${method} ${id} is ${state}, nonce ${String(nonce)}`,
    }));
}

/**
 * Of each key: what is mined with it is what is on record, one command for each nonce, and nothing is left over.
 * @param before transactions of a key before the backend had it
 */
export async function nonceHoles(
  record: EntityManager,
  provider: JsonRpcProvider,
  before: ReadonlyMap<string, number>,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  const say = (says: string): void => void findings.push({ verdict: "nonces", says });
  for (const { key, nextNonce } of await record.find(SigningAccountRow)) {
    const mined = Number(await provider.send("eth_getTransactionCount", [key, "latest"]));
    const waiting = Number(await provider.send("eth_getTransactionCount", [key, "pending"]));
    const first = before.get(key) ?? 0;
    if (waiting !== mined) say(`${key} has ${String(waiting - mined)} transactions unmined`);
    if (nextNonce !== mined)
      say(`${key} would sign with nonce ${String(nextNonce)}, the chain is at ${String(mined)}`);
    const commands = await record.findBy(CommandRow, { key });
    const byNonce = new Map<number, string[]>();
    for (const { nonce, transaction, id } of commands) {
      if (nonce === null || transaction === null) continue;
      if (nonce >= mined) say(`${id} has nonce ${String(nonce)}, which was never mined`);
      const receipt = await provider.getTransactionReceipt(transaction);
      if (receipt !== null) byNonce.set(nonce, [...(byNonce.get(nonce) ?? []), id]);
    }
    for (let nonce = first; nonce < mined; nonce++) {
      const ids = byNonce.get(nonce) ?? [];
      if (ids.length !== 1)
        say(`${key}: nonce ${String(nonce)} is that of ${String(ids.length)} mined commands`);
    }
  }
  return findings;
}
