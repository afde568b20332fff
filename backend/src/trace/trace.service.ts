import { Injectable } from "@nestjs/common";
import { PartyDirectory } from "../auth/party-directory.ts";
import { DomainError } from "../chain/domain-error.ts";
import { PartyNames } from "../claim/party-names.ts";
import { keyOf } from "../epcis/links.ts";
import { claimName } from "./claim-names.ts";
import { declaredWrong } from "./declarations.ts";
import { EventLedger } from "./event-ledger.ts";
import { flagsOfThings, isGoods } from "./findings.ts";
import { edgesOf, nodesOf } from "./graph.ts";
import { judgeLot, judgeTransformation } from "./judgement.ts";
import { LotAccount } from "./lot-account.ts";
import { LotReceipts } from "./lot-receipts.ts";
import { goodsOf, lotNamedBy, ReceiptTies } from "./receipt-ties.ts";
import type { ToldEvent } from "./told-event.ts";
import type { Balance, Flag, Trace, TraceDirection } from "./trace.ts";
import { TraceStarts, type TraceStart } from "./trace-start.ts";
import { TransformationAccount } from "./transformation-account.ts";
import { Walk } from "./walk.ts";

export interface TraceOptions {
  readonly direction: TraceDirection;
  /** Events of the answer. */
  readonly most?: number;
}

/** Events of an answer, where nobody says how many. */
export const usualMost = 500;
export const mostEvents = 2000;

/** Where goods come from and what has become of them. */
@Injectable()
export class TraceService {
  constructor(
    private readonly starts: TraceStarts,
    private readonly ledger: EventLedger,
    private readonly ties: ReceiptTies,
    private readonly parties: PartyDirectory,
  ) {}

  /**
   * @param of a thing's URI in either spelling, a claim's name, or the id of an order, a receipt or a receivable
   * @throws DomainError `NotFound` for what neither events nor the ledger know
   */
  async trace(of: string, { direction, most = usualMost }: TraceOptions): Promise<Trace> {
    const start = await this.starts.find(of);
    const source = this.ledger.open();
    const found = await source.eventsOf(
      start.claims.map((uri) => ({ uri, from: -Infinity, to: Infinity })),
      most,
    );
    const given = found.flatMap(({ events }) => events);
    const things = startingThings(start, given);
    const walk = new Walk(source, most);
    await walk.run(things, given, direction);
    if (found.some(({ isWhole }) => !isWhole)) walk.isWhole = false;
    const shown = [...walk.shown.values()].sort((a, b) => a.row.id - b.row.id);
    if (shown.length === 0 && !start.isOnLedger) throw new DomainError("NotFound");
    const { balances, flags } = await this.#judge(walk, start);
    return {
      of: start.of,
      direction,
      start: things,
      events: shown.map(({ row }) => row),
      nodes: await nodesOf(walk, shown, new PartyNames(this.parties)),
      edges: edgesOf(walk, shown),
      balances,
      flags,
      isWhole: walk.isWhole,
    };
  }

  async #judge(walk: Walk, start: TraceStart): Promise<{ balances: Balance[]; flags: Flag[] }> {
    const followed = [...walk.relations].filter(([, relation]) => relation !== "carrier");
    const goods = followed
      .map(([uri]) => walk.thing(uri))
      .filter((thing) => thing.isWhole && isGoods(thing));
    const accounts: LotAccount[] = [];
    for (const { uri, events } of goods) {
      const account = new LotAccount(uri, events, walk);
      const isDoubtful = !account.areCarriersKnown && account.mayBeOverpacked;
      if (isDoubtful) await walk.readCarriers(uri);
      accounts.push(isDoubtful ? new LotAccount(uri, events, walk) : account);
    }
    const receipts = await this.ties.of(new Map(goods.map(({ uri, events }) => [uri, events])));
    const judgements = [
      ...accounts.map((account) =>
        judgeLot(account, receipts.get(account.uri) ?? new LotReceipts([])),
      ),
      ...[...walk.transformations].map(([id, parts]) =>
        judgeTransformation(new TransformationAccount(id, parts, walk)),
      ),
    ];
    const tied = new Set([...receipts.values()].flatMap(({ rows }) => rows.map(({ id }) => id)));
    const untold = start.receipts
      .filter(({ id, parent }) => !tied.has(id) && parent === null)
      .filter(({ id }) => !isNamed(walk, id));
    return {
      balances: judgements.flatMap((each) => each.balances),
      flags: [
        ...untold.map(neverCommissioned),
        ...judgements.flatMap((each) => each.flags),
        ...flagsOfThings(followed.map(([uri]) => walk.thing(uri))),
      ],
    };
  }
}

/** Of a claim, the goods that its events are about; those that its receipts name too. */
function startingThings(start: TraceStart, given: readonly ToldEvent[]): string[] {
  const wrong = declaredWrong(given);
  const told = given.filter((event) => !wrong.has(event)).flatMap(goodsOf);
  const named = start.receipts.map(lotNamedBy).filter((uri) => uri !== undefined);
  return [...new Set([...start.things, ...told, ...named.map((uri) => keyOf(uri))])];
}

function isNamed(walk: Walk, receipt: string): boolean {
  const name = claimName("receipt", receipt);
  return [...walk.shown.values()].some(({ transactions }) => transactions.includes(name));
}

function neverCommissioned({ id, lot }: TraceStart["receipts"][number]): Flag {
  return {
    code: "NeverCommissioned",
    about: claimName("receipt", id),
    details: { receipt: id, lot },
  };
}
