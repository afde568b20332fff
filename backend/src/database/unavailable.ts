import { DatabaseError } from "pg";
import { QueryFailedError } from "typeorm";

/**
 * What PostgreSQL says when it cannot serve, by the beginning of its code: connection exceptions, resources used up,
 * interventions of an operator (a shutdown, a crash), what took too long, faults of the system it runs on; and transactions that did not fit
 * into an order however often they were tried.
 */
const refusals = ["08", "53", "57014", "57P", "58", "25P03", "40001", "40P01"];
/** What SQLite says when its file cannot be used now. */
const sqliteRefusals = ["SQLITE_BUSY", "SQLITE_FULL", "SQLITE_IOERR", "SQLITE_CANTOPEN"];
/** The system's words for a server that cannot be reached, and for a connection that broke. */
const networkFaults = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ECONNABORTED",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EAI_AGAIN",
]);
/** What the driver says in words alone: of a connection that broke, and of one that nobody had free in time. */
const driverFaults =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed|Cannot use a pool after|Driver not Connected)/;

/**
 * Whether an error says that the database could not be asked, or gave no answer, rather than that it was asked
 * something wrong. Whether it did what it was asked for is not known then.
 */
export function isUnavailable(error: unknown): boolean {
  const cause: unknown = error instanceof QueryFailedError ? error.driverError : error;
  if (!(cause instanceof Error)) return false;
  const code = String((cause as { readonly code?: unknown }).code);
  if (cause instanceof DatabaseError) return refusals.some((start) => code.startsWith(start));
  return (
    networkFaults.has(code) ||
    sqliteRefusals.some((start) => code.startsWith(start)) ||
    driverFaults.test(cause.message)
  );
}
