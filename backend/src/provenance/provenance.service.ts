import { Injectable } from "@nestjs/common";
import type { Actor } from "../auth/actor.ts";
import { PartyDirectory } from "../auth/party-directory.ts";
import { ChainClock } from "../chain/clock.ts";
import { Contracts } from "../chain/contracts.ts";
import { PartyNames } from "../claim/party-names.ts";
import { Database } from "../database/database.ts";
import { formatDecimal } from "../http/decimal.ts";
import { LienService } from "../lien/lien.service.ts";
import { CurrencyService } from "../money/currency.service.ts";
import type { CurrencyRow } from "../money/money.entity.ts";
import { OrderReaders } from "../order/order-readers.ts";
import { ReceivableRow } from "../receivable/receivable.entity.ts";
import { claimName, type ClaimKind } from "../trace/claim-names.ts";
import { TraceService } from "../trace/trace.service.ts";
import { ReceiptService } from "../warehouse/receipt.service.ts";
import { isTold } from "./audience.ts";
import { ClaimService } from "./claim.service.ts";
import { lineageOfOrder, lineageOfReceipt } from "./lineage.ts";
import type { GoodsTraceDto, LineageDto } from "./provenance.dto.ts";
import { tell, type Units } from "./telling.ts";

/** The lineage of a claim, whichever of its forms is asked for. */
@Injectable()
export class ProvenanceService {
  constructor(
    private readonly database: Database,
    private readonly contracts: Contracts,
    private readonly clock: ChainClock,
    private readonly parties: PartyDirectory,
    private readonly currencies: CurrencyService,
    private readonly readers: OrderReaders,
    private readonly receipts: ReceiptService,
    private readonly claims: ClaimService,
    private readonly liens: LienService,
    private readonly traces: TraceService,
  ) {}

  /** @throws DomainError `NotFound`, also for a claim that the caller may not read */
  async of(by: Actor, claim: string): Promise<LineageDto> {
    const root = await this.liens.rootOf(claim);
    const order = root ?? (await this.#leftOrder(claim));
    return order === null ? this.#ofReceipt(by, claim) : this.#ofOrder(by, order, { claim, root });
  }

  /** The order that a receivable was owed for until it was assigned: it has come from there all the same. */
  async #leftOrder(claim: string): Promise<string | null> {
    const row = await this.database.rows.one(ReceivableRow, { id: claim });
    return row?.order ?? null;
  }

  async #ofOrder(
    by: Actor,
    id: string,
    { claim, root }: Pick<LineageDto, "claim" | "root">,
  ): Promise<LineageDto> {
    const row = await this.readers.get(by, id);
    const events = await lineageOfOrder(this.database.read, id);
    const { receipts, deliveries, receivables, loan, lien, ...order } = await this.claims.get(
      by,
      id,
      this.clock.now(),
    );
    const audience = await this.claims.audience(by, row);
    const told = events.filter((event) => isTold(event, audience));
    const currency = await this.currencies.byToken(row.currency);
    const units = this.#units(row.unit, currency);
    return {
      claim,
      root,
      order,
      receipts,
      deliveries,
      receivables,
      loan,
      lien: claim === id ? lien : await this.liens.of(claim),
      events: await tell(told, units),
      goods: await this.#goods("order", id),
    };
  }

  /** Of the goods: their events are open to whoever can name them. */
  async #goods(kind: ClaimKind, id: string): Promise<GoodsTraceDto> {
    const of = claimName(kind, id);
    const { events, isWhole, flags } = await this.traces.trace(of, { direction: "backward" });
    return { events: events.length, isWhole, flags: [...flags] };
  }

  /** Goods in store, on their own. */
  async #ofReceipt(by: Actor, claim: string): Promise<LineageDto> {
    const receipt = await this.receipts.get(by, claim);
    const events = await lineageOfReceipt(this.database.read, claim);
    return {
      claim,
      root: null,
      order: null,
      receipts: [receipt],
      deliveries: [],
      receivables: [],
      loan: null,
      lien: await this.liens.of(claim),
      events: await tell(events, this.#units(receipt.unit, undefined)),
      goods: await this.#goods("receipt", claim),
    };
  }

  #units(unit: string, currency: CurrencyRow | undefined): Units {
    return {
      names: new PartyNames(this.parties),
      currency: currency?.symbol ?? "",
      unit,
      utcOffset: this.contracts.deployment.utcOffset,
      money: (amount) => formatDecimal(amount, currency?.decimals ?? 0),
    };
  }
}
