import { statfs } from "node:fs/promises";
import { Inject, Injectable } from "@nestjs/common";
import { collectDefaultMetrics, Gauge, Registry } from "prom-client";
import { Chain } from "../chain/chain.ts";
import { CommandBacklog } from "../command/command-backlog.ts";
import type { Config } from "../config/config.ts";
import { CONFIG } from "../config/config.module.ts";
import { ProjectionEngine } from "../projection/projection.engine.ts";
import { WebhookBacklog } from "../webhook/webhook-backlog.ts";
import { blocksUndone, counters, reorganisations } from "./counters.ts";

const balancesKeptFor = 15_000;
const ether = 10n ** 18n;

/** What is read when somebody looks. */
@Injectable()
export class Gauges {
  readonly #own = new Registry();
  #currentAt = Date.now();
  #balances: { readonly at: number; readonly ofAccounts: ReadonlyMap<string, bigint> } = {
    at: 0,
    ofAccounts: new Map(),
  };

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly chain: Chain,
    private readonly projection: ProjectionEngine,
    private readonly commands: CommandBacklog,
    private readonly webhooks: WebhookBacklog,
  ) {
    collectDefaultMetrics({ register: this.#own });
    this.#losing();
    this.#administering();
    this.#lagging();
    this.#runningDry();
    let reached = 0;
    projection.listen({
      projected: ({ block }) => {
        reached = block;
        if (block >= this.projection.status.head) this.#currentAt = Date.now();
      },
      undone: ({ block }) => {
        reorganisations.inc();
        blocksUndone.inc(Math.max(reached - block, 0));
        reached = block;
      },
    });
  }

  get contentType(): string {
    return this.#own.contentType;
  }

  async text(): Promise<string> {
    return Registry.merge([this.#own, counters]).metrics();
  }

  /** One of a noun's: what it says when somebody looks. */
  add(name: string, help: string, ask: () => Promise<number>): void {
    this.#gauge(name, help, async (gauge) => {
      gauge.set(await ask());
    });
  }

  #gauge<Label extends string = never>(
    name: string,
    help: string,
    collect: (gauge: Gauge<Label>) => Promise<void> | void,
    labelNames: readonly Label[] = [],
  ): void {
    const register = this.#own;
    new Gauge({
      name: `sheaf_${name}`,
      help,
      labelNames,
      registers: [register],
      async collect(this: Gauge<Label>) {
        this.reset();
        // What cannot be read has no value, and does not keep the others from having theirs.
        await Promise.resolve(collect(this)).catch(() => undefined);
      },
    });
  }

  #losing(): void {
    this.#gauge(
      "commands_unfinished",
      "Commands on record that are neither final nor failed.",
      async (gauge) => {
        for (const { state, count } of await this.commands.unfinished())
          gauge.set({ state }, count);
      },
      ["state"],
    );
    this.#gauge(
      "command_oldest_unsettled_seconds",
      "Age of the oldest command that is not in a block yet; 0 where there is none.",
      async (gauge) => {
        gauge.set(await this.commands.oldestUnsettled());
      },
    );
  }

  #administering(): void {
    this.#gauge(
      "scheduled_acts",
      "Acts of administration that wait out their delay, by where they were asked for.",
      async (gauge) => {
        const { here, elsewhere } = await this.commands.scheduled();
        gauge.set({ asked: "here" }, here);
        gauge.set({ asked: "elsewhere" }, elsewhere);
      },
      ["asked"],
    );
  }

  #lagging(): void {
    const { projection } = this;
    this.#gauge("projection_block", "The last block that is projected.", (gauge) => {
      gauge.set(projection.status.block);
    });
    this.#gauge("chain_head_block", "The chain's head when last seen.", (gauge) => {
      gauge.set(projection.status.head);
    });
    this.#gauge("projection_blocks_behind", "Blocks between the two.", (gauge) => {
      const { head, block } = projection.status;
      gauge.set(Math.max(head - block, 0));
    });
    this.#gauge(
      "projection_lag_seconds",
      "For how long the read model has been behind the chain, or the chain out of sight.",
      (gauge) => {
        const { head, block, fault, halted } = projection.status;
        const isCurrent = block >= head && fault === undefined && halted === undefined;
        if (isCurrent) this.#currentAt = Date.now();
        gauge.set((Date.now() - this.#currentAt) / 1000);
      },
    );
    this.#gauge("projection_halted", "1 where projecting has stopped for good.", (gauge) => {
      gauge.set(projection.status.halted === undefined ? 0 : 1);
    });
    this.#gauge(
      "webhooks",
      "Webhooks by what they are like.",
      async (gauge) => {
        for (const { state, count } of await this.webhooks.endpoints()) gauge.set({ state }, count);
      },
      ["state"],
    );
    this.#gauge(
      "webhook_deliveries",
      "Deliveries that wait to be tried again (Due), or were given up (Dead).",
      async (gauge) => {
        for (const { state, count } of await this.webhooks.deliveries())
          gauge.set({ state }, count);
      },
      ["state"],
    );
    this.#gauge(
      "webhook_lag_events",
      "Events of its stream that the webhook that is furthest behind has not come to.",
      async (gauge) => {
        gauge.set(await this.webhooks.furthestBehind());
      },
    );
  }

  #runningDry(): void {
    this.#gauge(
      "signing_account_balance_ether",
      "What an account that signs can pay for gas.",
      async (gauge) => {
        for (const [account, wei] of await this.#balancesNow()) {
          gauge.set({ account }, Number((wei * 1_000_000n) / ether) / 1_000_000);
        }
      },
      ["account"],
    );
    this.#gauge(
      "signing_accounts_low",
      "Accounts that sign and have less than LOW_BALANCE.",
      async (gauge) => {
        const balances = [...(await this.#balancesNow()).values()];
        gauge.set(balances.filter((wei) => wei < this.config.lowBalance).length);
      },
    );
    this.#gauge("data_dir_free_bytes", "Free on the disk of DATA_DIR.", async (gauge) => {
      const { bavail, bsize } = await statfs(this.config.dataDir);
      gauge.set(bavail * bsize);
    });
  }

  async #balancesNow(): Promise<ReadonlyMap<string, bigint>> {
    if (Date.now() - this.#balances.at < balancesKeptFor) return this.#balances.ofAccounts;
    const accounts = await this.commands.signingAccounts();
    const balances = accounts.map(
      async (account) => [account, await this.chain.rpc.getBalance(account)] as const,
    );
    this.#balances = { at: Date.now(), ofAccounts: new Map(await Promise.all(balances)) };
    return this.#balances.ofAccounts;
  }
}
