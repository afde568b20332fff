import { idOf } from "../../backend/src/chain/hex.ts";
import { LogDecoder } from "../../backend/src/chain/log-decoder.ts";
import type { Deployment } from "../../backend/src/chain/deployment.ts";
import type { Rpc } from "../../backend/src/chain/rpc.ts";
import { LogSource } from "../../backend/src/projection/log-source.ts";

type Values = Readonly<Record<string, unknown>>;

const id = (value: unknown): string => idOf(value as bigint);

/** By the event that tells of something for the first time: the noun, and the key of what it tells of. */
const births: Readonly<Partial<Record<string, readonly [string, (args: Values) => string]>>> = {
  OriginationPaused: ["origination", () => "1"],
  DeploymentRetired: ["origination", () => "1"],
  PartyAdmitted: ["party", ({ party }) => String(party)],
  CurrencyApproved: ["currency", ({ token }) => String(token)],
  OrderIssued: ["order", ({ order }) => id(order)],
  Despatched: ["delivery", ({ order, number }) => `${id(order)} ${String(number)}`],
  ReceiptIssued: ["receipt", ({ receipt }) => id(receipt)],
  ReceiptSplit: ["receipt", ({ child }) => id(child)],
  CapacitySet: ["capacity", ({ warehouse }) => String(warehouse)],
  ReceivableConfirmed: ["receivable", ({ receivable }) => id(receivable)],
  LoanRecord: ["loan", ({ root }) => id(root)],
  Anchored: ["anchor", ({ root }) => String(root)],
  FacilityOpened: ["facility", ({ facility }) => id(facility)],
};

/** Keys of all that the contracts have told of up to a block, by the name of the noun. */
export async function birthsUpTo(
  block: number,
  rpc: Rpc,
  deployment: Deployment,
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const decoder = new LogDecoder(deployment);
  const born = new Map<string, Set<string>>();
  const source = new LogSource(rpc);
  for (let first = deployment.block; first <= block;) {
    const { blocks, last } = await source.range(first, block, decoder.addresses);
    first = last.number + 1;
    for (const log of blocks.flatMap(({ logs }) => logs)) {
      const event = decoder.decode(log);
      const [noun, keyOf] = births[event?.name ?? ""] ?? [];
      if (event === undefined || noun === undefined || keyOf === undefined) continue;
      born.set(noun, (born.get(noun) ?? new Set()).add(keyOf(event.args)));
    }
  }
  return born;
}
