import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { describeApi } from "../../backend/src/app.ts";

interface MediaType {
  readonly schema?: object;
}

interface Response {
  readonly content?: Readonly<Record<string, MediaType>>;
}

interface Operation {
  readonly responses: Readonly<Record<string, Response>>;
}

type Methods = Readonly<Record<string, Operation>>;

/** An answer, as far as the document speaks of it. */
export interface Exchanged {
  readonly method: string;
  /** With its query, or without. */
  readonly path: string;
  readonly status: number;
  readonly contentType: string;
  /** As text. */
  readonly body: string;
}

/** The OpenAPI document, held against what is really answered: an answer that it does not have is a fault. */
export class Documented {
  readonly #ajv: Ajv2020;
  readonly #operations: readonly { readonly path: RegExp; readonly methods: Methods }[];
  readonly #validators = new Map<object, ValidateFunction>();

  private constructor(document: Readonly<Record<string, unknown>>) {
    this.#ajv = new Ajv2020({ allErrors: true, strict: false });
    addFormats.default(this.#ajv);
    // A decimal has a pattern beside it.
    this.#ajv.addFormat("decimal", true);
    const closed = withoutOthers(document) as {
      readonly paths: Readonly<Record<string, Methods>>;
      readonly components: object;
    };
    this.#ajv.addSchema({ $id: "sheaf", components: closed.components });
    this.#operations = Object.entries(closed.paths)
      .sort(([one], [other]) => placeholders(one) - placeholders(other))
      .map(([path, methods]) => ({ path: patternOf(path), methods }));
  }

  static async read(): Promise<Documented> {
    const document = await describeApi();
    return new Documented(JSON.parse(JSON.stringify(document)) as Record<string, unknown>);
  }

  /** What the document does not say of this answer; undefined where it says it all. */
  faultOf(exchanged: Exchanged): string | undefined {
    const { method, path, status, contentType, body } = exchanged;
    const [address = ""] = path.split("?");
    const type = contentType.split(";")[0]?.trim() ?? "";
    const operation = this.#operationOf(method, address);
    const named = `${method} ${address} ${status} ${type}`;
    if (operation === undefined) {
      // What is no route of the API is described by no document, but its problems are.
      if (status < 400 && /^\/(api\/v1|epcis|health)(\/|$)/.test(address))
        return `${named}: no such operation`;
      return type === "application/problem+json" ? this.#against(problem, body, named) : undefined;
    }
    const response =
      operation.responses[status] ?? (status >= 400 ? operation.responses["default"] : undefined);
    if (response === undefined) return `${named}: no such status`;
    if (response.content === undefined && body === "") return undefined;
    const media = response.content?.[type];
    if (media === undefined) return `${named}: no such content type`;
    if (media.schema === undefined) return undefined;
    if (type === "text/csv") return /^[\w,]+\r\n/.test(body) ? undefined : `${named}: no CSV`;
    return type.endsWith("json") ? this.#against(media.schema, body, named) : undefined;
  }

  #operationOf(method: string, address: string): Operation | undefined {
    const found = this.#operations.filter(({ path }) => path.test(address));
    return found
      .map(({ methods }) => methods[method.toLowerCase()])
      .find((each) => each !== undefined);
  }

  #against(schema: object, body: string, named: string): string | undefined {
    const validate = this.#validators.get(schema) ?? this.#ajv.compile(absolute(schema) as object);
    this.#validators.set(schema, validate);
    const value = JSON.parse(body) as unknown;
    if (!validate(value))
      return `${named}: ${this.#ajv.errorsText(validate.errors)} in ${body.slice(0, 600)}`;
    const { detail } = (value ?? {}) as { readonly detail?: unknown };
    const isWhole = typeof detail !== "string" || !/\{\w+\}/.test(detail);
    return isWhole ? undefined : `${named}: the detail lacks a value: ${detail}`;
  }
}

const problem = { $ref: "#/components/schemas/ProblemDto" };
const nothingElse = { unevaluatedProperties: false };

/** A document whose objects have no other properties than it names; free ones say so. */
function withoutOthers(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutOthers);
  if (typeof node !== "object" || node === null) return node;
  const copy = Object.fromEntries(
    Object.entries(node).map(([name, value]) => [name, withoutOthers(value)]),
  );
  const isObject = copy["type"] === "object" && "properties" in copy;
  return isObject && !("additionalProperties" in copy) ? { ...copy, ...nothingElse } : copy;
}

function absolute(node: unknown): unknown {
  return JSON.parse(
    JSON.stringify(node).replaceAll('"#/components/', '"sheaf#/components/'),
  ) as unknown;
}

function placeholders(path: string): number {
  return path.split("{").length;
}

function patternOf(path: string): RegExp {
  // A slash at the end is nothing to the router.
  return new RegExp(`^${path.replace(/\{\w+\}/g, "[^/]+")}/?$`);
}

let documented: Promise<Documented> | undefined;

/** @throws Error for an answer that the document does not have */
export async function requireDocumented(exchanged: Exchanged): Promise<void> {
  documented ??= Documented.read();
  const fault = (await documented).faultOf(exchanged);
  if (fault !== undefined) throw new Error(`Not as documented: ${fault}`);
}

/**
 * Holds whatever `fetch` gets against the document: also what callers get that are not of these tests.
 * @returns ends it
 */
export function watchFetch(): () => void {
  const { fetch } = globalThis;
  globalThis.fetch = async (input, init) => {
    const response = await fetch(input, init);
    const { pathname } = new URL(input instanceof Request ? input.url : input);
    await requireDocumented({
      method: init?.method ?? "GET",
      path: pathname,
      status: response.status,
      contentType: response.headers.get("content-type") ?? "",
      body: await response.clone().text(),
    });
    return response;
  };
  return () => {
    globalThis.fetch = fetch;
  };
}
