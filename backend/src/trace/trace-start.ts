import { Injectable } from "@nestjs/common";
import { Database } from "../database/database.ts";
import { keyOf } from "../epcis/links.ts";
import { DeliveryRow } from "../order/delivery.entity.ts";
import { OrderRow } from "../order/order.entity.ts";
import { ReceivableRow } from "../receivable/receivable.entity.ts";
import { ReceiptRow } from "../warehouse/receipt.entity.ts";
import { claimName, readClaimName, type ClaimKind } from "./claim-names.ts";

/** What somebody asks about. */
export interface TraceStart {
  /** In its canonical spelling. */
  readonly of: string;
  /** A thing that is asked for by its own name. */
  readonly things: readonly string[];
  /** The names, in `bizTransactionList`, of the claims that it is or belongs to. */
  readonly claims: readonly string[];
  /** Those of the ledger among them. */
  readonly receipts: readonly ReceiptRow[];
  /** Whether the ledger knows it; events may know it all the same. */
  readonly isOnLedger: boolean;
}

/** Finds out what an id or a URI stands for. */
@Injectable()
export class TraceStarts {
  constructor(private readonly database: Database) {}

  async find(asked: string): Promise<TraceStart> {
    const claim = await this.#claimOf(asked);
    if (claim === undefined) {
      return {
        of: keyOf(asked),
        things: [keyOf(asked)],
        claims: [],
        receipts: [],
        isOnLedger: false,
      };
    }
    const { kind, id } = claim;
    const of = claimName(kind, id);
    const known = await this.#ledger(kind, id);
    const receipts = await this.#withSources(known.receipts);
    const claims = [
      of,
      ...known.claims,
      ...receipts.map((receipt) => claimName("receipt", receipt.id)),
    ];
    return { of, things: [], claims: [...new Set(claims)], receipts, isOnLedger: known.isOnLedger };
  }

  async #claimOf(asked: string): Promise<{ kind: ClaimKind; id: string } | undefined> {
    if (!/^0x[0-9a-f]{64}$/i.test(asked)) return readClaimName(asked);
    const { rows } = this.database;
    const id = asked.toLowerCase();
    if ((await rows.one(ReceiptRow, { id })) !== null) return { kind: "receipt", id };
    if ((await rows.one(ReceivableRow, { id })) !== null) return { kind: "receivable", id };
    return { kind: "order", id };
  }

  async #ledger(kind: ClaimKind, id: string): Promise<OnLedger> {
    const { rows } = this.database;
    switch (kind) {
      case "receipt": {
        const receipts = await rows.all(ReceiptRow, { id });
        return { claims: [], receipts, isOnLedger: receipts.length > 0 };
      }
      case "receivable": {
        const row = await rows.one(ReceivableRow, { id });
        if (row === null) return nothing;
        return { ...(await this.#delivery(row.order, row.delivery)), isOnLedger: true };
      }
      case "delivery": {
        const [order = "", number] = id.split(":");
        return this.#delivery(order, Number(number));
      }
      case "order":
        return this.#order(id);
    }
  }

  async #order(order: string): Promise<OnLedger> {
    const { rows } = this.database;
    const known = await rows.one(OrderRow, { id: order });
    if (known === null) return nothing;
    const [deliveries, receivables, receipts] = await Promise.all([
      rows.all(DeliveryRow, { order }),
      rows.all(ReceivableRow, { order }),
      rows.all(ReceiptRow, { order }),
    ]);
    const left = deliveries.map(({ receipt }) => receipt).filter((id) => id !== null);
    return {
      claims: [
        ...deliveries.map(({ number }) => claimName("delivery", `${order}:${String(number)}`)),
        ...receivables.map(({ id }) => claimName("receivable", id)),
      ],
      receipts: [...receipts, ...(await rows.all(ReceiptRow, { id: left }))],
      isOnLedger: true,
    };
  }

  async #delivery(order: string, number: number): Promise<OnLedger> {
    const { rows } = this.database;
    const row = await rows.one(DeliveryRow, { order, number });
    if (row === null) return nothing;
    const receipts = row.receipt === null ? [] : await rows.all(ReceiptRow, { id: row.receipt });
    return {
      claims: [claimName("delivery", `${order}:${String(number)}`)],
      receipts,
      isOnLedger: true,
    };
  }

  /** With the receipts that these were split off from: goods were weighed in under their names. */
  async #withSources(receipts: readonly ReceiptRow[]): Promise<ReceiptRow[]> {
    const all = new Map(receipts.map((receipt) => [receipt.id, receipt]));
    let wanted = receipts.map(({ parent }) => parent).filter((id) => id !== null);
    while (wanted.length > 0) {
      const found = await this.database.rows.all(ReceiptRow, { id: [...new Set(wanted)] });
      wanted = found
        .filter(({ id }) => !all.has(id))
        .map(({ parent }) => parent)
        .filter((id) => id !== null);
      for (const receipt of found) all.set(receipt.id, receipt);
    }
    return [...all.values()];
  }
}

interface OnLedger {
  readonly claims: readonly string[];
  readonly receipts: readonly ReceiptRow[];
  readonly isOnLedger: boolean;
}

const nothing: OnLedger = { claims: [], receipts: [], isOnLedger: false };
