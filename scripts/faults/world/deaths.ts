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

export interface Obituaries {
  /** When a process ended; undefined for one that lives. */
  endOf(pid: number): number | undefined;
  /** Whether a process was ready at that time. */
  wasUp(pid: number, at: number): boolean;
}

/** What became of the processes. */
export class Deaths implements Obituaries {
  readonly all: Death[] = [];
  readonly #ready = new Map<number, number>();
  readonly #ended = new Map<number, number>();
  /** Milliseconds from a death to a process that is ready again. */
  readonly recoveries: number[] = [];

  endOf(pid: number): number | undefined {
    return this.#ended.get(pid);
  }

  wasUp(pid: number, at: number): boolean {
    return (this.#ready.get(pid) ?? Infinity) <= at;
  }

  isReady(pid: number): void {
    this.#ready.set(pid, Date.now());
  }

  hasEnded(pid: number): void {
    this.#ended.set(pid, Date.now());
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
