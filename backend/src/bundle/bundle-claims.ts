import { Injectable } from "@nestjs/common";
import { Database } from "../database/database.ts";
import { LoanRow } from "../lien/loan.entity.ts";
import { OrderRow } from "../order/order.entity.ts";
import { ChainEventRow } from "../projection/projection.entity.ts";
import type { BundleClaim, BundleLien } from "../proof/bundle.ts";
import { objectsOf, textOf } from "../proof/event.ts";
import type { Hex } from "../proof/hex.ts";
import type { ProvableEvent } from "../proof/provable-event.ts";
import { ReceivableRow } from "../receivable/receivable.entity.ts";
import { readClaimName } from "../trace/claim-names.ts";
import { ReceiptRow } from "../warehouse/receipt.entity.ts";

const noRoot: Hex = `0x${"0".repeat(64)}`;

/** The claims that a bundle names. Their ids, and whether there is a lien on them, are public. */
@Injectable()
export class BundleClaims {
  constructor(private readonly database: Database) {}

  /** Those of the ledger that are named here, and the orders on which their liens are. */
  async named(names: readonly string[]): Promise<BundleClaim[]> {
    const { rows } = this.database;
    const ids = [...new Set(names.flatMap((name) => claimIn(name) ?? []))];
    const receipts = await rows.all(ReceiptRow, { id: ids });
    const receivables = await rows.all(ReceivableRow, { id: ids });
    const roots = [...receipts.map(({ order }) => order), ...receivables.map(({ order }) => order)];
    const orders = await rows.all(OrderRow, {
      id: [...new Set([...ids, ...roots.filter((root) => root !== null)])],
    });
    const claims = await Promise.all([
      ...orders.map((order) => this.#order(order)),
      ...receipts.map((receipt) => this.#receipt(receipt)),
      ...receivables.map((receivable) => this.#receivable(receivable)),
    ]);
    return claims.sort((one, other) => (one.id < other.id ? -1 : 1));
  }

  async liensOn(claims: readonly BundleClaim[]): Promise<BundleLien[]> {
    const roots = [...new Set(claims.flatMap(({ root }) => root ?? []))].sort();
    const loans = await this.database.rows.all(LoanRow, { root: roots });
    const byRoot = new Map(loans.map((loan) => [loan.root, loan]));
    return roots.map((root) => {
      const loan = byRoot.get(root);
      const isEncumbered = loan !== undefined && loan.principal > 0n;
      if (!isEncumbered) return { root, isEncumbered, ...noLien };
      const { lender, facility, placedIn } = loan;
      return {
        root,
        isEncumbered,
        lender: (lender?.toLowerCase() ?? null) as Hex | null,
        facility: facility as Hex | null,
        transaction: placedIn as Hex | null,
      };
    });
  }

  async #order({ id, termsRoot, ...at }: OrderRow): Promise<BundleClaim> {
    const transaction = await this.#transactionAt(at);
    const root = id as Hex;
    return { id: root, kind: "order", root, termsRoot: termsRoot as Hex, transaction };
  }

  /** What was split off has no document of its own: it is told of in its parent's. */
  async #receipt({ id, order, parent, termsRoot, ...at }: ReceiptRow): Promise<BundleClaim> {
    return {
      id: id as Hex,
      kind: "receipt",
      root: order as Hex | null,
      termsRoot: parent === null ? (termsRoot as Hex) : noRoot,
      transaction: await this.#transactionAt(at),
    };
  }

  async #receivable({ id, order, assigned, ...at }: ReceivableRow): Promise<BundleClaim> {
    return {
      id: id as Hex,
      kind: "receivable",
      root: assigned ? null : (order as Hex),
      termsRoot: noRoot,
      transaction: await this.#transactionAt(at),
    };
  }

  async #transactionAt({ block, logIndex }: { block: number; logIndex: number }): Promise<Hex> {
    const { transaction } = await this.database.rows.existing(ChainEventRow, { block, logIndex });
    return transaction as Hex;
  }
}

const noLien = { lender: null, facility: null, transaction: null };

/** What events say that they are about. */
export function transactionsOf(events: readonly Pick<ProvableEvent, "event">[]): string[] {
  return events.flatMap(({ event }) =>
    objectsOf(event["bizTransactionList"]).flatMap((item) => textOf(item["bizTransaction"]) ?? []),
  );
}

/** A delivery is its order's. */
function claimIn(name: string): string | undefined {
  return readClaimName(name)?.id.slice(0, noRoot.length);
}
