import { Injectable } from "@nestjs/common";
import { In } from "typeorm";
import { AnchorService } from "../anchor/anchor.service.ts";
import { PartyDirectory } from "../auth/party-directory.ts";
import { Contracts } from "../chain/contracts.ts";
import { DomainError } from "../chain/domain-error.ts";
import { PartyNames } from "../claim/party-names.ts";
import { Database } from "../database/database.ts";
import { EpcisEventRow, EpcisLocationRow } from "../epcis/epcis.entity.ts";
import { beginningsOf } from "../epcis/location.service.ts";
import { formatTime } from "../http/time.ts";
import type { Trace } from "../trace/trace.ts";
import { TraceService } from "../trace/trace.service.ts";
import { ReceiptRow } from "../warehouse/receipt.entity.ts";
import { nameOf, pathOf, type Named } from "./lot-address.ts";
import { momentOf, type Moment } from "./moment.ts";
import { madePublic, type PublicEvent } from "./public-event.ts";
import type { Gap, Story, StoryPlace, StoryReceipt } from "./story.ts";

/** Events of one page. */
const mostEvents = 200;
/** Receipts over one lot that a page names. */
const mostReceipts = 20;

/** Tells anybody where a lot comes from. */
@Injectable()
export class StoryService {
  constructor(
    private readonly database: Database,
    private readonly traces: TraceService,
    private readonly anchors: AnchorService,
    private readonly parties: PartyDirectory,
    private readonly contracts: Contracts,
  ) {}

  /** @throws DomainError `LotUnknown` where nobody has told of it */
  async of(named: Named): Promise<Story> {
    const story = await this.find(named.lot, named.item);
    if (story === undefined) throw new DomainError("LotUnknown", { lot: nameOf(named.lot) });
    return story;
  }

  /** Undefined where nobody has told of it. */
  async find(lot: string, item?: string): Promise<Story | undefined> {
    const traces = await this.#traces(lot, item);
    const rows = unique(traces.flatMap(({ events }) => events));
    if (rows.length === 0) return undefined;
    const provable = await this.anchors.provable(rows);
    const events = provable.map(madePublic);
    const moments = events.map(momentOf);
    const receipts = await this.#receipts(lot, rows);
    const names = new PartyNames(this.parties);
    const ids = [...new Set(events.map(({ party }) => party))];
    const { deployment } = this.contracts;
    return {
      lot: { uri: lot, name: nameOf(lot), path: pathOf(lot) },
      product: productOf(moments) ?? receipts[0]?.itemCode ?? null,
      receipts,
      places: await this.#places(moments),
      parties: await Promise.all(ids.map(async (id) => ({ id, name: await names.of(id) }))),
      flags: traces.flatMap(({ flags }) => flags),
      recall: recallIn(moments),
      events,
      isWhole: traces.every(({ isWhole }) => isWhole),
      gaps: ids.map((party) => gapOf(party, events)),
      contracts: { chainId: deployment.chainId, provenance: deployment.contracts.Provenance },
    };
  }

  /** Back to where it was grown; what others have made of it later is not on its label. */
  async #traces(lot: string, item: string | undefined): Promise<Trace[]> {
    const traces: Trace[] = [];
    for (const of of item === undefined ? [lot] : [lot, item]) {
      try {
        traces.push(await this.traces.trace(of, { direction: "backward", most: mostEvents }));
      } catch (error) {
        if (!(error instanceof DomainError) || error.code !== "NotFound") throw error;
      }
    }
    return traces;
  }

  /** Receipts that a side of theirs has named in an event, and that are of a lot of this name. */
  async #receipts(
    lot: string,
    rows: readonly { readonly party: string; readonly body: string }[],
  ): Promise<StoryReceipt[]> {
    const named = new Map<string, Set<string>>();
    for (const { party, body } of rows) {
      for (const [, id = ""] of body.matchAll(/"urn:sheaf:receipt:(0x[0-9a-f]{64})"/g)) {
        named.set(id, (named.get(id) ?? new Set()).add(party));
      }
    }
    const ids = [...named.keys()].slice(0, mostReceipts);
    const found = await this.database.read.find(ReceiptRow, { where: { id: In(ids) } });
    const names = new PartyNames(this.parties);
    const { utcOffset } = this.contracts.deployment;
    return Promise.all(
      found
        .filter(({ id, warehouse, depositor, lot: name }) => {
          const by = named.get(id);
          return (
            name === nameOf(lot) && (by?.has(warehouse) === true || by?.has(depositor) === true)
          );
        })
        .sort((one, other) => one.issuedAt - other.issuedAt)
        .map(async ({ id, itemCode, warehouse, issuedAt }) => ({
          id,
          itemCode,
          warehouse: await names.of(warehouse),
          issuedAt: formatTime(issuedAt, utcOffset),
        })),
    );
  }

  /** In the order in which goods came there. */
  async #places(moments: readonly Moment[]): Promise<StoryPlace[]> {
    const uris = [
      ...new Set(
        inOrder(moments).flatMap(({ place }) =>
          place === undefined || place.startsWith("geo:") ? [] : [place],
        ),
      ),
    ];
    const wanted = uris.flatMap((uri) => beginningsOf(uri));
    const rows = await this.database.read.find(EpcisLocationRow, { where: { uri: In(wanted) } });
    const known = new Map(rows.map((row) => [row.uri, row]));
    return uris.map((uri) => {
      // What the place itself does not say, its surroundings may.
      const around = beginningsOf(uri).flatMap((name) => known.get(name) ?? []);
      return {
        uri,
        name: around[0]?.name ?? nameOf(uri),
        region: around.find(({ region }) => region !== null)?.region ?? null,
        point: around.find(({ point }) => point !== null)?.point ?? null,
      };
    });
  }
}

function unique(rows: readonly EpcisEventRow[]): EpcisEventRow[] {
  return [...new Map(rows.map((row) => [row.id, row])).values()].sort((a, b) => a.id - b.id);
}

/** As it happened; what happened at the same time in the order of recording. */
export function inOrder(moments: readonly Moment[]): Moment[] {
  const at = ({ day, time }: Moment): string => `${day}T${time ?? "00:00"}`;
  return moments
    .map((moment, place) => ({ moment, place }))
    .sort((one, other) => {
      const [a, b] = [at(one.moment), at(other.moment)];
      return a === b ? one.place - other.place : a < b ? -1 : 1;
    })
    .map(({ moment }) => moment);
}

function productOf(moments: readonly Moment[]): string | undefined {
  return moments.findLast(({ ilmd }) => ilmd.product !== undefined)?.ilmd.product;
}

function recallIn(moments: readonly Moment[]): Story["recall"] {
  const last = moments.findLast(
    ({ isRecall, declaredWrong }) => isRecall && declaredWrong === undefined,
  );
  if (last === undefined) return null;
  const { day, event } = last;
  const withdrawn = moments.some(
    (other) => other.declaredWrong !== undefined && other.event.hash === event.hash,
  );
  return withdrawn ? null : { sha256: event.sha256, at: day, party: event.party };
}

function gapOf(party: string, events: readonly PublicEvent[]): Gap {
  const sequences = events.filter((event) => event.party === party).map((one) => one.sequence);
  return {
    party,
    first: Math.min(...sequences),
    last: Math.max(...sequences),
    shown: new Set(sequences).size,
  };
}
