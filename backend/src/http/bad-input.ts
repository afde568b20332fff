/** One thing that is wrong with a request. */
export interface Fault {
  /** RFC 6901, into the body; for what is not in the body, `parameter` names it. */
  readonly pointer?: string;
  readonly parameter?: string;
  readonly detail: string;
}

/** Of more than these nobody reads; an answer must not be many times its request. */
const mostFaults = 100;

/** A request that cannot be understood, with every fault that was found. */
export class BadInput extends Error {
  readonly faults: readonly Fault[];

  constructor(
    found: readonly Fault[],
    readonly code = "BadInput",
  ) {
    const more = found.length - mostFaults;
    const faults =
      more > 0 ? [...found.slice(0, mostFaults), { detail: `${more} more faults` }] : found;
    super(
      faults
        .map(({ pointer, parameter, detail }) => `${pointer ?? parameter ?? ""}: ${detail}`)
        .join("; "),
    );
    this.name = "BadInput";
    this.faults = faults;
  }

  static at(pointer: string, detail: string): BadInput {
    return new BadInput([{ pointer, detail }]);
  }

  static in(parameter: string, detail: string): BadInput {
    return new BadInput([{ parameter, detail }]);
  }
}
