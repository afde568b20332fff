import { Injectable } from "@nestjs/common";
import { MoreThanOrEqual } from "typeorm";
import type { Actor } from "../auth/actor.ts";
import { Database } from "../database/database.ts";
import { BadInput } from "../http/bad-input.ts";
import { mapPage, pageOf, type Page } from "../http/paging.ts";
import { parseTime } from "../http/time.ts";
import { EventRecord } from "../projection/event-record.service.ts";
import { ChainEventRow } from "../projection/projection.entity.ts";
import type {
  ReplayDto,
  ReplayedDto,
  WebhookDeliveryDto,
  WebhookDeliveryQuery,
} from "./webhook.dto.ts";
import { WebhookDeliveryRow, WebhookRow } from "./webhook.entity.ts";
import { WebhookCourier } from "./webhook.courier.ts";
import { endOfBlock } from "./webhook.ports.ts";
import { webhookDeliveryDto } from "./webhook.presenter.ts";
import { WebhookService } from "./webhook.service.ts";

const again = { state: "Due", attempts: 0, status: null, fault: null, attemptedAt: null } as const;

/** What a webhook was sent, and what it is to be sent again. */
@Injectable()
export class WebhookDeliveryService {
  constructor(
    private readonly database: Database,
    private readonly record: EventRecord,
    private readonly webhooks: WebhookService,
    private readonly courier: WebhookCourier,
  ) {}

  async list(
    by: Actor,
    id: string,
    query: WebhookDeliveryQuery,
  ): Promise<Page<WebhookDeliveryDto>> {
    await this.webhooks.find(by, id);
    const order = ["block", "logIndex"] as const;
    const page = await pageOf(this.database.read, WebhookDeliveryRow, query, order, (rows) => {
      rows.andWhere("row.webhook = :id", { id });
      if (query.state !== undefined) rows.andWhere("row.state = :state", { state: query.state });
    });
    return mapPage(page, webhookDeliveryDto);
  }

  async replay(by: Actor, id: string, asked: ReplayDto): Promise<ReplayedDto> {
    const webhook = await this.webhooks.find(by, id);
    const given = [asked.event, asked.since, asked.dead].filter((each) => each !== undefined);
    if (given.length !== 1 || asked.dead === false) {
      throw BadInput.at("", "must hold one of `event`, `since` and `dead: true`");
    }
    const events =
      asked.event !== undefined
        ? await this.#one(webhook, asked.event)
        : asked.since !== undefined
          ? await this.#since(webhook, parseTime(asked.since) ?? 0)
          : await this.#dead(webhook);
    this.courier.nudge();
    return { events };
  }

  async #one({ id, party }: WebhookRow, event: string): Promise<number> {
    const match = /^(\d{1,9})-(\d{1,9})$/.exec(event);
    const [block, logIndex] = [Number(match?.[1] ?? -1), Number(match?.[2] ?? -1)];
    const after = { block, logIndex: logIndex - 1 };
    const [row] = await this.record.touching("party", [party], { after, limit: 1 });
    if (row?.block !== block || row.logIndex !== logIndex) {
      throw BadInput.at("/event", "must be the id of an event that touches the caller");
    }
    const due = { webhook: id, block, logIndex, event: row.name, ...again, dueAt: Date.now() };
    await this.database.write((manager) =>
      manager.upsert(WebhookDeliveryRow, due, ["webhook", "block", "logIndex"]),
    );
    return 1;
  }

  /** Sets the webhook back in its stream; never forward, which would leave something out. */
  async #since({ id }: WebhookRow, since: number): Promise<null> {
    return this.database.write(async (manager) => {
      const first = await manager.findOne(ChainEventRow, {
        select: { block: true },
        where: { time: MoreThanOrEqual(since) },
        order: { block: "ASC", logIndex: "ASC" },
      });
      const webhook = await manager.findOneBy(WebhookRow, { id });
      if (first === null || webhook === null || first.block > webhook.block) return null;
      await manager.update(WebhookRow, { id }, endOfBlock(first.block - 1));
      return null;
    });
  }

  async #dead({ id }: WebhookRow): Promise<number> {
    return this.database.write(async (manager) => {
      const dead = { webhook: id, state: "Dead" } as const;
      const count = await manager.countBy(WebhookDeliveryRow, dead);
      await manager.update(WebhookDeliveryRow, dead, { ...again, dueAt: Date.now() });
      return count;
    });
  }
}
