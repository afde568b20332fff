import { HttpException } from "@nestjs/common";
import { ApiProperty } from "@nestjs/swagger";
import { DomainError } from "../chain/domain-error.ts";
import { NetworkUnreachable } from "../chain/rpc.ts";
import { isUnavailable } from "../database/unavailable.ts";
import { BadInput } from "./bad-input.ts";
import { explained, problemKind } from "./problem-catalogue.ts";

export class FaultDto {
  @ApiProperty({ required: false, description: "RFC 6901 pointer into the body" })
  pointer?: string;

  @ApiProperty({ required: false, description: "name of a parameter of path, query or header" })
  parameter?: string;

  @ApiProperty()
  detail!: string;
}

/** Seconds. */
const databaseIsBackWithin = 2;

export const problemType = "application/problem+json";

/** RFC 9457. */
export class ProblemDto {
  @ApiProperty({ description: "a page that explains it", example: "/problems/StaleState" })
  type!: string;

  @ApiProperty()
  title!: string;

  @ApiProperty({ type: "integer" })
  status!: number;

  @ApiProperty()
  detail!: string;

  @ApiProperty({ description: "stable name of the refusal; of a rule of the contracts, its error" })
  code!: string;

  @ApiProperty({
    required: false,
    additionalProperties: true,
    description: "the values that the refusal carries",
  })
  values?: Record<string, unknown>;

  @ApiProperty({ required: false, type: () => FaultDto, isArray: true })
  errors?: readonly FaultDto[];

  @ApiProperty({ required: false, description: "the command that was refused" })
  command?: string;
}

/** The problem that an error is to its caller; of what is our own fault, nothing but that. */
export function problemOf(error: unknown): ProblemDto {
  if (error instanceof DomainError) {
    const has = Object.keys(error.values).length > 0;
    return {
      ...described(error.code, error.values),
      ...(has && { values: error.values }),
      ...(error.command !== undefined && { command: error.command }),
    };
  }
  if (error instanceof NetworkUnreachable) return described("NetworkUnreachable");
  if (isUnavailable(error)) {
    const values = { retryAfter: databaseIsBackWithin };
    return { ...described("DatabaseUnavailable", values), values };
  }
  if (error instanceof BadInput) return { ...described(error.code), errors: error.faults };
  const { code, detail } = codeOf(error);
  return { ...described(code), ...(detail !== undefined && { detail }) };
}

function described(
  code: string,
  values: Readonly<Record<string, unknown>> = {},
): Readonly<ProblemDto> {
  const { status, title, says } = problemKind(code);
  return { type: `/problems/${code}`, title, status, detail: explained(says, values), code };
}

/** Nest's and Fastify's own errors, by status. */
function codeOf(error: unknown): { readonly code: string; readonly detail?: string } {
  const status =
    error instanceof HttpException
      ? error.getStatus()
      : ((error as { readonly statusCode?: number } | undefined)?.statusCode ?? 500);
  const detail = error instanceof Error ? error.message : undefined;
  if (isAboutAddress(error)) return { code: "MalformedRequest", ...(detail && { detail }) };
  switch (status) {
    case 404:
      return { code: "NoSuchRoute" };
    case 413:
      return { code: "BodyTooLarge" };
    case 414:
      return { code: "AddressTooLong" };
    case 415:
      return { code: "UnsupportedMediaType", ...(detail && { detail }) };
    case 429:
      return { code: "TooManyRequests" };
    default:
      return status >= 400 && status < 500
        ? { code: "MalformedBody", ...(detail && { detail }) }
        : { code: "InternalError" };
  }
}

function isAboutAddress(error: unknown): boolean {
  return (error as { readonly code?: unknown } | undefined)?.code === "FST_ERR_BAD_URL";
}
