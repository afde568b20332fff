/** What went wrong, as the API says it (RFC 9457), or a problem of the way to the API. */
export class Problem extends Error {
  readonly title: string;
  readonly detail: string | undefined;
  readonly status: number;
  readonly code: string;
  readonly values: Readonly<Record<string, unknown>>;

  constructor(
    title: string,
    detail: string | undefined,
    status: number,
    code: string,
    values: Readonly<Record<string, unknown>> = {},
  ) {
    super(title);
    this.title = title;
    this.detail = detail;
    this.status = status;
    this.code = code;
    this.values = values;
  }
}

export const unreachable = "Unreachable";

export function problemFrom(body: unknown, response: Response): Problem {
  const said = typeof body === "object" && body !== null ? body : {};
  const text = (name: string): string | undefined => {
    const value: unknown = Reflect.get(said, name);
    return typeof value === "string" ? value : undefined;
  };
  return new Problem(
    text("title") ?? (response.statusText || `HTTP ${response.status}`),
    text("detail"),
    response.status,
    text("code") ?? `Http${response.status}`,
    valuesIn(said),
  );
}

function valuesIn(said: object): Readonly<Record<string, unknown>> {
  const values: unknown = Reflect.get(said, "values");
  return typeof values === "object" && values !== null ? { ...values } : {};
}

/** Whatever was thrown on the way to an answer. */
export function asProblem(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown;
  return new Problem(unreachable, undefined, 0, unreachable);
}
