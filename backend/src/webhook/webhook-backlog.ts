import { Injectable } from "@nestjs/common";
import { Equal, Not } from "typeorm";
import { Database } from "../database/database.ts";
import { EventLinkRow, EventSubjectRow } from "../projection/projection.entity.ts";
import { WebhookDeliveryRow, WebhookRow, type DeliveryState } from "./webhook.entity.ts";

interface Count<State> {
  readonly state: State;
  readonly count: number;
}

/** What is still to be delivered, for those who watch. */
@Injectable()
export class WebhookBacklog {
  constructor(private readonly database: Database) {}

  async endpoints(): Promise<Count<"working" | "failing" | "disabled">[]> {
    const { read } = this.database;
    const healthy = { enabled: true, failures: 0 };
    const failing = { enabled: true, failures: Not(Equal(0)) };
    return [
      { state: "working", count: await read.countBy(WebhookRow, healthy) },
      { state: "failing", count: await read.countBy(WebhookRow, failing) },
      { state: "disabled", count: await read.countBy(WebhookRow, { enabled: false }) },
    ];
  }

  async deliveries(): Promise<Count<DeliveryState>[]> {
    const states = ["Due", "Dead"] as const;
    return Promise.all(
      states.map(async (state) => ({
        state,
        count: await this.database.read.countBy(WebhookDeliveryRow, { state }),
      })),
    );
  }

  async furthestBehind(): Promise<number> {
    const [row] = await this.database.read
      .createQueryBuilder(WebhookRow, "webhook")
      .innerJoin(
        EventSubjectRow,
        "subject",
        "subject.kind = 'party' AND subject.id = webhook.party",
      )
      .innerJoin(
        EventLinkRow,
        "link",
        "link.subject = subject.number AND " +
          "(link.block, link.logIndex) > (webhook.block, webhook.logIndex)",
      )
      .select("COUNT(*)", "count")
      .where("webhook.enabled = :enabled", { enabled: true })
      .groupBy("webhook.id")
      .orderBy("COUNT(*)", "DESC")
      .limit(1)
      .getRawMany<{ readonly count: number | string }>();
    return Number(row?.count ?? 0);
  }
}
