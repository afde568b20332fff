/** What the chain says of an operation that was scheduled: as the read model has it. */
export interface Schedule {
  /** Chain time from which it may be carried out. */
  readonly from: number;
  readonly state: "Scheduled" | "Executed" | "Cancelled";
  /** The block in which it was carried out or cancelled. */
  readonly endedBlock: number | null;
}

/** The port to what administration has scheduled. */
export abstract class Schedules {
  /** @param transaction that scheduled it: the same operation may have been scheduled before */
  abstract find(operation: string, transaction: string): Promise<Schedule | undefined>;

  /** What is scheduled and neither carried out nor cancelled. */
  abstract open(): Promise<readonly { readonly operation: string; readonly transaction: string }[]>;
}
