import { idOf, textOfBytes, zeroAddress } from "../chain/hex.ts";
import type { ChainEvent, ProjectorDefinition } from "../projection/handlers.ts";
import type { Ledger } from "../projection/ledger.ts";
import { FacilityRow, LoanMovementRow, type FacilityStatus } from "./facility.entity.ts";

/** `FacilityStatus` of `IFacilities`, by number. */
const statusByNumber: readonly (FacilityStatus | undefined)[] = [
  undefined,
  "Open",
  "Suspended",
  "Closed",
];

export const facilityProjector: ProjectorDefinition = {
  rows: [FacilityRow, LoanMovementRow],
  handlers: {
    Facilities: {
      async FacilityOpened({ args, block, logIndex, time, transaction }, ledger) {
        const { terms } = args;
        ledger.link("party", terms.buyer);
        await ledger.put(FacilityRow, {
          id: idOf(args.facility),
          lender: args.lender,
          number: textOfBytes(terms.number),
          borrower: terms.borrower,
          buyer: terms.buyer,
          currency: terms.currency,
          limit: terms.limit,
          orderAdvanceBps: Number(terms.orderAdvanceBps),
          storedAdvanceBps: Number(terms.storedAdvanceBps),
          acceptedAdvanceBps: Number(terms.acceptedAdvanceBps),
          rateBps: Number(terms.rateBps),
          penaltyRateBps: Number(terms.penaltyRateBps),
          dayBasis: Number(terms.dayBasis),
          tenorDays: Number(terms.tenorDays),
          graceDays: Number(terms.graceDays),
          sweepBps: Number(terms.sweepBps),
          expiresDay: Number(terms.expiresDay),
          payee: terms.payee,
          depositary: terms.depositary === zeroAddress ? null : terms.depositary,
          approvedPayees: terms.approvedPayees,
          status: "Open",
          drawn: 0n,
          defaults: 0,
          openedAt: time,
          transaction,
          block,
          logIndex,
        });
      },

      async LimitLowered({ args }, ledger) {
        await change(ledger, args.facility, { limit: args.limit });
      },

      async FacilityStatusChanged({ args }, ledger) {
        const status = statusByNumber[Number(args.status)];
        if (status === undefined) throw new Error(`No facility has status ${args.status}.`);
        await change(ledger, args.facility, { status });
      },

      async PayeeChanged({ args }, ledger) {
        await change(ledger, args.facility, { payee: args.payee });
      },

      async DepositaryChanged({ args }, ledger) {
        await change(ledger, args.facility, { depositary: args.depositary });
      },

      async DefaultsChanged({ args }, ledger) {
        await change(ledger, args.facility, { defaults: Number(args.defaults) });
      },

      /** Whose account took the money is told to all three. */
      async PaidToDepositary({ args }, ledger) {
        const { depositary } = await touched(ledger, args.facility);
        if (depositary !== null) ledger.link("party", depositary);
      },

      async LoanWrittenOff({ args }, ledger) {
        await touched(ledger, args.facility);
      },

      async DrawnDown(event, ledger) {
        const { borrower, amount, drawn } = event.args;
        await change(ledger, event.args.facility, { drawn });
        await move(event, ledger, { kind: "Drawdown", by: borrower, amount });
      },

      async Repaid(event, ledger) {
        const { by, interest, principal, drawn } = event.args;
        await change(ledger, event.args.facility, { drawn });
        await move(event, ledger, { kind: "Repayment", by, interest, principal });
      },

      async LoanSettled(event, ledger) {
        const { interest, principal, drawn } = event.args;
        await change(ledger, event.args.facility, { drawn });
        await move(event, ledger, { kind: "Settlement", interest, principal });
      },

      async LoanDefaulted(event, ledger) {
        await move(event, ledger, { kind: "Default", by: event.args.by });
      },

      async MaturityBroughtForward(event, ledger) {
        const maturityDay = Number(event.args.maturityDay);
        await move(event, ledger, { kind: "MaturityBroughtForward", maturityDay });
      },
    },
  },
};

async function change(ledger: Ledger, facility: bigint, part: Partial<FacilityRow>): Promise<void> {
  const { id } = await touched(ledger, facility);
  await ledger.change(FacilityRow, id, part);
}

/** The facility; its events belong to the streams of lender and borrower. */
async function touched(ledger: Ledger, facility: bigint): Promise<Readonly<FacilityRow>> {
  const row = await ledger.get(FacilityRow, idOf(facility));
  ledger.link("party", row.lender, row.borrower);
  return row;
}

type Move = Pick<LoanMovementRow, "kind"> & Partial<LoanMovementRow>;

async function move(
  event: ChainEvent<{ readonly facility: bigint; readonly root: bigint }>,
  ledger: Ledger,
  what: Move,
): Promise<void> {
  const { args, block, logIndex, time, transaction } = event;
  const { id } = await touched(ledger, args.facility);
  await ledger.put(LoanMovementRow, {
    root: idOf(args.root),
    facility: id,
    by: null,
    amount: 0n,
    interest: 0n,
    principal: 0n,
    maturityDay: null,
    block,
    logIndex,
    time,
    transaction,
    ...what,
  });
}
