import { setTimeout as sleep } from "node:timers/promises";
import type { Book } from "../model/book.ts";
import type { Listener } from "../world/listener.ts";
import type { Finding } from "./finding.ts";

const heardWithin = 30_000;

/** What was drawn was told to the borrower: each drawdown at least once, and nothing that was none. */
export async function compareWebhooks(
  { effects }: Pick<Book, "effects">,
  { heard }: Listener,
): Promise<Finding[]> {
  const told = [...effects].filter(([effect]) => effect.startsWith("drawndown "));
  const expected = told.reduce((sum, [, times]) => sum + times, 0);
  const end = Date.now() + heardWithin;
  while (heard.size < expected && Date.now() < end) await sleep(100);
  if (heard.size === expected) return [];
  const says = `of ${String(expected)} drawdowns webhooks have told ${String(heard.size)}`;
  return [{ verdict: "webhooks", says }];
}
