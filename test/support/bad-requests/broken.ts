const json = "content-type: application/json";

function head(line: string, ...headers: readonly string[]): string {
  return [line, ...headers, "", ""].join("\r\n");
}

const signIn = "POST /api/v1/auth/sandbox HTTP/1.1";
const chunked = head(signIn, "host: x", json, "transfer-encoding: chunked");

/** What is no request, or only the beginning of one, as bytes on a connection that then ends. */
export const broken: Readonly<Record<string, string | Uint8Array>> = {
  "no HTTP": "hello\r\n\r\n",
  "random bytes": Buffer.from("00ff10a0b3ce7f80fffe0d0a0d0a", "hex"),
  TLS: Buffer.from("16030100a5010000a10303", "hex"),
  "the preface of HTTP/2": "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
  "HTTP/9.9": head("GET /api/v1/liens HTTP/9.9", "host: x"),
  "no host": head("GET /api/v1/liens HTTP/1.1"),
  "two hosts": head("GET /api/v1/liens HTTP/1.1", "host: x", "host: y"),
  "an expectation": head(signIn, "host: x", json, "expect: a-miracle", "content-length: 2") + "{}",
  "a tunnel": head("CONNECT example.org:443 HTTP/1.1", "host: example.org:443"),
  "an unknown method": head("FOO /api/v1/liens HTTP/1.1", "host: x"),
  "a space in the address": head("GET /api/v1/ liens HTTP/1.1", "host: x"),
  "a raw zero in the address": head("GET /api/v1/liens\0 HTTP/1.1", "host: x"),
  "raw UTF-8 in the address": head("GET /api/v1/liens/ä HTTP/1.1", "host: x"),
  "an address elsewhere": head("GET http://example.org/api/v1/orders HTTP/1.1", "host: x"),
  "no address": head("GET  HTTP/1.1", "host: x"),
  "a header without a colon": head("GET /api/v1/liens HTTP/1.1", "host: x", "nothing"),
  "a header with a raw zero": head("GET /api/v1/liens HTTP/1.1", "host: x", "a: b\0c"),
  "a space before the colon": head("GET /api/v1/liens HTTP/1.1", "host: x", "a : b"),
  "a bare line feed": "GET /api/v1/liens HTTP/1.1\nhost: x\na: b\n\n",
  "large headers": head("GET /api/v1/liens HTTP/1.1", "host: x", `a: ${"b".repeat(20_000)}`),
  "many headers": head(
    "GET /api/v1/liens HTTP/1.1",
    "host: x",
    ...Array.from({ length: 3000 }, (_, place) => `a${place}: b`),
  ),
  "two lengths": head(signIn, "host: x", json, "content-length: 2", "content-length: 3") + "{}",
  "a length and chunks":
    head(signIn, "host: x", json, "content-length: 2", "transfer-encoding: chunked") + "{}",
  "a negative length": head(signIn, "host: x", json, "content-length: -2") + "{}",
  "a length that is no number": head(signIn, "host: x", json, "content-length: 0x2") + "{}",
  "a length beyond all": head(signIn, "host: x", json, "content-length: 99999999999") + "{}",
  "an unknown transfer": head(signIn, "host: x", json, "transfer-encoding: gzip, chunked") + "{}",
  "a chunk without a size": `${chunked}x\r\n{}\r\n0\r\n\r\n`,
  "a chunk beyond all": `${chunked}ffffffffffffffffff\r\n{}`,
  "a negative chunk": `${chunked}-2\r\n{}\r\n0\r\n\r\n`,
  "chunks broken off": `${chunked}10\r\n{"party": "oper`,
  "chunks without an end": `${chunked}2\r\n{}\r\n`,
  "a body broken off": head(signIn, "host: x", json, "content-length: 200") + '{"party": "op',
  "a head broken off": "GET /api/v1/liens HTTP/1.1\r\nhost: x\r\n",
  "a line broken off": "GET /api/v1/li",
};
