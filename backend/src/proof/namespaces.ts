import { isObject, listOf, type Json, type JsonObject } from "./event.ts";

/** The standard's JSON-LD context, wherever it is published; what it says is built in here and never fetched. */
const standardContexts: ReadonlySet<string> = new Set([
  "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
  "https://ref.gs1.org/standards/epcis/2.0.1/epcis-context.jsonld",
  "https://ref.gs1.org/standards/epcis/epcis-context.jsonld",
  "https://gs1.github.io/EPCIS/epcis-context.jsonld",
]);

export const standardContext = "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld";

/** The prefixes that the standard's context declares. */
const standardPrefixes: readonly (readonly [string, string])[] = [
  ["epcis", "https://ref.gs1.org/epcis/"],
  ["cbv", "https://ref.gs1.org/cbv/"],
  ["cbvmda", "urn:epcglobal:cbv:mda:"],
  ["gs1", "https://gs1.org/voc/"],
  ["rdfs", "http://www.w3.org/2000/01/rdf-schema#"],
  ["owl", "http://www.w3.org/2002/07/owl#"],
  ["xsd", "http://www.w3.org/2001/XMLSchema#"],
  ["dcterms", "http://purl.org/dc/terms/"],
];

const schemes = /^(?:https?|urn|geo|ni|tel|mailto|data|did|tag|ftp|file|info|doi):/i;

/** What the prefixes of names mean, as `@context` declares them: resolved here, nothing is fetched. */
export class Namespaces {
  readonly #prefixes: ReadonlyMap<string, string>;

  private constructor(prefixes: Iterable<readonly [string, string]>) {
    this.#prefixes = new Map(prefixes);
  }

  /** @param contexts of the document and then of the event: what is said later counts */
  static of(...contexts: readonly (Json | undefined)[]): Namespaces {
    return new Namespaces([
      ...standardPrefixes,
      ...contexts.flatMap((context) => declarations(context)),
    ]);
  }

  /** `{namespace}local` for a name that has a namespace; undefined for one that has none. */
  expandedName(name: string): string | undefined {
    const colon = name.indexOf(":");
    if (colon <= 0) return undefined;
    const namespace = this.#prefixes.get(name.slice(0, colon));
    if (namespace !== undefined) return `{${namespace}}${name.slice(colon + 1)}`;
    return schemes.test(name) ? this.#splitUri(name) : undefined;
  }

  /** The whole URI of a compact one; anything else stays. */
  expandedValue(value: string): string {
    const colon = value.indexOf(":");
    const namespace = colon <= 0 ? undefined : this.#prefixes.get(value.slice(0, colon));
    return namespace === undefined ? value : namespace + value.slice(colon + 1);
  }

  /**
   * The declaration, not the standard's own, of a name's prefix or of the namespace that a whole URI lies in; undefined
   * where there is none.
   */
  declarationFor(name: string): readonly [string, string] | undefined {
    const prefix = name.slice(0, Math.max(0, name.indexOf(":")));
    const namespace = this.#prefixes.get(prefix);
    const declaration =
      namespace === undefined ? this.#around(name) : ([prefix, namespace] as const);
    const isStandard = standardPrefixes.some(
      ([one, uri]) => one === declaration?.[0] && uri === declaration[1],
    );
    return isStandard ? undefined : declaration;
  }

  /** Where no prefix says where the namespace of a whole URI ends, it ends with its last separator. */
  #splitUri(uri: string): string {
    const end =
      this.#around(uri)?.[1].length ??
      1 + Math.max(uri.lastIndexOf("/"), uri.lastIndexOf("#"), uri.lastIndexOf(":"));
    return `{${uri.slice(0, end)}}${uri.slice(end)}`;
  }

  /** The longest declared namespace that a whole URI lies in. */
  #around(uri: string): readonly [string, string] | undefined {
    const declared = [...this.#prefixes].filter(([, namespace]) => uri.startsWith(namespace));
    return declared.sort(([, a], [, b]) => b.length - a.length)[0];
  }
}

function declarations(context: Json | undefined): (readonly [string, string])[] {
  return listOf(context)
    .filter((part): part is JsonObject => isObject(part))
    .flatMap((part) =>
      Object.entries(part).flatMap(([prefix, meaning]) => {
        const uri = isObject(meaning) ? meaning["@id"] : meaning;
        return prefix.startsWith("@") || typeof uri !== "string" ? [] : [[prefix, uri] as const];
      }),
    );
}

/** Contexts that are neither the standard's nor written out, by their place in `@context`. */
export function strangeContexts(context: Json | undefined): { place: number; uri: string }[] {
  return listOf(context).flatMap((part, place) =>
    typeof part === "string" && !standardContexts.has(part) ? [{ place, uri: part }] : [],
  );
}

export function namesStandardContext(context: Json | undefined): boolean {
  return listOf(context).some((part) => typeof part === "string" && standardContexts.has(part));
}
