import type { Seeded } from "../../../scripts/random/seeded.ts";
import { exampleOf, fieldsOf, noAccount, noId, written, type Fields } from "./example.ts";
import type { Operation, Operations } from "./operation.ts";
import * as poison from "./poison.ts";

export interface BadRequest {
  /** What is bad about it. */
  readonly what: string;
  readonly operation: string;
  readonly method: string;
  /** As it stands in the request line. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Whether it may be a good one by chance, or is one that is only odd: it changes nothing all the same. */
  readonly mayPass: boolean;
}

/** What the generator knows besides the document. */
export interface Surroundings {
  /** Authorization headers of those whom an operation lets in. */
  readonly callers: (operation: Operation) => readonly string[];
  /** Ids that there are, by the start of a path. */
  readonly ids: Readonly<Record<string, string>>;
  /** Fields without which an example would be a good request, by operation. */
  readonly spoilt: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Operations that refuse nobody who asks in form: what is odd around the question does not change that. */
  readonly unrefused: readonly string[];
  /** Fields with which a body may be a good one that changes nothing, by operation: by field, which JSON text. */
  readonly harmless: Readonly<Record<string, Readonly<Record<string, (json: string) => boolean>>>>;
}

export const nameOf = ({ method, path }: Pick<Operation, "method" | "path">): string =>
  `${method} ${path}`;

/** Where each order is refused by itself, in an answer that says so. */
const batch = "POST /api/v1/orders/batch";
const mostOften = 4;

/** Bad requests over all operations, the same ones for the same seed. */
export class BadRequests {
  constructor(
    private readonly random: Seeded,
    private readonly operations: Operations,
    private readonly surroundings: Surroundings,
  ) {}

