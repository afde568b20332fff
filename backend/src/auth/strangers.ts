import { Transform, type TransformCallback } from "node:stream";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { DomainError } from "../chain/domain-error.ts";
import type { AddressRates } from "./address-rates.ts";
import type { Bearers } from "./bearers.ts";

const readOnly = new Set(["GET", "HEAD", "OPTIONS"]);
/** Bytes of a body that is read before it is known who sends it: what signs in is not a tenth of it. */
const mostOfStrangers = 16 * 1024;

/**
 * Asks by its head who sends a request, before its body is read: a stranger has no more of it read than it takes to sign
 * in, and nobody whose limit of rate is reached. Guards ask again when the body is there, for that can be a minute later.
 */
export function limitStrangers(
  server: FastifyInstance,
  bearers: Bearers,
  addresses: AddressRates,
): void {
  const strangers = new WeakSet<FastifyRequest>();
  server.addHook("onRequest", async (request, reply) => {
    if (readOnly.has(request.method)) return;
    addresses.requireRoom(request.ip);
    try {
      await bearers.actorOf(request.headers.authorization);
    } catch (refusal) {
      if (Number(request.headers["content-length"] ?? 0) > mostOfStrangers) {
        addresses.take(request.ip, 1);
        // What is still to come of the body is nobody's next request.
        reply.header("connection", "close");
        throw refusal;
      }
      strangers.add(request);
    }
  });
  server.addHook("preParsing", (request, _reply, payload, done) => {
    const isUnmeasured = request.headers["content-length"] === undefined;
    done(null, isUnmeasured && strangers.has(request) ? payload.pipe(new Limited()) : payload);
  });
}

/** What comes in pieces tells its length at its end alone. */
class Limited extends Transform {
  #length = 0;

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.#length += chunk.length;
    if (this.#length > mostOfStrangers) done(new DomainError("BodyTooLarge"));
    else done(null, chunk);
  }
}
