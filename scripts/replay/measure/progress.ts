import type { Writable } from "node:stream";
import { dateOf } from "../../../backend/src/math/calendar.ts";

const width = 30;
/** Milliseconds between two lines where the output is no terminal. */
const plainInterval = 5_000;
const terminalInterval = 100;

export interface ProgressState {
  /** Civil day, as the book has it. */
  readonly day: number;
  /** Of `steps` in all. */
  readonly done: number;
  readonly lines: number;
  readonly commands: number;
}

/** How far the replay is: a bar on a terminal, a line now and then elsewhere. */
export class Progress {
  readonly #out: Writable & { readonly isTTY?: boolean };
  readonly #steps: number;
  readonly #start = performance.now();
  #shownAt = -Infinity;

  constructor(out: Writable & { readonly isTTY?: boolean }, steps: number) {
    this.#out = out;
    this.#steps = steps;
  }

  show(state: ProgressState): void {
    const interval = this.#out.isTTY === true ? terminalInterval : plainInterval;
    const isDone = state.done >= this.#steps;
    if (performance.now() - this.#shownAt < interval && !isDone) return;
    this.#shownAt = performance.now();
    const text = this.#text(state);
    if (this.#out.isTTY === true) this.#out.write(`\r\x1b[2K${text}${isDone ? "\n" : ""}`);
    else this.#out.write(`${text}\n`);
  }

  #text({ day, done, lines, commands }: ProgressState): string {
    const share = this.#steps === 0 ? 1 : done / this.#steps;
    const filled = Math.floor(share * width);
    const bar = "█".repeat(filled) + "░".repeat(width - filled);
    const rate = commands / ((performance.now() - this.#start) / 1000);
    const counts = `${String(lines)} lines paid, ${String(commands)} transactions, ${rate.toFixed(0)}/s`;
    return `${bar} ${String(Math.floor(share * 100)).padStart(3)} %  ${dateOf(day)}  ${counts}`;
  }
}
