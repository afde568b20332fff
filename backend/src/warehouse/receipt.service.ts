import { Injectable } from "@nestjs/common";
import { isOperator, type Actor } from "../auth/actor.ts";
import { PartyDirectory } from "../auth/party-directory.ts";
import { childIdOf, receiptIdOf } from "../chain/claim-ids.ts";
import { Contracts, type MethodArgs } from "../chain/contracts.ts";
import { DomainError } from "../chain/domain-error.ts";
import { CommandService } from "../command/command.service.ts";
import type { Effect } from "../command/effect.ts";
import { weighed, type Intent } from "../command/intent.ts";
import { Database } from "../database/database.ts";
import { BadInput } from "../http/bad-input.ts";
import { parseQuantity } from "../http/decimal.ts";
import { pageOf, type Page } from "../http/paging.ts";
import { OrderReaders } from "../order/order-readers.ts";
import { detailsOnRecord, numberBytes } from "../order/order-terms.ts";
import { OrderRow } from "../order/order.entity.ts";
import { ProjectionEngine } from "../projection/projection.engine.ts";
import type {
  IssueReceiptDto,
  ReceiptDto,
  ReceiptQuery,
  SplitDto,
  SplitResultDto,
} from "./receipt.dto.ts";
import { ReceiptRow } from "./receipt.entity.ts";
import { ReceiptPresenter } from "./receipt.presenter.ts";
import { isSameTicket, noDetails, receiptTermsOf } from "./receipt-terms.ts";

type ReceiptMethod =
  "earmark" | "unearmark" | "consentToRelease" | "merge" | "endorse" | "withdraw" | "shrink";

@Injectable()
export class ReceiptService {
  constructor(
    private readonly database: Database,
    private readonly contracts: Contracts,
    private readonly commands: CommandService,
    private readonly projection: ProjectionEngine,
    private readonly parties: PartyDirectory,
    private readonly readers: OrderReaders,
    private readonly presenter: ReceiptPresenter,
  ) {}

