import type { Book } from "../model/book.ts";
import type { Effect } from "../model/effect.ts";
import type { Finding } from "./finding.ts";

/** Nothing lost and nothing doubled: what was granted is on chain as often, and nothing else is. */
export function compareEffects(
  { effects: asked }: Pick<Book, "effects">,
  onChain: ReadonlyMap<Effect, number>,
): Finding[] {
  return [...new Set([...asked.keys(), ...onChain.keys()])].flatMap((effect) => {
    const wanted = asked.get(effect) ?? 0;
    const found = onChain.get(effect) ?? 0;
    if (wanted === found) return [];
    const says = `${effect}: granted ${String(wanted)} times, on chain ${String(found)} times`;
    const verdict = found < wanted ? "lost" : "doubled";
    return [{ verdict, says } as const];
  });
}