  next(operation: Operation): BadRequest {
    const kinds: ((to: Operation) => BadRequest)[] = [
      this.#wrongMethod,
      ...(this.surroundings.callers(operation).length > 0 ? [this.#badToken] : []),
      ...(operation.path.includes("{") ? [this.#badPath, this.#badPath] : []),
      this.#badQuery,
      ...(operation.method === "GET"
        ? [this.#badQuery, this.#badQuery]
        : [this.#brokenBody, this.#wrongType, this.#badHeader, this.#strangeField]),
      ...(operation.body === undefined
        ? []
        : Array.from({ length: mostOften }, () => this.#badField)),
      ...(nameOf(operation) === batch
        ? Array.from({ length: 2 * mostOften }, () => this.#badFile)
        : []),
      ...(operation.body === undefined ? [] : [this.#missingField, this.#badFieldOfWhatThereIs]),
    ];
    return this.random.pick(kinds).call(this, operation);
  }

  #wrongMethod(to: Operation): BadRequest {
    const taken = this.operations.all.filter(({ path }) => path === to.path);
    const others = ["GET", "POST", "PUT", "PATCH", "DELETE", "TRACE", "OPTIONS", "PROPFIND"].filter(
      (method) => taken.every((each) => each.method !== method),
    );
    // A path with an id in it may be another one's, as `batch` is an order's.
    const isShadowed = this.operations.all.some(
      ({ path }) => path !== to.path && isLike(path, to.path),
    );
    const method = this.random.pick(isShadowed ? ["PATCH", "TRACE", "PROPFIND"] : others);
    return { ...this.#base(to), what: `method ${method}`, method };
  }

  #badToken(to: Operation): BadRequest {
    const { headers, ...base } = this.#base(to);
    const token = this.random.pick(poison.tokens);
    return {
      ...base,
      headers: { ...headers, authorization: token },
      what: `token ${token}`,
      mayPass: false,
    };
  }

  #badPath(to: Operation): BadRequest {
    const part = this.random.pick(poison.pathParts);
    const place = this.random.pick(placesIn(to));
    const target = targetOf(to, { [place]: part });
    return { ...this.#base(to), target, what: `path ${place} ${part}`, mayPass: false };
  }

  #badQuery(to: Operation): BadRequest {
    const base = this.#base(to, this.#idIn(to));
    const declared = to.parameters.filter(({ in: place }) => place === "query");
    const isStrange = declared.length === 0 || this.random.below(4n) === 0n;
    const name = isStrange
      ? this.random.pick([
          "x",
          "asof",
          "__proto__",
          "toString",
          "a[b]",
          "limit[]",
          "%00",
          "order by",
        ])
      : this.random.pick(declared).name;
    const value = encoded(this.random.pick(poison.texts));
    const query = this.random.pick([
      `${encoded(name)}=${value}`,
      `${encoded(name)}=${value}&${encoded(name)}=${value}`,
      `${encoded(name)}[]=${value}`,
      `${encoded(name)}=%ff`,
    ]);
    const mayPass = to.method === "GET" && !isStrange;
    // A caller's own key would make the document's text of an error a header's.
    return { ...base, target: `${base.target}?${query}`, what: `query ${query}`, mayPass };
  }

  #brokenBody(to: Operation): BadRequest {
    const [name, broken] = this.random.pick(Object.entries(poison.breakages));
    const body = broken(this.#json(to) ?? "{}");
    const bad = { ...this.#base(to), body, what: `body ${name}` };
    return { ...bad, mayPass: bad.mayPass || (this.#isUnrefused(to) && saysNothing(body)) };
  }

  /** A file of orders, of which none can be taken. */
  #badFile(to: Operation): BadRequest {
    const [type, templates] = this.random.pick(Object.entries(poison.files));
    const text = this.random.pick(poison.texts);
    const body = this.random.pick(templates).replaceAll("POISON", () => text);
    const base = this.#base(to);
    return {
      ...base,
      headers: { ...base.headers, "content-type": type },
      body,
      what: `file ${body}`,
    };
  }

  #wrongType(to: Operation): BadRequest {
    const type = this.random.pick(poison.contentTypes);
    const base = this.#base(to);
    return {
      ...base,
      headers: { ...base.headers, "content-type": type },
      what: `type ${type}`,
      mayPass: base.mayPass || (this.#isUnrefused(to) && base.body === undefined),
    };
  }

  #badHeader(to: Operation): BadRequest {
    const base = this.#base(to);
    // The route looks at its answer's form alone, where it does not look at all.
    const [name, value, isAside] = this.random.pick<readonly [string, string, boolean]>([
      ["idempotency-key", this.random.pick(poison.idempotencyKeys), true],
      ["prefer", this.random.pick(poison.preferences), true],
      ["content-encoding", this.random.pick(["gzip", "br", "x", "identity, gzip"]), false],
      ["accept", this.random.pick(["", "*", "text/csv;q=a", "image/png", ",,,"]), true],
    ]);
    return {
      ...base,
      headers: { ...base.headers, [name]: value },
      what: `${name}: ${value}`,
      mayPass: base.mayPass || (isAside && this.#isUnrefused(to)),
    };
  }

  #strangeField(to: Operation): BadRequest {
    const name = this.random.pick([
      "x",
      "id",
      "toString",
      "constructor",
      "hasOwnProperty",
      "then",
      "",
    ]);
    const fields = { ...this.#fields(to), [name]: this.random.pick(poison.values) };
    return this.#withBody(to, fields, `strange field ${name}`);
  }

  #missingField(to: Operation): BadRequest {
    const fields = this.#fields(to);
    if (this.#unspoilt(to).length === 0) return this.#strangeField(to);
    const without = this.random.pick(this.#unspoilt(to));
    const rest = Object.fromEntries(Object.entries(fields).filter(([name]) => name !== without));
    return this.#withBody(to, rest, `without ${without}`);
  }

  #badField(to: Operation): BadRequest {
    const fields = this.#fields(to);
    if (this.#unspoilt(to).length === 0) return this.#strangeField(to);
    const name = this.random.pick(this.#unspoilt(to));
    const isHarmless = this.surroundings.harmless[nameOf(to)]?.[name] ?? (() => false);
    const json =
      this.random.below(2n) === 0n
        ? this.random.pick(poison.values)
        : JSON.stringify(this.random.pick(poison.texts));
    const bad = this.#withBody(to, { ...fields, [name]: json }, `${name}: ${json.slice(0, 60)}`);
    return { ...bad, mayPass: bad.mayPass || isHarmless(json) };
  }

  /** On what there is, where the example alone might be a good request: a required text that is none. */
  #badFieldOfWhatThereIs(to: Operation): BadRequest {
    const { properties = {}, required = [] } = this.#bodySchema(to);
    const texts = required.filter(
      (name) => this.operations.resolved(properties[name] ?? {}).type === "string",
    );
    if (texts.length === 0) return this.#badField(to);
    const name = this.random.pick(texts);
    const json = this.random.pick(poison.values);
    const fields = { ...this.#fields(to), [name]: json };
    return this.#withBody(to, fields, `${name}: ${json.slice(0, 60)}`, this.#idIn(to));
  }

  #withBody(to: Operation, fields: Fields, what: string, id?: string): BadRequest {
    return { ...this.#base(to, id), body: this.#wrapped(to, written(fields)), what };
  }

  #base(to: Operation, id?: string): BadRequest {
    const callers = this.surroundings.callers(to);
    const body = this.#json(to);
    return {
      what: "",
      operation: nameOf(to),
      method: to.method,
      target: targetOf(to, { ...(id !== undefined && { id }) }),
      headers: {
        ...(to.method !== "GET" && { "content-type": "application/json" }),
        ...(callers.length > 0 && { authorization: this.random.pick(callers) }),
      },
      ...(body !== undefined && { body }),
      mayPass: nameOf(to) === batch,
    };
  }

  #isUnrefused(to: Operation): boolean {
    return this.surroundings.unrefused.includes(nameOf(to));
  }

  #idIn({ path }: Operation): string | undefined {
    const start = Object.keys(this.surroundings.ids).find((each) => path.startsWith(each));
    return start === undefined ? undefined : this.surroundings.ids[start];
  }

  #bodySchema({ body = {} }: Operation): ReturnType<Operations["resolved"]> {
    const schema = this.operations.resolved(body);
    const orders = schema.properties?.["orders"]?.items;
    return orders === undefined ? schema : this.operations.resolved(orders);
  }

  #fields(to: Operation): Fields {
    if (to.body === undefined) return {};
    const example = exampleOf(this.operations, this.#bodySchema(to)) as object;
    return fieldsOf({ ...example, ...this.surroundings.spoilt[nameOf(to)] });
  }

  /** What is spoilt makes the request a bad one, and stays so. */
  #unspoilt(to: Operation): string[] {
    const spoilt = this.surroundings.spoilt[nameOf(to)] ?? {};
    return Object.keys(this.#fields(to)).filter((name) => !(name in spoilt));
  }

  #json(to: Operation): string | undefined {
    return to.body === undefined ? undefined : this.#wrapped(to, written(this.#fields(to)));
  }

  #wrapped(to: Operation, json: string): string {
    return nameOf(to) === batch ? `{"orders":[${json}]}` : json;
  }
}

/** The names of what stands in a path. */
function placesIn({ path }: Operation): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
}

/** An operation's path, with well-formed names of nothing where nothing else is given. */
export function targetOf(
  { path }: Operation,
  given: Readonly<Record<string, string>> = {},
): string {
  const isOfAccounts = /\/(parties|people)\//.test(path);
  const nothing = {
    id: isOfAccounts ? noAccount : noId,
    account: noAccount,
    number: "1",
    captureID: noId,
    eventID: noId,
    kind: "epcs",
    value: noId,
  };
  const parts: Readonly<Record<string, string>> = { ...nothing, ...given };
  return path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const part = parts[name];
    if (part === undefined) throw new Error(`The generator does not know what {${name}} is.`);
    return part;
  });
}

/** Whether a body is as none to a route that takes none. */
function saysNothing(body: string | Uint8Array): boolean {
  return body === "{}" || body === "null";
}

function isLike(path: string, other: string): boolean {
  const pattern = new RegExp(`^${path.replace(/\{\w+\}/g, "[^/]+")}$`);
  return pattern.test(other) || new RegExp(`^${other.replace(/\{\w+\}/g, "[^/]+")}$`).test(path);
}

/** As `encodeURIComponent`, also for halves of surrogate pairs, as bytes that are no UTF-8. */
function encoded(text: string): string {
  return Array.from(text)
    .map((each) => (/\p{Cs}/u.test(each) ? "%ED%A0%80" : encodeURIComponent(each)))
    .join("");
}
