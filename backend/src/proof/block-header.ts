import { keccak_256 } from "@noble/hashes/sha3.js";
import { bytesOf, hexOf, type Hex } from "./hex.ts";
import { decodeRlp, encodeRlp } from "./rlp.ts";

/** A block's header, from the bytes that its hash is of. */
export interface BlockHeader {
  readonly hash: Hex;
  readonly number: number;
  /** Unix seconds. */
  readonly time: number;
  readonly stateRoot: Hex;
}

/** In the order in which they are hashed; the later ones have come with forks, one after another. */
const fields = [
  ...["parentHash", "sha3Uncles", "miner", "stateRoot", "transactionsRoot", "receiptsRoot"],
  ...["logsBloom", "difficulty", "number", "gasLimit", "gasUsed", "timestamp", "extraData"],
  ...["mixHash", "nonce", "baseFeePerGas", "withdrawalsRoot", "blobGasUsed", "excessBlobGas"],
  ...["parentBeaconBlockRoot", "requestsHash"],
];
const quantities = new Set(
  ["difficulty", "number", "gasLimit", "gasUsed", "timestamp"].concat([
    "baseFeePerGas",
    "blobGasUsed",
    "excessBlobGas",
  ]),
);

/**
 * The bytes of a header, from what `eth_getBlockByNumber` says of a block.
 * @throws Error where something is missing
 */
export function headerBytesOf(block: Readonly<Record<string, unknown>>): Hex {
  const last = fields.findLastIndex((name) => typeof block[name] === "string");
  const values = fields.slice(0, last + 1).map((name) => {
    const value = block[name];
    if (typeof value !== "string") throw new Error(`The block has no ${name}.`);
    if (!quantities.has(name)) return bytesOf(value as Hex);
    const digits = value.slice(2).replace(/^0+/, "");
    return bytesOf(`0x${digits.length % 2 === 0 ? "" : "0"}${digits}`);
  });
  return hexOf(encodeRlp(values));
}

/** @throws Error for bytes that are no header */
export function headerOf(bytes: Hex): BlockHeader {
  const values = decodeRlp(bytesOf(bytes));
  if (values instanceof Uint8Array) throw new Error("This is no header.");
  const field = (name: string): Hex => {
    const value = values[fields.indexOf(name)];
    if (!(value instanceof Uint8Array)) throw new Error(`The header has no ${name}.`);
    return hexOf(value);
  };
  const whole = (name: string): number => {
    const value = field(name);
    return value === "0x" ? 0 : Number(BigInt(value));
  };
  return {
    hash: hexOf(keccak_256(bytesOf(bytes))),
    number: whole("number"),
    time: whole("timestamp"),
    stateRoot: field("stateRoot"),
  };
}
