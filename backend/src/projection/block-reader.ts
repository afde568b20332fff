import type { Header, RawLog, Rpc } from "../chain/rpc.ts";

/** Headers from one block to another, as far as the node has them without a gap. */
export async function headersOf(
  rpc: Rpc,
  from: number,
  to: number,
  head: Header,
): Promise<Header[]> {
  const numbers = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  const headers = await Promise.all(
    numbers.map(async (number) => (number === head.number ? head : rpc.header(number))),
  );
  const gap = headers.indexOf(undefined);
  return headers.slice(0, gap < 0 ? undefined : gap) as Header[];
}

/** Logs of a range by block, in order; the last block is among them also where it has none. */
export async function logsByBlock(
  rpc: Rpc,
  from: number,
  to: number,
  addresses: readonly string[],
): Promise<[block: number, logs: RawLog[]][]> {
  const blocks = new Map<number, RawLog[]>([[to, []]]);
  for (const log of await rpc.logsOfRange(from, to, addresses)) {
    const block = Number(log.blockNumber);
    blocks.set(block, [...(blocks.get(block) ?? []), log]);
  }
  return [...blocks].sort(([a], [b]) => a - b);
}
