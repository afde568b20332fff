import { FunctionFragment, type Interface } from "ethers";
import { ethers } from "../chain.ts";
import { everyError } from "../refusals.ts";
import { facilityRows, receivableRows } from "./finance-rows.ts";
import { claimRows, deliveryRows, orderRows } from "./order-rows.ts";
import { administrationRows, moneyRows, partyRows, provenanceRows } from "./party-rows.ts";
import { receiptRows } from "./receipt-rows.ts";
import { allowed, contractCallers, unexplained, type Outcome, type Row } from "./row.ts";
import type { Stage } from "./stage.ts";

/** Who may call what: every function that changes anything, by the scenes that its rows are played in. */
export const table: readonly Row[] = [
  ...partyRows,
  ...administrationRows,
  ...moneyRows,
  ...provenanceRows,
  ...claimRows,
  ...orderRows,
  ...deliveryRows,
  ...receiptRows,
  ...receivableRows,
  ...facilityRows,
].sort((one, other) => (one.in === other.in ? 0 : one.in < other.in ? 1 : -1));

/** The calls that the contracts have, as the table names them: all, or those alone that may change something. */
export function callsOf({ contracts }: Stage, changing: boolean): string[] {
  return contractCallers.flatMap((contract) => {
    const abi: Interface = contracts[contract].interface;
    const calls: string[] = [];
    abi.forEachFunction((fragment) => {
      if (changing && fragment.constant) return;
      const namesakes = abi.fragments.filter(
        (other) => FunctionFragment.isFragment(other) && other.name === fragment.name,
      );
      const name = namesakes.length > 1 ? fragment.format("sighash") : fragment.name;
      calls.push(`${contract}.${name}`);
    });
    return calls;
  });
}

/** The call of a row, coded for the contract that takes it. */
export function encode(
  stage: Stage,
  { call, with: values }: Row,
  caller: string,
): { readonly to: string; readonly data: string } {
  const dot = call.indexOf(".");
  const contract = call.slice(0, dot) as (typeof contractCallers)[number];
  const abi: Interface = stage.contracts[contract].interface;
  const data = abi.encodeFunctionData(call.slice(dot + 1), values(stage, caller));
  return { to: stage.addresses[contract], data };
}

/** Calls without leaving a trace. */
export async function attempt(from: string, to: string, data: string): Promise<Outcome> {
  try {
    await ethers.provider.send("eth_call", [{ from, to, data }, "pending"]);
    return allowed;
  } catch (error) {
    const reason = dataOf(error);
    if (reason === undefined) throw error;
    if (reason === "0x") return unexplained;
    return everyError.interface.parseError(reason)?.name ?? reason;
  }
}

function dataOf(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("data" in error)) return undefined;
  const { data } = error;
  return typeof data === "string" ? data : dataOf(data);
}
