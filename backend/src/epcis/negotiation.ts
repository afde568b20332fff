import {
  Injectable,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from "@nestjs/common";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Observable } from "rxjs";
import { DomainError } from "../chain/domain-error.ts";
import type { EpcFormat } from "./answers.ts";
import { captureLimit } from "./capture.service.ts";

const version = [2, 0, 0] as const;
const written = version.join(".");
/** Bytes of a document. */
const fileLimit = 10 * 1024 * 1024;

/** Characters of a value in an address. */
const longestValue = 700;

type Headers = FastifyRequest["headers"];

/** The headers that every answer of the interface has; refuses what it cannot give in the form that is asked for. */
@Injectable()
export class Negotiation implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler<unknown>): Observable<unknown> {
    const { headers, params } = context.switchToHttp().getRequest<FastifyRequest>();
    if (Object.values(params as object).some((value: string) => value.length > longestValue)) {
      throw new DomainError("AddressTooLong");
    }
    requireJson(headers.accept);
    for (const standard of ["epcis", "cbv"]) requireVersion(headers, standard);
    epcFormat(headers);
    context
      .switchToHttp()
      .getResponse<FastifyReply>()
      .headers({ "GS1-EPCIS-Version": written, "GS1-CBV-Version": written });
    return next.handle();
  }
}

/** Keys stay as they were captured, unless Digital Link URIs are asked for. */
export function epcFormat(headers: Headers): EpcFormat {
  const asked = one(headers, "gs1-epc-format");
  switch (asked) {
    case undefined:
    case "No_Preference":
    case "Never_Translates":
      return "Never_Translates";
    case "Always_GS1_Digital_Link":
      return asked;
    default:
      throw notAcceptable(
        `GS1-EPC-Format: ${asked} is not covered; a Digital Link does not tell how long the company prefix is.`,
      );
  }
}

/** What `OPTIONS` tells of a resource. */
export function discovery(reply: FastifyReply, allow: string): void {
  reply.headers({
    allow,
    "GS1-EPCIS-Min": written,
    "GS1-EPCIS-Max": written,
    "GS1-CBV-Min": written,
    "GS1-CBV-Max": written,
    "GS1-EPC-Format": "Never_Translates, Always_GS1_Digital_Link",
    "GS1-Vendor-Version": "1",
    ...(allow.includes("POST") && {
      "GS1-EPCIS-Capture-Limit": String(captureLimit),
      "GS1-EPCIS-Capture-File-Size-Limit": String(fileLimit),
      "GS1-Capture-Error-Behaviour": "all",
    }),
  });
}

function requireJson(accept: string | undefined): void {
  const takes = (accept ?? "*/*").split(",").map((part) => part.split(";")[0]?.trim() ?? "");
  if (
    takes.some((type) => /^(?:\*\/\*|application\/(?:\*|json|ld\+json|problem\+json))$/.test(type))
  )
    return;
  throw notAcceptable("Answers are application/json.");
}

function requireVersion(headers: Headers, standard: string): void {
  const exact = one(headers, `gs1-${standard}-version`);
  const [low, high] = [one(headers, `gs1-${standard}-min`), one(headers, `gs1-${standard}-max`)];
  const fits =
    (exact === undefined || /^2\.0(?:\.0)?$/.test(exact)) &&
    (low === undefined || compared(low) <= 0) &&
    (high === undefined || compared(high) >= 0);
  if (!fits) throw notAcceptable(`${standard.toUpperCase()} is spoken here in version ${written}.`);
}

/** Below 0 for a version before ours; one that is no version fits nothing. */
function compared(text: string): number {
  if (!/^\d+(?:\.\d+)*$/.test(text)) return Number.NaN;
  const parts = text.split(".").map(Number);
  const at = version.findIndex((part, place) => (parts[place] ?? 0) !== part);
  return at === -1 ? 0 : (parts[at] ?? 0) - (version[at] ?? 0);
}

function one(headers: Headers, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}

function notAcceptable(reason: string): DomainError {
  return new DomainError("EpcisNotAcceptable", { reason });
}
