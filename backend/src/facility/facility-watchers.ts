import { Injectable } from "@nestjs/common";
import type { ObjectLiteral, SelectQueryBuilder } from "typeorm";
import { RootWatchers } from "../claim/root-watchers.ts";
import { Database } from "../database/database.ts";
import { OrderRow } from "../order/order.entity.ts";
import { FacilityRow } from "./facility.entity.ts";

const sameTrade =
  "agreement.borrower = claim.seller AND agreement.buyer = claim.buyer AND agreement.currency = claim.currency";

/**
 * A lender may look at the orders of a pair that one of its facilities is for: a drawdown asks it for nothing more,
 * so it has to see beforehand what it would lend on.
 */
@Injectable()
export class FacilityWatchers extends RootWatchers {
  constructor(private readonly database: Database) {
    super();
  }

  async mayWatch(party: string, root: string): Promise<boolean> {
    return this.database.read
      .createQueryBuilder(OrderRow, "claim")
      .innerJoin(FacilityRow, "agreement", sameTrade)
      .where("claim.id = :root AND agreement.lender = :party", { root, party })
      .getExists();
  }

  watchedRoots(rows: SelectQueryBuilder<ObjectLiteral>, party: string): string {
    rows.setParameter("watcher", party);
    return rows
      .subQuery()
      .select("claim.id")
      .from(OrderRow, "claim")
      .innerJoin(FacilityRow, "agreement", sameTrade)
      .where("agreement.lender = :watcher")
      .getQuery();
  }
}
