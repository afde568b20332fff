import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import { DomainError } from "../chain/domain-error.ts";
import { problemOf, problemType } from "./problem.ts";

const codes: Readonly<Record<string, string>> = {
  ERR_HTTP_REQUEST_TIMEOUT: "RequestTimeout",
  HPE_HEADER_OVERFLOW: "HeadersTooLarge",
};

/** Answers what never became a request: there is nothing but a connection, which ends with it. */
export function answerBrokenRequest(error: Error & { readonly code?: string }, to: Socket): void {
  if (error.code === "ECONNRESET" || to.destroyed) return;
  const problem = problemOf(new DomainError(codes[error.code ?? ""] ?? "MalformedRequest"));
  const body = JSON.stringify(problem);
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ""}`,
    `content-type: ${problemType}; charset=utf-8`,
    `content-length: ${Buffer.byteLength(body)}`,
    "connection: close",
  ];
  if (to.writable) to.write(`${head.join("\r\n")}\r\n\r\n${body}`);
  to.destroySoon();
}
