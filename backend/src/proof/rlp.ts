/** What RLP writes down: bytes, or a list of such. */
export type Rlp = Uint8Array | readonly Rlp[];

/** Recursive Length Prefix: Ethereum's Yellow Paper, appendix B. */
export function encodeRlp(value: Rlp): Uint8Array {
  if (value instanceof Uint8Array) {
    const [first] = value;
    return value.length === 1 && first !== undefined && first < 0x80
      ? value
      : joined([prefix(0x80, value.length), value]);
  }
  const items = joined(value.map(encodeRlp));
  return joined([prefix(0xc0, items.length), items]);
}

/** @throws Error for bytes that are not the one way to write a value */
export function decodeRlp(bytes: Uint8Array): Rlp {
  const [value, end] = read(bytes, 0);
  if (end !== bytes.length) throw malformed();
  return value;
}

function read(bytes: Uint8Array, at: number): [value: Rlp, end: number] {
  const first = byteAt(bytes, at);
  if (first < 0x80) return [bytes.subarray(at, at + 1), at + 1];
  const isList = first >= 0xc0;
  const [from, length] = lengthAt(bytes, at, first - (isList ? 0xc0 : 0x80));
  const end = from + length;
  if (end > bytes.length) throw malformed();
  if (!isList) {
    if (length === 1 && byteAt(bytes, from) < 0x80) throw malformed();
    return [bytes.subarray(from, end), end];
  }
  const items: Rlp[] = [];
  let next = from;
  while (next < end) {
    const [item, behind] = read(bytes, next);
    items.push(item);
    next = behind;
  }
  if (next !== end) throw malformed();
  return [items, end];
}

function lengthAt(bytes: Uint8Array, at: number, code: number): [from: number, length: number] {
  if (code < 56) return [at + 1, code];
  const from = at + 1 + (code - 55);
  let length = 0;
  for (let place = at + 1; place < from; place += 1) length = length * 256 + byteAt(bytes, place);
  // Short lengths, and zeros before a length, can be written shorter.
  if (length < 56 || byteAt(bytes, at + 1) === 0 || !Number.isSafeInteger(length)) {
    throw malformed();
  }
  return [from, length];
}

function byteAt(bytes: Uint8Array, at: number): number {
  const byte = bytes[at];
  if (byte === undefined) throw malformed();
  return byte;
}

function prefix(offset: number, length: number): Uint8Array {
  if (length < 56) return Uint8Array.of(offset + length);
  const digits: number[] = [];
  for (let left = length; left > 0; left = Math.floor(left / 256)) digits.unshift(left % 256);
  return Uint8Array.of(offset + 55 + digits.length, ...digits);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function malformed(): Error {
  return new Error("These bytes are no RLP.");
}
