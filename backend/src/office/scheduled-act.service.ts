import { Injectable } from "@nestjs/common";
import { PartyDirectory } from "../auth/party-directory.ts";
import { ChainClock } from "../chain/clock.ts";
import { Contracts } from "../chain/contracts.ts";
import { DomainError } from "../chain/domain-error.ts";
import { addressOf } from "../chain/hex.ts";
import { readCall, scheduleExpires } from "../chain/scheduled-call.ts";
import { PartyNames } from "../claim/party-names.ts";
import { CommandBacklog } from "../command/command-backlog.ts";
import { CommandService } from "../command/command.service.ts";
import type { Effect } from "../command/effect.ts";
import type { Intent } from "../command/intent.ts";
import { withBigints } from "../database/columns.ts";
import { Database } from "../database/database.ts";
import { mapPage, pageOf, type Page } from "../http/paging.ts";
import { formatTime } from "../http/time.ts";
import { CurrencyService } from "../money/currency.service.ts";
import type { ScheduledActDto, ScheduledActQuery, Standing } from "./scheduled-act.dto.ts";
import { ScheduledActRow } from "./scheduled-act.entity.ts";
import { tell, type ReadCall, type Sentence } from "./words.ts";

/** What offices have scheduled, for those who may cancel it, and for those who want to know how far it is. */
@Injectable()
export class ScheduledActService {
  constructor(
    private readonly database: Database,
    private readonly contracts: Contracts,
    private readonly commands: CommandService,
    private readonly backlog: CommandBacklog,
    private readonly parties: PartyDirectory,
    private readonly currencies: CurrencyService,
    private readonly clock: ChainClock,
  ) {}

  async list(query: ScheduledActQuery): Promise<Page<ScheduledActDto>> {
    const page = await pageOf(
      this.database.read,
      ScheduledActRow,
      query,
      ["from", "operation", "nonce"],
      (rows) => {
        if (query.state !== undefined) {
          rows.andWhere(`row.state ${query.state === "open" ? "=" : "<>"} 'Scheduled'`);
        }
      },
    );
    const names = new PartyNames(this.parties);
    return mapPage(page, (row) => this.#dto(row, names));
  }

  /**
   * Takes back what has been scheduled. For the office that has scheduled it, and the guardian.
   * @throws DomainError `NotFound`, `AccessManagerNotScheduled`, `AccessManagerUnauthorizedCancel`
   */
  async cancel(intent: Intent, operation: string): Promise<Effect> {
    const row = await this.#last(operation);
    const { caller, target, data } = row;
    const act = this.contracts.act("Administration", "cancel", [caller, target, data]);
    return this.commands.perform(intent, act, {
      read: async () => this.#dto(await this.#last(operation), new PartyNames(this.parties)),
    });
  }

  async #last(operation: string): Promise<ScheduledActRow> {
    const row = await this.database.read.findOne(ScheduledActRow, {
      where: { operation },
      order: { nonce: "DESC" },
    });
    if (row === null) throw new DomainError("NotFound");
    return row;
  }

  async #dto(row: ScheduledActRow, names: PartyNames): Promise<ScheduledActDto> {
    const { operation, nonce, caller, target, data, from, transaction, scheduledAt } = row;
    const { utcOffset } = this.contracts.deployment;
    const call = readCall(this.contracts, target, data);
    const time = (seconds: number): string => formatTime(seconds, utcOffset);
    return {
      id: operation,
      nonce,
      says: await this.#told(call, target, names),
      by: caller,
      standing: this.#standing(row),
      scheduledAt: time(scheduledAt),
      from: time(from),
      expiresAt: time(from + scheduleExpires),
      command: (await this.backlog.carryingOut(operation, transaction)) ?? null,
      contract: call?.contract ?? null,
      method: call?.method ?? null,
      args: JSON.parse(JSON.stringify(call?.args ?? {}, withBigints)) as ScheduledActDto["args"],
      target,
      data,
      transaction,
      endedAt: row.endedAt === null ? null : time(row.endedAt),
    };
  }

  async #told(call: ReadCall | undefined, target: string, names: PartyNames): Promise<Sentence> {
    const known = new Map<string, string>();
    for (const value of Object.values(call?.args ?? {})) {
      const account = typeof value === "string" ? addressOf(value) : undefined;
      if (account !== undefined) known.set(account, await names.of(account));
    }
    const { DepositCurrency } = this.contracts.deployment.contracts;
    const all = await this.currencies.list();
    const { symbol, decimals } = all.find(({ token }) => token === DepositCurrency) ?? {
      symbol: "",
      decimals: 0,
    };
    return tell(call, target, { party: (id) => known.get(id) ?? id, symbol, decimals });
  }

  #standing({ state, from }: ScheduledActRow): Standing {
    if (state !== "Scheduled") return state;
    const now = this.clock.now();
    if (now >= from + scheduleExpires) return "Expired";
    return now >= from ? "Ripe" : "Waiting";
  }
}
