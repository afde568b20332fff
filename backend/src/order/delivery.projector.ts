import { idOf } from "../chain/hex.ts";
import type { Handlers } from "../projection/handlers.ts";
import type { Ledger } from "../projection/ledger.ts";
import { DeliveryRow } from "./delivery.entity.ts";
import { OrderRow } from "./order.entity.ts";

export const deliveryHandlers: Required<Handlers>["Deliveries"] = {
  async Despatched({ args, time, transaction }, ledger) {
    await ledger.put(DeliveryRow, {
      order: idOf(args.order),
      number: Number(args.number),
      receipt: args.receipt === 0n ? null : idOf(args.receipt),
      quantity: args.quantity,
      arrivesBy: Number(args.arrivesBy),
      status: "Open",
      accepted: 0n,
      rejected: 0n,
      returned: 0n,
      deemed: false,
      amount: 0n,
      despatchedBy: args.by,
      despatchedAt: time,
      answeredAt: null,
      transaction,
    });
    await linkParties(ledger, args.order);
  },

  Recalled: ({ args, time }, ledger) =>
    change(ledger, args, () => ({ status: "Recalled", answeredAt: time })),

  DeliveryAccepted: ({ args, time }, ledger) =>
    change(ledger, args, () => ({
      status: "Accepted",
      accepted: args.accepted,
      rejected: args.rejected,
      amount: args.amount,
      deemed: args.deemed,
      answeredAt: time,
    })),

  DeliveryReturned: ({ args }, ledger) =>
    change(ledger, args, ({ returned }) => ({ returned: returned + args.quantity })),
};

async function change(
  ledger: Ledger,
  of: { readonly order: bigint; readonly number: bigint },
  part: (row: Readonly<DeliveryRow>) => Partial<DeliveryRow>,
): Promise<void> {
  const key = { order: idOf(of.order), number: Number(of.number) };
  const row = await ledger.get(DeliveryRow, key);
  await ledger.change(DeliveryRow, key, part(row));
  if (row.receipt !== null) ledger.link("claim", row.receipt);
  await linkParties(ledger, of.order);
}

/** A delivery's events belong to the streams of both sides of its order. */
async function linkParties(ledger: Ledger, order: bigint): Promise<void> {
  const { buyer, seller } = await ledger.get(OrderRow, idOf(order));
  ledger.link("party", buyer, seller);
}
