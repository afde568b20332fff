import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";

/** Bytes as 0x and two digits each. */
export type Hex = `0x${string}`;

export function hexOf(bytes: Uint8Array): Hex {
  return `0x${bytesToHex(bytes)}`;
}

/** @throws Error where the digits are not whole bytes */
export function bytesOf(hex: Hex): Uint8Array {
  return hexToBytes(hex.slice(2));
}

/** Whether a text is 0x and the digits of so many bytes. */
export function isHex(text: unknown, bytes: number): text is Hex {
  return typeof text === "string" && text.length === 2 + 2 * bytes && /^0x[0-9a-f]*$/i.test(text);
}
