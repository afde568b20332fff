import type { JsonRpcProvider, LogDescription } from "ethers";
import type { Deployment } from "../../../backend/src/chain/deployment.ts";
import { idOf, textOfBytes } from "../../../backend/src/chain/hex.ts";
import { connectContracts } from "../../deploy/contracts.ts";
import { effect, type Effect } from "../model/effect.ts";

type Args = Readonly<Record<string, unknown>>;

/** Blocks that logs are asked for at a time. */
const range = 2000;
const nobody = "0x0000000000000000000000000000000000000000";

/**
 * They repeat what an act's own event says, or say what follows from it. Trees of events are as large as they happen to
 * be: there is another verdict on them.
 */
const derived = new Set([
  "Anchored",
  "Approval",
  "LienPlaced",
  "LienReleased",
  "LoanRecord",
  "LoanSettled",
  "OrderRecord",
  "ReceiptRecord",
  "ReceivableConfirmed",
  "ReceivableRecord",
  "CapacityUsed",
]);

const id = (value: unknown): string => idOf(value as bigint);
const text = (value: unknown): string => textOfBytes(value as string);
const count = (value: unknown): bigint => value as bigint;
const termsOf = (args: Args): Args => args["terms"] as Args;

/** By the event: what makes an effect this one and no other, as the driver tells it. */
const told: Readonly<Partial<Record<string, (args: Args) => Effect>>> = {
  PartyAdmitted: ({ name }) => effect("PartyAdmitted", String(name)),
  CapacitySet: ({ warehouse, capacity }) =>
    effect("CapacitySet", String(warehouse), count(capacity)),
  FacilityOpened: (args) =>
    effect("FacilityOpened", String(args["lender"]), text(termsOf(args)["number"])),
  OrderIssued: (args) => effect("OrderIssued", text(termsOf(args)["number"]), id(args["order"])),
  OrderAccepted: ({ order }) => effect("OrderAccepted", id(order)),
  OrderCancelled: ({ order }) => effect("OrderCancelled", id(order)),
  DrawnDown: ({ root, amount }) => effect("DrawnDown", id(root), count(amount)),
  Repaid: ({ root, interest, principal }) =>
    effect("Repaid", id(root), count(interest), count(principal)),
  ReceiptIssued: (args) =>
    effect("ReceiptIssued", text(termsOf(args)["ticket"]), count(termsOf(args)["quantity"])),
  Earmarked: ({ receipt, order }) => effect("Earmarked", id(receipt), id(order)),
  Despatched: ({ order, number, quantity }) =>
    effect("Despatched", id(order), count(number), count(quantity)),
  DeliveryAccepted: ({ order, number, accepted, amount }) =>
    effect("DeliveryAccepted", id(order), count(number), count(accepted), count(amount)),
  DeliveryReturned: ({ order, number, quantity }) =>
    effect("DeliveryReturned", id(order), count(number), count(quantity)),
  ReceivablePaid: ({ receivable, amount, toLender, toHolder }) =>
    effect("ReceivablePaid", id(receivable), count(amount), count(toLender), count(toHolder)),
};

/** Every effect that the contracts tell of from one block to another, and how often. */
export async function effectsOnChain(
  provider: JsonRpcProvider,
  deployment: Deployment,
  since: number,
  until: number,
): Promise<ReadonlyMap<Effect, number>> {
  const contracts = Object.values(connectContracts(deployment, provider));
  const addresses = await Promise.all(contracts.map((contract) => contract.getAddress()));
  const parse = new Map(
    contracts.map((contract, index) => [
      addresses[index],
      (log: { topics: readonly string[]; data: string }) => contract.interface.parseLog(log),
    ]),
  );
  const money = deployment.contracts.DepositCurrency;
  const effects = new Map<Effect, number>();
  for (let from = since; from <= until; from += range) {
    const toBlock = Math.min(from + range - 1, until);
    for (const log of await provider.getLogs({ address: addresses, fromBlock: from, toBlock })) {
      const event = parse.get(log.address)?.(log);
      const found = event && effectOf(event, log.address === money);
      if (found) effects.set(found, (effects.get(found) ?? 0) + 1);
    }
  }
  return effects;
}

function effectOf(event: LogDescription, isMoney: boolean): Effect | undefined {
  const args = event.args.toObject() as Args;
  if (event.name === "Transfer")
    return isMoney && args["from"] === nobody
      ? effect("Minted", String(args["to"]), count(args["value"]))
      : undefined;
  if (derived.has(event.name)) return undefined;
  // What nobody here asks for counts by its name alone, and is one too many.
  return told[event.name]?.(args) ?? effect(event.name);
}
