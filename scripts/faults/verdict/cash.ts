import type { JsonRpcProvider } from "ethers";
import type { Deployment } from "../../../backend/src/chain/deployment.ts";
import type { Id } from "../../api/resources.ts";
import { connectContracts } from "../../deploy/contracts.ts";
import type { Book } from "../model/book.ts";
import type { Finding } from "./finding.ts";

/** Everybody holds, by the currency's own contract, what the book says, to the minor unit. */
export async function compareCash(
  { cash }: Pick<Book, "cash">,
  everybody: readonly Id[],
  provider: JsonRpcProvider,
  deployment: Deployment,
): Promise<Finding[]> {
  const { deposits } = connectContracts(deployment, provider);
  const findings: Finding[] = [];
  for (const party of everybody) {
    const held = await deposits.balanceOf(party);
    const expected = cash.get(party) ?? 0n;
    if (held === expected) continue;
    const says = `${party} holds ${String(held)}, and should hold ${String(expected)}`;
    findings.push({ verdict: "cash", says });
  }
  return findings;
}
