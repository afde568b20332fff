import { getAddress, isAddress } from "ethers";

/** The approval that does not run down. */
export { MaxUint256 } from "ethers";

export const zeroAddress = "0x0000000000000000000000000000000000000000";

/** The EIP-55 form of an address; undefined for a text that is none, or has a wrong checksum. */
export function addressOf(text: string): string | undefined {
  return text.startsWith("0x") && isAddress(text) ? getAddress(text) : undefined;
}

/** Addresses of late in their EIP-55 form: the same few are asked for again and again, and each takes a hash. */
const checksums = new Map<string, string>();
const mostChecksums = 50_000;

/** The EIP-55 form of an address of 40 lower-case digits. */
export function checksummed(digits: string): string {
  let address = checksums.get(digits);
  if (address === undefined) {
    address = getAddress(`0x${digits.toLowerCase()}`);
    if (checksums.size >= mostChecksums) checksums.clear();
    checksums.set(digits, address);
  }
  return address;
}

/** A claim's id as 0x and 64 lower-case digits. */
export function idOf(value: bigint): string {
  return `0x${value.toString(16).padStart(64, "0")}`;
}

const encoder = new TextEncoder();

/**
 * Text as the contracts keep it: UTF-8, zero padded on the right to `size` bytes.
 * Undefined where it does not fit or holds a control character.
 */
export function bytesOfText(text: string, size: number): string | undefined {
  const bytes = encoder.encode(text);
  if (bytes.length > size || /\p{Cc}/u.test(text)) return undefined;
  return `0x${Buffer.from(bytes)
    .toString("hex")
    .padEnd(size * 2, "0")}`;
}

/** The text in such bytes, for showing: bytes that are no text, and zeros within, which databases do not take, are U+FFFD. */
export function textOfBytes(bytes: string): string {
  return Buffer.from(bytes.slice(2), "hex")
    .toString("utf8")
    .replace(/\0+$/, "")
    .replaceAll("\0", "\ufffd");
}

/**
 * Numbers of documents and tickets, normalised before they are hashed into ids: NFKC, trimmed, upper case. In upper
 * case some characters come apart (a Greek ΐ), which NFKC puts together again.
 */
export function normalised(number: string): string {
  return number.normalize("NFKC").trim().toUpperCase().normalize("NFKC");
}