  /** @throws DomainError `NotFound` */
  async get(by: Actor, id: string): Promise<ReceiptDto> {
    return this.presenter.one(await this.#readable(by, id));
  }

  /** The caller's own receipts, or with `order` those of an order that it may read. */
  async list(by: Actor, query: ReceiptQuery): Promise<Page<ReceiptDto>> {
    const { warehouse, holder, order } = query;
    if (order !== undefined) await this.readers.get(by, order);
    const columns = ["block", "logIndex"] as const;
    const page = await pageOf(this.database.read, ReceiptRow, query, columns, (receipts) => {
      if (order !== undefined) receipts.andWhere("row.order = :order", { order });
      else if (!isOperator(by)) {
        receipts.andWhere(":me IN (row.warehouse, row.holder, row.depositor)", { me: by.id });
      }
      if (warehouse !== undefined) receipts.andWhere("row.warehouse = :warehouse", { warehouse });
      if (holder !== undefined) receipts.andWhere("row.holder = :holder", { holder });
    });
    return { items: await this.presenter.all(page.items), next: page.next };
  }

  /** For callers that have made sure that the order may be read. */
  async listByOrder(order: string): Promise<ReceiptDto[]> {
    const rows = await this.database.rows.all(ReceiptRow, { order }, ["block", "logIndex"]);
    return this.presenter.all(rows);
  }

  /**
   * Issues a receipt; one that is on record with the same ticket is the answer.
   * @throws BadInput with every fault; DomainError `AlreadyExists` with both, for another ticket of the same number
   */
  async issue(intent: Intent, input: IssueReceiptDto): Promise<Effect | ReceiptDto> {
    const terms = receiptTermsOf(input);
    if ((await this.parties.find(input.depositor)) === undefined) {
      throw BadInput.at("/depositor", "is no admitted party");
    }
    const id = receiptIdOf(intent.by.id, numberBytes(input.ticket));
    const existing = await this.#existing(id, input);
    if (existing !== undefined) return existing;
    const details = await this.#detailsOf(input.order);
    const act = this.contracts.act("WarehouseReceipts", "issue", [terms, details]);
    try {
      return await this.commands.perform(intent, act, { status: 201, read: () => this.#read(id) });
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== "AlreadyExists") throw error;
      // Somebody was faster, and the read model may not have it yet.
      await this.projection.catchUp();
      const other = await this.#existing(id, input);
      if (other === undefined) throw error;
      return other;
    }
  }

  async earmark(intent: Intent, id: string, order: string): Promise<Effect> {
    return this.#act(intent, id, "earmark", [id, order, await this.#detailsOf(order)]);
  }

  unearmark(intent: Intent, id: string): Promise<Effect> {
    return this.#act(intent, id, "unearmark", [id]);
  }

  consentToRelease(intent: Intent, id: string): Promise<Effect> {
    return this.#act(weighed(intent, "goods"), id, "consentToRelease", [id]);
  }

  /** Answers with both. */
  async split(intent: Intent, id: string, { quantity, serial }: SplitDto): Promise<Effect> {
    await this.#readable(intent.by, id);
    const split = parseQuantity(quantity, "/quantity");
    const act = this.contracts.act("WarehouseReceipts", "split", [id, split, serial]);
    const child = childIdOf(id, serial);
    return this.commands.perform(intent, act, {
      status: 201,
      read: async (): Promise<SplitResultDto> => ({
        parent: await this.#read(id),
        child: await this.#read(child),
      }),
    });
  }

  /** Answers with the one that it is merged into. */
  merge(intent: Intent, id: string, into: string): Promise<Effect> {
    return this.#act(intent, id, "merge", [id, into], into);
  }

  endorse(intent: Intent, id: string, to: string): Promise<Effect> {
    return this.#act(weighed(intent, "goods"), id, "endorse", [id, to]);
  }

  withdraw(intent: Intent, id: string, quantity: string): Promise<Effect> {
    const args: [string, bigint] = [id, parseQuantity(quantity, "/quantity")];
    return this.#act(weighed(intent, "goods"), id, "withdraw", args);
  }

  shrink(intent: Intent, id: string, quantity: string): Promise<Effect> {
    const args: [string, bigint] = [id, parseQuantity(quantity, "/quantity")];
    return this.#act(intent, id, "shrink", args);
  }

  async #act<M extends ReceiptMethod>(
    intent: Intent,
    id: string,
    method: M,
    args: MethodArgs<"WarehouseReceipts", M>,
    answer = id,
  ): Promise<Effect> {
    await this.#readable(intent.by, id);
    const act = this.contracts.act("WarehouseReceipts", method, args);
    return this.commands.perform(intent, act, { read: () => this.#read(answer) });
  }

  /** Of an order that there is not, the contracts say so themselves. */
  async #detailsOf(order: string | undefined): Promise<string> {
    const row = order === undefined ? null : await this.database.rows.one(OrderRow, { id: order });
    return row === null ? noDetails : detailsOnRecord(this.database.read, row);
  }

  async #read(id: string): Promise<ReceiptDto> {
    return this.presenter.one(await this.database.rows.existing(ReceiptRow, { id }));
  }

  /** A receipt may be read by warehouse, holder and depositor, and by who may read the order that it is for. */
  async #readable(by: Actor, id: string): Promise<ReceiptRow> {
    const row = await this.database.rows.one(ReceiptRow, { id });
    if (row === null) throw new DomainError("NotFound");
    const isOwn = [row.warehouse, row.holder, row.depositor].includes(by.id);
    if (isOwn || isOperator(by)) return row;
    if (row.order === null) throw new DomainError("NotFound");
    await this.readers.get(by, row.order);
    return row;
  }

  async #existing(id: string, asked: IssueReceiptDto): Promise<ReceiptDto | undefined> {
    const row = await this.database.rows.one(ReceiptRow, { id });
    if (row === null) return undefined;
    const existing = await this.presenter.one(row);
    if (isSameTicket(row, asked)) return existing;
    throw new DomainError("AlreadyExists", { id, existing, asked });
  }
}
