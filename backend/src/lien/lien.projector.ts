import { idOf } from "../chain/hex.ts";
import type { ProjectorDefinition } from "../projection/handlers.ts";
import type { Ledger } from "../projection/ledger.ts";
import { OrderRow } from "../order/order.entity.ts";
import { LoanRow } from "./loan.entity.ts";

export const lienProjector: ProjectorDefinition = {
  rows: [LoanRow],
  handlers: {
    Liens: {
      async LienPlaced({ args, block, time, transaction }, ledger) {
        const loan = await loanOn(ledger, args.root);
        await ledger.put(LoanRow, {
          ...loan,
          facility: idOf(args.facility),
          lender: args.lender,
          writtenOffAt: null,
          placedAt: time,
          placedBlock: block,
          placedIn: transaction,
          releasedAt: null,
          releasedBlock: null,
          releasedIn: null,
        });
        await linkParties(ledger, args.root, args.lender);
      },

      async LienReleased({ args, block, time, transaction }, ledger) {
        const { lender } = await ledger.change(LoanRow, idOf(args.root), {
          releasedAt: time,
          releasedBlock: block,
          releasedIn: transaction,
        });
        await linkParties(ledger, args.root, lender);
      },

      async LoanRecord({ args }, ledger) {
        const before = await loanOn(ledger, args.root);
        const debt = {
          principal: args.principal,
          numerator: args.numerator,
          accruedDay: Number(args.accruedDay),
          revision: Number(args.revision),
        };
        // Without a facility the record is cleared: what was repaid is remembered here alone.
        const days =
          args.facility === 0n
            ? {}
            : {
                maturityDay: Number(args.maturityDay),
                sinceDay: Number(args.sinceDay),
                defaultedDay: args.defaultedDay === 0n ? null : Number(args.defaultedDay),
              };
        await ledger.put(LoanRow, { ...before, ...debt, ...days });
        await linkParties(ledger, args.root, before.lender);
      },
    },
    Facilities: {
      async LoanWrittenOff({ args, time }, ledger) {
        await ledger.change(LoanRow, idOf(args.root), { writtenOffAt: time });
      },
    },
  },
};

async function loanOn(ledger: Ledger, root: bigint): Promise<Readonly<LoanRow>> {
  return (
    (await ledger.find(LoanRow, idOf(root))) ?? {
      root: idOf(root),
      facility: null,
      lender: null,
      principal: 0n,
      numerator: 0n,
      accruedDay: 0,
      maturityDay: null,
      sinceDay: null,
      defaultedDay: null,
      writtenOffAt: null,
      revision: 0,
      placedAt: null,
      placedBlock: null,
      placedIn: null,
      releasedAt: null,
      releasedBlock: null,
      releasedIn: null,
    }
  );
}

/** A loan's events belong to the streams of its lender and of the order's seller, who owes it. */
async function linkParties(ledger: Ledger, root: bigint, lender: string | null): Promise<void> {
  const { seller } = await ledger.get(OrderRow, idOf(root));
  ledger.link("party", seller, ...(lender === null ? [] : [lender]));
}
