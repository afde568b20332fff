/** Something in a bundle that does not hold. */
export class DoesNotHold extends Error {
  override readonly name = "DoesNotHold";

  /** @param pointer RFC 6901, into the bundle */
  constructor(
    readonly pointer: string,
    readonly says: string,
  ) {
    super(`${pointer}: ${says}`);
  }
}

/** Nobody can be asked: nothing is known. */
export class CannotAsk extends Error {
  override readonly name = "CannotAsk";
}

/** What came of looking through a bundle, as long as all of it holds. */
export class Findings {
  readonly checked: string[] = [];
  readonly notChecked: string[] = [];
  /** What a reader has to know of a bundle that holds. */
  readonly told: string[] = [];
}

/** @throws DoesNotHold */
export function hold(condition: boolean, pointer: string, says: string): asserts condition {
  if (!condition) throw new DoesNotHold(pointer, says);
}

export function counted(count: number, one: string, many = `${one}s`): string {
  return `${String(count)} ${count === 1 ? one : many}`;
}
