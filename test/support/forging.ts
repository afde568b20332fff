import { Wallet } from "ethers";
import {
  bundleText,
  digestOf,
  sealedText,
  type Bundle,
  type BundleContent,
} from "../../backend/src/proof/bundle.ts";
import type { Hex } from "../../backend/src/proof/hex.ts";

/** Whoever changes a bundle has the digest recomputed, and keeps the seal, drops it or puts an own one there. */
export type Seals = "kept" | "dropped" | "own";

const stranger = new Wallet(`0x${"5e".repeat(32)}`);

/** A bundle's file after somebody has had it in hand. */
export function forged(bundle: Bundle, change: Partial<BundleContent>, seals: Seals): Uint8Array {
  const { digest: _, seal, ...before } = bundle;
  const content = { ...before, ...change };
  const digest = digestOf(content);
  const text = sealedText(content.chain, digest);
  const own = {
    by: stranger.address.toLowerCase() as Hex,
    signature: stranger.signMessageSync(text) as Hex,
  };
  const chosen = { kept: seal, dropped: null, own };
  return bytesOfBundle({ ...content, digest, seal: chosen[seals] });
}

export function bytesOfBundle(bundle: Bundle): Uint8Array {
  return new TextEncoder().encode(bundleText(bundle));
}

/** RFC 6901, of every value in it that is no list and no object. */
export function leavesOf(value: unknown, pointer = ""): string[] {
  if (typeof value !== "object" || value === null) return [pointer];
  return Object.entries(value).flatMap(([name, inner]) =>
    leavesOf(inner, `${pointer}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`),
  );
}

/** A copy with another value of the same form there. */
export function changedAt<T>(value: T, pointer: string): T {
  const [, first, ...rest] = pointer.split("/");
  if (first === undefined) return other(value) as T;
  const name = first.replaceAll("~1", "/").replaceAll("~0", "~");
  const inner = (value as Readonly<Record<string, unknown>>)[name];
  const changed = changedAt(inner, ["", ...rest].join("/"));
  return (
    Array.isArray(value)
      ? value.with(Number(name), changed)
      : { ...(value as object), [name]: changed }
  ) as T;
}

function other(value: unknown): unknown {
  if (typeof value === "boolean") return !value;
  if (typeof value === "number") return value + 1;
  if (typeof value !== "string") return `0x${"1".repeat(64)}`;
  const last = value.at(-1) ?? "";
  return value.slice(0, -1) + (last === "0" ? "1" : "0");
}
