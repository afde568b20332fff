import type { CrashPoint } from "../../../backend/src/crash/crash-points.ts";

/** How a process ended that was not asked to. */
export type Death =
  | { readonly kind: "point"; readonly point: CrashPoint }
  /** By the campaign; `missed` where it should have died at a point that it did not come to in time. */
  | { readonly kind: "killed"; readonly missed?: CrashPoint }
  /** By itself, before it was ready: the network or the database failed it. */
  | { readonly kind: "notStarted" }
  /** By itself, when it had been ready: nothing may do that to it. */
  | { readonly kind: "collapsed"; readonly code: number | null };

/** When a process ended, and how many others were up then. */
interface Obituary {
  readonly at: number;
  readonly survivors: number;
}

export interface Obituaries {
  of(pid: number): Obituary | undefined;
}

/** What became of the processes. */
export class Deaths implements Obituaries {
  readonly all: Death[] = [];
  readonly #obituaries = new Map<number, Obituary>();
  /** Milliseconds from a death to a process that is ready again. */
  readonly recoveries: number[] = [];

  of(pid: number): Obituary | undefined {
    return this.#obituaries.get(pid);
  }

  note(pid: number, survivors: number): void {
    this.#obituaries.set(pid, { at: Date.now(), survivors });
  }

  get kills(): number {
    return this.all.filter(({ kind }) => kind === "point" || kind === "killed").length;
  }

  count(kind: Death["kind"]): number {
    return this.all.filter((death) => death.kind === kind).length;
  }

  at(point: CrashPoint): number {
    return this.all.filter((death) => death.kind === "point" && death.point === point).length;
  }
}
