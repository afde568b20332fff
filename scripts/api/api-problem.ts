/** One fault of a request. */
export interface Fault {
  /** JSON pointer into the body. */
  readonly pointer?: string;
  /** Name of a parameter of path, query or header. */
  readonly parameter?: string;
  readonly detail: string;
}

/** The body of a refusal, `application/problem+json` (RFC 9457). */
interface ProblemBody {
  readonly code?: string;
  readonly title?: string;
  readonly detail?: string;
  readonly errors?: readonly Fault[];
}

/** The API refused a request. */
export class ApiProblem extends Error {
  /** The rule that refused it, by the domain's name; `Http<status>` where the answer names none. */
  readonly code: string;
  readonly errors: readonly Fault[];

  constructor(
    readonly status: number,
    /** The request, as in `POST /orders`. */
    readonly request: string,
    body: ProblemBody,
  ) {
    const { code = `Http${String(status)}`, errors = [] } = body;
    const said = body.detail ?? body.title ?? "no reason given";
    const faults = errors.map(({ pointer, parameter, detail }) =>
      [pointer, parameter, detail].filter(Boolean).join(" "),
    );
    super([`${request}: ${code}: ${said}`, ...faults].join("; "));
    this.name = "ApiProblem";
    this.code = code;
    this.errors = errors;
  }
}

/** Nothing answers at an address, or not in time. */
export class ApiUnreachable extends Error {
  constructor(url: string, reason: string) {
    super(`No Sheaf answers at ${url}: ${reason}.`);
    this.name = "ApiUnreachable";
  }
}
