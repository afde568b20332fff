import { Injectable } from "@nestjs/common";
import { PartyDirectory } from "../auth/party-directory.ts";
import { Contracts } from "../chain/contracts.ts";
import { PartyNames } from "../claim/party-names.ts";
import { formatQuantity } from "../http/decimal.ts";
import { formatTime } from "../http/time.ts";
import type { ReceiptDto } from "./receipt.dto.ts";
import type { ReceiptRow } from "./receipt.entity.ts";

/** Receipts as the wire shows them. */
@Injectable()
export class ReceiptPresenter {
  constructor(
    private readonly contracts: Contracts,
    private readonly parties: PartyDirectory,
  ) {}

  async one(row: ReceiptRow): Promise<ReceiptDto> {
    return this.#dto(row, new PartyNames(this.parties));
  }

  all(rows: readonly ReceiptRow[]): Promise<ReceiptDto[]> {
    const names = new PartyNames(this.parties);
    return Promise.all(rows.map((row) => this.#dto(row, names)));
  }

  async #dto(row: ReceiptRow, names: PartyNames): Promise<ReceiptDto> {
    const { warehouse, holder, issuedAt } = row;
    return {
      id: row.id,
      ticket: row.ticket,
      parent: row.parent,
      serial: row.serial,
      warehouse,
      warehouseName: await names.of(warehouse),
      depositor: row.depositor,
      holder,
      holderName: await names.of(holder),
      itemCode: row.itemCode,
      unit: row.unit,
      lot: row.lot,
      quantity: formatQuantity(row.quantity),
      weighed: formatQuantity(row.weighed),
      lost: formatQuantity(row.lost),
      liability: formatQuantity(row.liability),
      lossAllowanceBps: row.lossAllowanceBps,
      openDeliveries: row.openDeliveries,
      order: row.order,
      returnedOrder: row.returnedOrder,
      returnedDelivery: row.returnedDelivery,
      mergedInto: row.mergedInto,
      releaseConsent: row.releaseConsent,
      termsRoot: row.termsRoot,
      issuedAt: formatTime(issuedAt, this.contracts.deployment.utcOffset),
    };
  }
}
