/** Milliseconds of one turn of the event loop in which work is begun; more where all else in the turn took longer. */
const leastShare = 5;
const mostShare = 50;
/** Pieces of work that are begun in one turn, at most. */
const most = 64;
/** One of as many pieces may be a long one. */
const longOf = 4;
/** Milliseconds for which work waits while every turn brings a new caller. */
const welcome = 20;

type Work = () => void;

/**
 * Begins work a little at a time, so that each turn of the event loop stays short. libuv takes up one new connection in a
 * turn (since 1.45): a server that does in a turn all that its connections ask for takes up fewer the more it has to do, and
 * callers wait in the kernel where they can be neither answered nor refused.
 */
export class Turns {
  readonly #brief: Work[] = [];
  readonly #long: Work[] = [];
  /** When work was first begun in this turn; undefined before that. */
  #begun: number | undefined;
  #share = leastShare;
  /** When the turn before had done its work, if any. */
  #ended = 0;
  #lastWorked = 0;
  #hasNewCaller = false;

  /**
   * Begins `work` now, or in one of the next turns where this one has had its share; each kind in the order in which it came.
   * @param isLong whether what is begun goes on in many turns: of four pieces no more than one is such, while others wait
   */
  begin(work: Work, isLong: boolean): void {
    if (this.#isWaited || !this.#hasShareLeft()) {
      (isLong ? this.#long : this.#brief).push(work);
      return;
    }
    if (this.#begun === undefined) {
      this.#begun = performance.now();
      this.#share = leastShare;
      setImmediate(this.#nextTurn);
    }
    work();
  }

  /** Says that this turn has brought a new caller: there may be others behind. */
  called(): void {
    this.#hasNewCaller = true;
  }

  get #isWaited(): boolean {
    return this.#brief.length + this.#long.length > 0;
  }

  #hasShareLeft(): boolean {
    return this.#begun === undefined || performance.now() - this.#begun < this.#share;
  }

  readonly #nextTurn = (): void => {
    this.#ended = performance.now();
    if (this.#begun !== undefined) this.#lastWorked = this.#ended;
    this.#begun = undefined;
    const isForCallers = this.#hasNewCaller && this.#ended - this.#lastWorked < welcome;
    this.#hasNewCaller = false;
    if (!this.#isWaited) return;
    if (!isForCallers) {
      const some = Math.min(this.#brief.length + this.#long.length, most);
      for (let each = 0; each < some; each += 1) setImmediate(this.#next, each);
    }
    setImmediate(this.#nextTurn);
  };

  /** By itself: what a piece does goes on when it has returned, and before the next one comes. */
  readonly #next = (place: number): void => {
    if (this.#begun === undefined) {
      this.#begun = performance.now();
      const rest = this.#begun - this.#ended;
      this.#share = Math.min(Math.max(rest, leastShare), mostShare);
    }
    if (!this.#hasShareLeft()) return;
    const isLongNext = this.#brief.length === 0 || place % longOf === 0;
    const next = isLongNext ? (this.#long.shift() ?? this.#brief.shift()) : this.#brief.shift();
    next?.();
  };
}
