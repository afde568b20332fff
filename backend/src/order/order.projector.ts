import { termsHashOf } from "../chain/claim-ids.ts";
import { idOf, textOfBytes } from "../chain/hex.ts";
import type { ProjectorDefinition } from "../projection/handlers.ts";
import type { Ledger } from "../projection/ledger.ts";
import { DeliveryRow } from "./delivery.entity.ts";
import { deliveryHandlers } from "./delivery.projector.ts";
import { OrderRow } from "./order.entity.ts";

export const orderProjector: ProjectorDefinition = {
  rows: [OrderRow, DeliveryRow],
  handlers: {
    PurchaseOrders: {
      /** Issuing anew what was cancelled before it was accepted takes the row's place. */
      async OrderIssued(event, ledger) {
        const { terms } = event.args;
        await ledger.put(OrderRow, {
          id: idOf(event.args.order),
          number: textOfBytes(terms.number),
          line: Number(terms.line),
          buyer: event.args.buyer,
          seller: terms.seller,
          arbiter: terms.arbiter,
          currency: terms.currency,
          itemCode: textOfBytes(terms.item),
          unit: textOfBytes(terms.unit),
          orderedQuantity: terms.quantity,
          quantity: terms.quantity,
          unitPrice: terms.unitPrice,
          deliverBy: Number(terms.deliverBy),
          paymentDays: Number(terms.paymentDays),
          inspectionDays: Number(terms.inspectionDays),
          termsRoot: terms.termsRoot,
          termsHash: termsHashOf(event.args.buyer, terms),
          status: "Issued",
          accepted: 0n,
          pending: 0n,
          stored: 0n,
          owed: 0n,
          overdueCount: 0,
          deliveries: 0,
          cancellationBy: null,
          cancellationAt: null,
          issuedAt: event.time,
          acceptedAt: null,
          endedAt: null,
          transaction: event.transaction,
          block: event.block,
          logIndex: event.logIndex,
        });
      },

      OrderAccepted: ({ args, time }, ledger) =>
        change(ledger, args.order, { status: "Accepted", acceptedAt: time }),

      async CancellationRequested({ args }, ledger) {
        const { deliveries } = await ledger.get(OrderRow, idOf(args.order));
        const cancellation = { cancellationBy: args.by, cancellationAt: deliveries };
        await change(ledger, args.order, cancellation);
      },

      OrderCancelled: ({ args, time }, ledger) =>
        change(ledger, args.order, { status: "Cancelled", quantity: args.quantity, endedAt: time }),

      OrderLapsed: ({ args, time }, ledger) =>
        change(ledger, args.order, { status: "Lapsed", quantity: args.quantity, endedAt: time }),

      OrderRecord: ({ args }, ledger) =>
        change(ledger, args.order, {
          accepted: args.accepted,
          pending: args.pending,
          stored: args.stored,
          owed: args.owed,
          overdueCount: Number(args.overdueCount),
          deliveries: Number(args.deliveries),
        }),
    },
    Deliveries: deliveryHandlers,
  },
};

/** An order's events belong to the streams of both its sides. */
async function change(ledger: Ledger, order: bigint, part: Partial<OrderRow>): Promise<void> {
  const { buyer, seller } = await ledger.change(OrderRow, idOf(order), part);
  ledger.link("party", buyer, seller);
}
