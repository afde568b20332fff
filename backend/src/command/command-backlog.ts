import { Injectable } from "@nestjs/common";
import { In, IsNull, Not } from "typeorm";
import { Database } from "../database/database.ts";
import { CommandRow, SigningAccountRow, type CommandState } from "./command.entity.ts";
import { Schedules } from "./schedules.ts";

const unsettled: readonly CommandState[] = ["Queued", "Signed", "Submitted"];
const mostAccounts = 200;

/** What there is to do, for those who watch. */
@Injectable()
export class CommandBacklog {
  constructor(
    private readonly database: Database,
    private readonly schedules: Schedules,
  ) {}

  async unfinished(): Promise<{ readonly state: CommandState; readonly count: number }[]> {
    const states: readonly CommandState[] = ["Scheduled", ...unsettled, "Mined"];
    return Promise.all(
      states.map(async (state) => ({
        state,
        count: await this.database.read.countBy(CommandRow, { state }),
      })),
    );
  }

  /** Seconds that the oldest command has waited to get into a block. */
  async oldestUnsettled(): Promise<number> {
    const now = Math.floor(Date.now() / 1000);
    const oldest = await this.database.read.findOne(CommandRow, {
      select: { id: true, createdAt: true },
      where: { state: In([...unsettled]), operation: IsNull() },
      order: { createdAt: "ASC" },
    });
    // What has waited out a delay waits for a block from then on.
    const ripe = await this.database.read.findOne(CommandRow, {
      select: { id: true, notBefore: true },
      where: { state: In([...unsettled]), operation: Not(IsNull()) },
      order: { notBefore: "ASC" },
    });
    return Math.max(now - (oldest?.createdAt ?? now), now - (ripe?.notBefore ?? now), 0);
  }

  /** The accounts that the backend has signed for. */
  async signingAccounts(): Promise<string[]> {
    const rows = await this.database.read.find(SigningAccountRow, {
      order: { key: "ASC" },
      take: mostAccounts,
    });
    return rows.map(({ key }) => key);
  }

  /** The command that carries out what a transaction has scheduled; undefined where nobody here has asked for it. */
  async carryingOut(operation: string, transaction: string): Promise<string | undefined> {
    const scheduling = await this.database.read.findOneBy(CommandRow, { transaction });
    if (scheduling === null) return undefined;
    const { party, idempotencyKey, step } = scheduling;
    const where = { party, idempotencyKey, step: step + 1, operation };
    return (await this.database.read.findOneBy(CommandRow, where))?.id;
  }

  /** How much of administration is scheduled, by whether somebody here has asked for it. */
  async scheduled(): Promise<{ readonly here: number; readonly elsewhere: number }> {
    const count = { here: 0, elsewhere: 0 };
    for (const { operation, transaction } of await this.schedules.open()) {
      const isOurs = (await this.carryingOut(operation, transaction)) !== undefined;
      count[isOurs ? "here" : "elsewhere"] += 1;
    }
    return count;
  }
}
