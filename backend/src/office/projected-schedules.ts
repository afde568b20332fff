import { Injectable } from "@nestjs/common";
import { Schedules, type Schedule } from "../command/schedules.ts";
import { Database } from "../database/database.ts";
import { ScheduledActRow } from "./scheduled-act.entity.ts";

/** Of what is open; more than that is more than anybody looks through. */
const most = 200;

/** What administration has scheduled, as it is on chain. */
@Injectable()
export class ProjectedSchedules extends Schedules {
  constructor(private readonly database: Database) {
    super();
  }

  async find(operation: string, transaction: string): Promise<Schedule | undefined> {
    const where = { operation, transaction };
    return (await this.database.read.findOneBy(ScheduledActRow, where)) ?? undefined;
  }

  open(): Promise<Pick<ScheduledActRow, "operation" | "transaction">[]> {
    return this.database.read.find(ScheduledActRow, {
      select: { operation: true, nonce: true, transaction: true },
      where: { state: "Scheduled" },
      order: { from: "DESC" },
      take: most,
    });
  }
}
