import { Injectable } from "@nestjs/common";
import { PartyDirectory } from "../auth/party-directory.ts";
import { orderIdOf } from "../chain/claim-ids.ts";
import { Contracts } from "../chain/contracts.ts";
import { Database } from "../database/database.ts";
import { BadInput } from "../http/bad-input.ts";
import { formatTime } from "../http/time.ts";
import { OrderRow } from "../order/order.entity.ts";
import { numberBytes } from "../order/order-terms.ts";
import { reachedBlock } from "../projection/cursor.ts";
import { ReceivableRow } from "../receivable/receivable.entity.ts";
import { ReceiptRow } from "../warehouse/receipt.entity.ts";
import type { LienDto, LienQuery } from "./lien.dto.ts";
import { LoanRow } from "./loan.entity.ts";

const lastLine = 2 ** 32 - 1;

/** Answers anyone whether a claim is encumbered. */
@Injectable()
export class LienService {
  constructor(
    private readonly database: Database,
    private readonly contracts: Contracts,
    private readonly parties: PartyDirectory,
  ) {}

  /** @param claim any id: what is no claim is not encumbered either */
  async of(claim: string): Promise<LienDto> {
    const root = await this.rootOf(claim);
    const loan = root === null ? null : await this.#loanOn(root);
    const { block, hash } = await reachedBlock(this.database.read);
    const isEncumbered = loan !== null && loan.principal > 0n;
    const lien = isEncumbered ? await this.#shown(loan) : unencumbered;
    return { claim, root, ...lien, block, blockHash: hash };
  }

  /** By the line of the buyer's document. */
  async byDocument({ buyer, number, line = "1" }: LienQuery): Promise<LienDto> {
    if (Number(line) > lastLine) throw BadInput.in("line", `must not be more than ${lastLine}`);
    return this.of(orderIdOf(buyer, numberBytes(number), Number(line)));
  }

  /**
   * The root that carries a claim's lien; null for a receipt that is not earmarked, for a receivable that was assigned
   * and for what is no claim.
   */
  async rootOf(claim: string): Promise<string | null> {
    const { rows } = this.database;
    if ((await rows.one(OrderRow, { id: claim })) !== null) return claim;
    const receivable = await rows.one(ReceivableRow, { id: claim });
    if (receivable !== null) return receivable.assigned ? null : receivable.order;
    const receipt = await rows.one(ReceiptRow, { id: claim });
    return receipt?.order ?? null;
  }

  #loanOn(root: string): Promise<LoanRow | null> {
    return this.database.rows.one(LoanRow, { root });
  }

  async #shown({ facility, lender, placedAt }: LoanRow): Promise<Lien> {
    const party = lender === null ? undefined : await this.parties.find(lender);
    const { utcOffset } = this.contracts.deployment;
    return {
      encumbered: true,
      since: placedAt === null ? null : formatTime(placedAt, utcOffset),
      by: lender,
      byName: party?.name ?? null,
      facility,
    };
  }
}

type Lien = Pick<LienDto, "encumbered" | "since" | "by" | "byName" | "facility">;

const unencumbered: Lien = {
  encumbered: false,
  since: null,
  by: null,
  byName: null,
  facility: null,
};
