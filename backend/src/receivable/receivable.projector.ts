import { idOf } from "../chain/hex.ts";
import { OrderRow } from "../order/order.entity.ts";
import type { ProjectorDefinition } from "../projection/handlers.ts";
import type { Ledger } from "../projection/ledger.ts";
import { ReceivablePaymentRow, ReceivableRow } from "./receivable.entity.ts";

export const receivableProjector: ProjectorDefinition = {
  rows: [ReceivableRow, ReceivablePaymentRow],
  handlers: {
    Receivables: {
      async ReceivableConfirmed(event, ledger) {
        const { args, block, logIndex, time, transaction } = event;
        const order = await ledger.get(OrderRow, idOf(args.order));
        await ledger.put(ReceivableRow, {
          id: idOf(args.receivable),
          order: order.id,
          delivery: Number(args.delivery),
          holder: args.holder,
          debtor: args.debtor,
          currency: order.currency,
          amount: args.amount,
          outstanding: args.amount,
          paid: 0n,
          contested: 0n,
          contestDay: null,
          upheld: 0n,
          acceptedDay: Number(args.acceptedDay),
          dueDay: Number(args.dueDay),
          deemed: args.deemed,
          overdue: false,
          assigned: false,
          confirmedAt: time,
          transaction,
          block,
          logIndex,
        });
      },

      async ReceivablePaid(event, ledger) {
        const { args, block, logIndex, time, transaction } = event;
        const receivable = await touched(ledger, args.receivable);
        await ledger.change(ReceivableRow, receivable.id, { paid: receivable.paid + args.amount });
        await ledger.put(ReceivablePaymentRow, {
          block,
          logIndex,
          receivable: receivable.id,
          by: args.by,
          amount: args.amount,
          toLender: args.toLender,
          toHolder: args.toHolder,
          collected: args.collected,
          time,
          transaction,
        });
      },

      async ReceivableRecord({ args }, ledger) {
        const { id } = await touched(ledger, args.receivable);
        await ledger.change(ReceivableRow, id, {
          outstanding: args.outstanding,
          contested: args.contested,
          contestDay: args.contestDay === 0n ? null : Number(args.contestDay),
          overdue: args.overdue,
        });
      },

      /** What the holder could not receive is owed as before: `ReceivableRecord` says how much. */
      async HolderCouldNotReceive({ args }, ledger) {
        await touched(ledger, args.receivable);
      },

      async ReceivableAssigned({ args }, ledger) {
        const { id } = await touched(ledger, args.receivable);
        await ledger.change(ReceivableRow, id, { holder: args.to, assigned: true });
      },

      async Ruled({ args }, ledger) {
        const { id } = await touched(ledger, args.receivable);
        await ledger.change(ReceivableRow, id, { upheld: args.upheld });
      },

      async ReceivableOverdue({ args }, ledger) {
        await touched(ledger, args.receivable);
      },

      async Contested({ args }, ledger) {
        await touched(ledger, args.receivable);
      },

      async ContestLifted({ args }, ledger) {
        await touched(ledger, args.receivable);
      },
    },
  },
};

/** The receivable; its events belong to its order's lineage and to the streams of debtor and holder. */
async function touched(ledger: Ledger, receivable: bigint): Promise<Readonly<ReceivableRow>> {
  const row = await ledger.get(ReceivableRow, idOf(receivable));
  ledger.link("claim", row.order);
  ledger.link("party", row.debtor, row.holder);
  return row;
}
