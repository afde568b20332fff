import { Ajv } from "ajv";
import canonicalize from "canonicalize";
import type { Bundle } from "../../backend/src/proof/bundle.ts";
import { bundleSchema } from "./bundle-schema.ts";
import { DoesNotHold, hold } from "./finding.ts";

const hasForm = new Ajv({ strict: true, allowUnionTypes: true }).compile<Bundle>(bundleSchema);

/**
 * The bundle that a file holds, if it is one to the last byte.
 * @throws DoesNotHold
 */
export function bundleIn(bytes: Uint8Array): Bundle {
  const value = parsed(bytes);
  if (hasForm(value)) return value;
  const [fault] = hasForm.errors ?? [];
  const { instancePath = "", message = "is another one", params } = fault ?? {};
  const name = (params as Readonly<Record<string, unknown>> | undefined)?.["additionalProperty"];
  const more = typeof name === "string" ? `: ${name}` : "";
  throw new DoesNotHold(instancePath, `has not the form of a bundle: ${message}${more}`);
}

function parsed(bytes: Uint8Array): unknown {
  let value: unknown;
  let text: string | undefined;
  try {
    const read = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    value = JSON.parse(read) as unknown;
    text = canonicalize(value);
  } catch {
    throw new DoesNotHold("", "is no JSON in UTF-8");
  }
  const canonical = new TextEncoder().encode(text);
  const isSame = Buffer.compare(canonical, bytes) === 0;
  hold(isSame, "", "is not in canonical JSON (RFC 8785), or has more before or after it");
  return value;
}
