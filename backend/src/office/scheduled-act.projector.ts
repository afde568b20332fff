import type { ProjectorDefinition } from "../projection/handlers.ts";
import type { ChainEvent } from "../projection/handlers.ts";
import type { Ledger } from "../projection/ledger.ts";
import { ScheduledActRow } from "./scheduled-act.entity.ts";

interface Ending {
  readonly operationId: string;
  readonly nonce: bigint;
}

export const scheduledActProjector: ProjectorDefinition = {
  rows: [ScheduledActRow],
  handlers: {
    Administration: {
      OperationScheduled: async ({ args, time, transaction }, ledger) => {
        const { operationId: operation, nonce, schedule, caller, target, data } = args;
        await ledger.put(ScheduledActRow, {
          operation,
          nonce: Number(nonce),
          caller,
          target,
          data,
          from: Number(schedule),
          state: "Scheduled",
          scheduledAt: time,
          transaction,
          endedAt: null,
          endedBlock: null,
        });
      },
      OperationExecuted: (event, ledger) => end(event, ledger, "Executed"),
      OperationCanceled: (event, ledger) => end(event, ledger, "Cancelled"),
    },
  },
};

async function end(
  { args, time, block }: ChainEvent<Ending>,
  ledger: Ledger,
  state: ScheduledActRow["state"],
): Promise<void> {
  const key = { operation: args.operationId, nonce: Number(args.nonce) };
  const change = { state, endedAt: time, endedBlock: block };
  const { caller } = await ledger.change(ScheduledActRow, key, change);
  ledger.link("party", caller);
}
