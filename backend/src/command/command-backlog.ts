import { Injectable } from "@nestjs/common";
import { In } from "typeorm";
import { Database } from "../database/database.ts";
import { CommandRow, SigningAccountRow, type CommandState } from "./command.entity.ts";

const unsettled: readonly CommandState[] = ["Queued", "Signed", "Submitted"];
const mostAccounts = 200;

/** What there is to do, for those who watch. */
@Injectable()
export class CommandBacklog {
  constructor(private readonly database: Database) {}

  async unfinished(): Promise<{ readonly state: CommandState; readonly count: number }[]> {
    const states: readonly CommandState[] = [...unsettled, "Mined"];
    return Promise.all(
      states.map(async (state) => ({
        state,
        count: await this.database.read.countBy(CommandRow, { state }),
      })),
    );
  }

  /** Seconds that the oldest command has waited to get into a block. */
  async oldestUnsettled(): Promise<number> {
    const oldest = await this.database.read.findOne(CommandRow, {
      select: { id: true, createdAt: true },
      where: { state: In([...unsettled]) },
      order: { createdAt: "ASC" },
    });
    return oldest === null ? 0 : Math.max(Math.floor(Date.now() / 1000) - oldest.createdAt, 0);
  }

  /** The accounts that the backend has signed for. */
  async signingAccounts(): Promise<string[]> {
    const rows = await this.database.read.find(SigningAccountRow, {
      order: { key: "ASC" },
      take: mostAccounts,
    });
    return rows.map(({ key }) => key);
  }
}
