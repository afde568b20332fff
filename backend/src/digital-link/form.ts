import { DomainError } from "../chain/domain-error.ts";
import { isLinkType } from "./linkset.ts";

/** What an answer is: for people, for programs, or what else there is. */
export type Form = "page" | "story" | "linkset";

const forms: Readonly<Record<string, Form>> = {
  "text/html": "page",
  "application/xhtml+xml": "page",
  "application/json": "story",
  "application/linkset+json": "linkset",
  "application/problem+json": "story",
};

/**
 * What the address asks for by `linkType`, else what the caller takes best.
 * @throws DomainError `LinkTypeUnknown` for a link that there is not
 */
export function formFor(linkType: string | undefined, accept: string | undefined): Form {
  switch (linkType) {
    case undefined:
      return preferred(accept ?? "");
    case "linkset":
    case "all":
      return "linkset";
    case "gs1:traceability":
      return "story";
    default:
      if (!isLinkType(linkType)) throw new DomainError("LinkTypeUnknown", { linkType });
      return "page";
  }
}

/** A page, where somebody takes it or does not care. */
function preferred(accept: string): Form {
  const wanted = accept.split(",").map((part, at) => {
    const [type = "", ...parameters] = part.trim().toLowerCase().split(";");
    const weight = Number(/q=([\d.]+)/.exec(parameters.join(";"))?.[1] ?? 1);
    return { form: forms[type.trim()], weight, at };
  });
  const [best] = wanted
    .filter(({ form, weight }) => form !== undefined && weight > 0)
    .sort((one, other) => other.weight - one.weight || one.at - other.at);
  return best?.form ?? "page";
}
