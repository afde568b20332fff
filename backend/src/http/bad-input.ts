/** One thing that is wrong with a request. */
export interface Fault {
  /** RFC 6901, into the body; for what is not in the body, `parameter` names it. */
  readonly pointer?: string;
  readonly parameter?: string;
  readonly detail: string;
}

/** A request that cannot be understood, with every fault that was found. */
export class BadInput extends Error {
  constructor(
    readonly faults: readonly Fault[],
    readonly code: "BadInput" | "MalformedBody" = "BadInput",
  ) {
    super(
      faults
        .map(({ pointer, parameter, detail }) => `${pointer ?? parameter ?? ""}: ${detail}`)
        .join("; "),
    );
    this.name = "BadInput";
  }

  static at(pointer: string, detail: string): BadInput {
    return new BadInput([{ pointer, detail }]);
  }

  static in(parameter: string, detail: string): BadInput {
    return new BadInput([{ parameter, detail }]);
  }
}
