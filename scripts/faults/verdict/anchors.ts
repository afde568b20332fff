import { setTimeout as sleep } from "node:timers/promises";
import type { JsonRpcProvider } from "ethers";
import { AnchorService } from "../../../backend/src/anchor/anchor.service.ts";
import type { Deployment } from "../../../backend/src/chain/deployment.ts";
import type { Database } from "../../../backend/src/database/database.ts";
import { EpcisEventRow } from "../../../backend/src/epcis/epcis.entity.ts";
import { checkEvent, type ProvableEvent } from "../../../backend/src/proof/provable-event.ts";
import { connectContracts } from "../../deploy/contracts.ts";
import type { Book } from "../model/book.ts";
import type { Finding } from "./finding.ts";

const anchoredWithin = 120_000;

/** Until every event on record is on chain; what is not then, the verdict says. */
export async function untilAnchored(live: Database): Promise<void> {
  const end = Date.now() + anchoredWithin;
  while (Date.now() < end && (await recorded(live)).some(({ anchor }) => anchor === null))
    await sleep(500);
}

/** Every event that was captured is on record once, and in one tree on chain; the trees follow each other. */
export async function compareAnchors(
  book: Book,
  live: Database,
  provider: JsonRpcProvider,
  deployment: Deployment,
): Promise<Finding[]> {
  const findings: string[] = [];
  const events = await recorded(live);
  if (events.length !== book.captured)
    findings.push(
      `${String(book.captured)} events were captured, ${String(events.length)} are on record`,
    );
  const { provenance } = connectContracts(deployment, provider);
  for (const [index, event] of events.entries()) {
    const { fault, root } = checkEvent(event);
    const { anchoredAt } = root === undefined ? {} : await provenance.anchorOf(root);
    if (fault !== undefined || (anchoredAt ?? 0n) === 0n)
      findings.push(`event ${String(index + 1)}: ${fault ?? "not anchored"}`);
  }
  let next = 1n;
  for (const { args } of await provenance.queryFilter(provenance.filters.Anchored)) {
    if (args.first !== next)
      findings.push(`a tree begins with ${String(args.first)}, not with ${String(next)}`);
    next = args.first + args.count;
  }
  if (next !== BigInt(events.length) + 1n)
    findings.push(`the trees end before ${String(next)}, with ${String(events.length)} events`);
  return findings.map((says) => ({ verdict: "anchors", says }));
}

async function recorded(live: Database): Promise<ProvableEvent[]> {
  const rows = await live.read.find(EpcisEventRow, { order: { id: "ASC" } });
  return new AnchorService(live).provable(rows);
}
