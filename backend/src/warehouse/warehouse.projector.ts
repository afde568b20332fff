import { idOf, textOfBytes, zeroAddress } from "../chain/hex.ts";
import type { ProjectorDefinition } from "../projection/handlers.ts";
import type { Ledger } from "../projection/ledger.ts";
import { CapacityRow } from "./capacity.entity.ts";
import { ReceiptRow } from "./receipt.entity.ts";

export const warehouseProjector: ProjectorDefinition = {
  rows: [ReceiptRow, CapacityRow],
  handlers: {
    WarehouseReceipts: {
      CapacitySet: ({ args: { warehouse, capacity } }, ledger) =>
        changeCapacity(ledger, warehouse, { capacity }),

      /** Told by the receipt that changed it. */
      async CapacityUsed({ args: { receipt, used } }, ledger) {
        const { warehouse } = await touched(ledger, receipt);
        await changeCapacity(ledger, warehouse, { used });
      },

      async ReceiptIssued(event, ledger) {
        const { terms, warehouse } = event.args;
        const returned = terms.order !== 0n;
        await ledger.put(ReceiptRow, {
          id: idOf(event.args.receipt),
          ticket: textOfBytes(terms.ticket),
          parent: null,
          serial: null,
          warehouse,
          depositor: terms.depositor,
          holder: terms.depositor,
          itemCode: textOfBytes(terms.item),
          unit: textOfBytes(terms.unit),
          lot: textOfBytes(terms.lot),
          issuedQuantity: terms.quantity,
          quantity: terms.quantity,
          weighed: terms.quantity,
          lost: 0n,
          liability: 0n,
          lossAllowanceBps: Number(terms.lossAllowanceBps),
          openDeliveries: 0,
          order: returned ? idOf(terms.order) : null,
          returnedOrder: returned ? idOf(terms.order) : null,
          returnedDelivery: returned ? Number(terms.delivery) : null,
          mergedInto: null,
          releaseConsent: null,
          termsRoot: terms.termsRoot,
          issuedAt: event.time,
          transaction: event.transaction,
          block: event.block,
          logIndex: event.logIndex,
        });
      },

      async ReceiptSplit(event, ledger) {
        const parent = await touched(ledger, event.args.parent);
        await ledger.put(ReceiptRow, {
          ...parent,
          id: idOf(event.args.child),
          parent: parent.id,
          serial: Number(event.args.serial),
          issuedQuantity: event.args.quantity,
          quantity: event.args.quantity,
          lost: 0n,
          liability: 0n,
          releaseConsent: null,
          issuedAt: event.time,
          transaction: event.transaction,
          block: event.block,
          logIndex: event.logIndex,
        });
      },

      async ReceiptMerged({ args }, ledger) {
        const { id } = await touched(ledger, args.from);
        await ledger.change(ReceiptRow, id, { mergedInto: idOf(args.into) });
      },

      async Unearmarked({ args }, ledger) {
        const { id } = await touched(ledger, args.receipt);
        await ledger.change(ReceiptRow, id, { order: null, releaseConsent: null });
      },

      async ReleaseConsented({ args }, ledger) {
        const { id } = await touched(ledger, args.receipt);
        await ledger.change(ReceiptRow, id, { releaseConsent: idOf(args.facility) });
      },

      async Shrunk({ args }, ledger) {
        const { id, liability } = await touched(ledger, args.receipt);
        await ledger.change(ReceiptRow, id, { liability: liability + args.liability });
      },

      async ReceiptRecord({ args }, ledger) {
        const { id } = await touched(ledger, args.receipt);
        await ledger.change(ReceiptRow, id, {
          quantity: args.quantity,
          openDeliveries: Number(args.openDeliveries),
          weighed: args.weighed,
          lost: args.lost,
        });
      },

      /** Endorsing; what a new receipt's own says, its row says already. */
      async Transfer({ args }, ledger) {
        if (args.from === zeroAddress) return;
        await ledger.change(ReceiptRow, idOf(args.tokenId), { holder: args.to });
      },

      async Earmarked({ args }, ledger) {
        const { id } = await touched(ledger, args.receipt);
        await ledger.change(ReceiptRow, id, { order: idOf(args.order) });
      },

      async Endorsed({ args }, ledger) {
        await touched(ledger, args.receipt);
      },

      async Withdrawn({ args }, ledger) {
        await touched(ledger, args.receipt);
      },
    },
    Deliveries: {
      Despatched: ({ args }, ledger) => linkWarehouse(ledger, args.receipt),
      DeliveryReturned: ({ args }, ledger) => linkWarehouse(ledger, args.receipt),
    },
  },
};

/** The receipt; its events belong to its order's lineage and to the streams of warehouse and holder. */
async function touched(ledger: Ledger, receipt: bigint): Promise<Readonly<ReceiptRow>> {
  const row = await ledger.get(ReceiptRow, idOf(receipt));
  ledger.link("party", row.warehouse, row.holder);
  if (row.order !== null) ledger.link("claim", row.order);
  return row;
}

/** A despatch is the delivery order to the warehouse. */
async function linkWarehouse(ledger: Ledger, receipt: bigint): Promise<void> {
  const row = await ledger.find(ReceiptRow, idOf(receipt));
  if (row !== undefined) ledger.link("party", row.warehouse);
}

async function changeCapacity(
  ledger: Ledger,
  warehouse: string,
  part: Partial<CapacityRow>,
): Promise<void> {
  const row = await ledger.find(CapacityRow, warehouse);
  await ledger.put(CapacityRow, { warehouse, capacity: 0n, used: 0n, ...row, ...part });
}
