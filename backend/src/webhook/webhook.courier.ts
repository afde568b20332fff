import { Inject, Injectable, Logger } from "@nestjs/common";
import { In, IsNull, LessThan, LessThanOrEqual, MoreThan } from "typeorm";
import { Contracts } from "../chain/contracts.ts";
import type { Config } from "../config/config.ts";
import { CONFIG } from "../config/config.module.ts";
import { crashPoint } from "../crash/crash-points.ts";
import { Database } from "../database/database.ts";
import { EventRecord, type EventPosition } from "../projection/event-record.service.ts";
import { webhookAttempts } from "../metrics/counters.ts";
import { ProjectionEngine } from "../projection/projection.engine.ts";
import { ChainEventRow, ProjectionRow } from "../projection/projection.entity.ts";
import type { Attempt, Sender } from "./sender.ts";
import { SecretBox } from "./secret-box.ts";
import { webhookSecrets } from "./webhook.service.ts";
import { verdictOn } from "./verdict.ts";
import { messageOf } from "./webhook-message.ts";
import { WebhookDeliveryRow, WebhookRow } from "./webhook.entity.ts";
import { endOfBlock, SENDER } from "./webhook.ports.ts";

interface Errand {
  readonly webhook: WebhookRow;
  readonly event: ChainEventRow;
  readonly before: number;
  /** Whether it is the next of the stream, and not one that is sent again. */
  readonly isNext: boolean;
}

const endpointsAtOnce = 64;
const pageSize = 50;
const keptFor = 30 * 24 * 3600 * 1000;
const tidyEvery = 3600 * 1000;

/**
 * Brings final events to the endpoints that asked for them, each endpoint on its own and one event at a time.
 *
 * An endpoint's place in its party's stream moves in the same transaction that records what came of an event, and only
 * after it was sent: after a crash in between it is sent again, with the same id.
 */
@Injectable()
export class WebhookCourier {
  readonly #log = new Logger("Webhooks");
  readonly #serving = new Map<string, Promise<void>>();
  readonly #abort = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #round: Promise<void> | undefined;
  #asked = false;
  #tidiedAt = 0;
  /** Whether no endpoint's place is beyond what is on record. */
  #isInStep = false;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
    private readonly record: EventRecord,
    private readonly projection: ProjectionEngine,
    private readonly contracts: Contracts,
    @Inject(SENDER) private readonly sender: Sender,
    private readonly box: SecretBox,
  ) {}

  start(): void {
    this.projection.listen({
      projected: () => {
        this.nudge();
      },
      undone: () => {
        this.#isInStep = false;
        this.nudge();
      },
    });
    this.database.leadership.whenLeading("webhooks", () => {
      this.nudge();
    });
    this.#timer = setInterval(() => {
      this.nudge();
    }, this.config.pollInterval).unref();
    this.nudge();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#abort.abort();
    await this.#round;
    await Promise.all(this.#serving.values());
  }

  /** There may be something to send. */
  nudge(): void {
    this.#asked = true;
    this.#round ??= this.#rounds()
      .catch((error: unknown) => {
        this.#log.warn(`Webhooks wait: ${String(error)}`);
      })
      .finally(() => (this.#round = undefined));
  }

  get #isOff(): boolean {
    return this.#abort.signal.aborted || !this.database.leadership.leads("webhooks");
  }

  async #rounds(): Promise<void> {
    if (this.#isOff) this.#isInStep = false;
    while (this.#asked && !this.#isOff) {
      this.#asked = false;
      await this.#fallIntoStep();
      await this.#tidy();
      const now = Date.now();
      const enabled = await this.database.read.find(WebhookRow, {
        select: { id: true },
        where: [
          { enabled: true, notBefore: IsNull() },
          { enabled: true, notBefore: LessThanOrEqual(now) },
        ],
      });
      for (const { id } of enabled) {
        if (this.#serving.has(id) || this.#serving.size >= endpointsAtOnce) continue;
        const served = this.#serve(id)
          .catch((error: unknown) => {
            this.#log.warn({ msg: `A webhook waits: ${String(error)}`, webhook: id });
          })
          .finally(() => this.#serving.delete(id));
        this.#serving.set(id, served);
      }
    }
  }

  async #serve(id: string): Promise<void> {
    while (!this.#isOff) {
      const errand = await this.#errandFor(id);
      if (errand === undefined) return;
      const { webhook, event } = errand;
      const secrets = webhookSecrets(webhook, this.box);
      const message = messageOf(event, this.contracts.deployment.utcOffset);
      const attempt =
        secrets.length === 0
          ? { at: Date.now(), status: null, fault: "the secret is lost: rotate it", retryAfter: 0 }
          : await this.sender.send(webhook.url, message, secrets, this.#abort.signal);
      if (this.#abort.signal.aborted) return;
      crashPoint("mid-webhook");
      await this.#note(errand, attempt);
    }
  }

  async #errandFor(id: string): Promise<Errand | undefined> {
    const { read } = this.database;
    const webhook = await read.findOneBy(WebhookRow, { id });
    const now = Date.now();
    if (webhook?.enabled !== true || (webhook.notBefore ?? 0) > now) return undefined;
    const due = await read.findOne(WebhookDeliveryRow, {
      where: { webhook: id, state: "Due", dueAt: LessThanOrEqual(now) },
      order: { block: "ASC", logIndex: "ASC" },
    });
    if (due !== null) {
      const { block, logIndex, attempts } = due;
      const event = await read.findOneBy(ChainEventRow, { block, logIndex });
      if (event !== null) return { webhook, event, before: attempts, isNext: false };
      await this.database.write((manager) =>
        manager.delete(WebhookDeliveryRow, { webhook: id, block, logIndex }),
      );
    }
    return this.#nextFor(webhook);
  }

  /** The next event of the stream that the endpoint asked for; those that it did not are passed by. */
  async #nextFor(webhook: WebhookRow): Promise<Errand | undefined> {
    const { head, block } = this.projection.status;
    const final = Math.min(block, head - this.config.finalityBlocks);
    if (webhook.block > final) return undefined;
    let after: EventPosition = webhook;
    for (let more = true; more && !this.#isOff;) {
      const options = { after, limit: pageSize };
      const page = await this.record.touching("party", [webhook.party], options);
      const rows = page.filter((row) => row.block <= final);
      const event = rows.find(({ name }) => webhook.events?.includes(name) ?? true);
      if (event !== undefined) return { webhook, event, before: 0, isNext: true };
      after = rows.at(-1) ?? after;
      more = rows.length === pageSize;
    }
    if (after !== webhook) await this.#pass(webhook, after);
    return undefined;
  }

  async #pass(webhook: WebhookRow, to: EventPosition): Promise<void> {
    const { id, block, logIndex } = webhook;
    const place = { block: to.block, logIndex: to.logIndex };
    await this.database.write((manager) =>
      manager.update(WebhookRow, { id, block, logIndex }, place),
    );
  }

  async #note({ webhook, event, before, isNext }: Errand, attempt: Attempt): Promise<void> {
    const { webhookRetries: retries, webhookDisableAfter: disableAfter } = this.config;
    const { id } = webhook;
    const policy = { retries, disableAfter };
    const verdict = verdictOn(attempt, before, webhook, policy, Math.random());
    const { block, logIndex, name } = event;
    await this.database.write(async (manager) => {
      if (!(await manager.existsBy(WebhookRow, { id }))) return;
      const { status, fault, at } = attempt;
      await manager.upsert(
        WebhookDeliveryRow,
        {
          webhook: id,
          block,
          logIndex,
          event: name,
          ...verdict.delivery,
          status,
          fault,
          attemptedAt: at,
        },
        ["webhook", "block", "logIndex"],
      );
      await manager.update(WebhookRow, { id }, verdict.webhook);
      // Unless somebody asked meanwhile for a replay from further back.
      const place = { block: webhook.block, logIndex: webhook.logIndex };
      if (isNext) await manager.update(WebhookRow, { id, ...place }, { block, logIndex });
    });
    webhookAttempts.inc({ outcome: attempt.fault === null ? "delivered" : "failed" });
    if (attempt.fault === null) return;
    const { state } = verdict.delivery;
    const { fault } = attempt;
    const noted = { webhook: id, event: `${block}-${logIndex}`, state, fault };
    this.#log.warn({ msg: "A webhook was not delivered", ...noted });
    if (verdict.webhook.enabled === false) {
      this.#log.warn({ msg: "A webhook was disabled", ...noted });
    }
  }

  /** The chain was reorganised, or may have been while another process, or none, did this. */
  async #fallIntoStep(): Promise<void> {
    if (this.#isInStep) return;
    this.#isInStep = true;
    await this.database.write(async (manager) => {
      const projection = await manager.findOneByOrFail(ProjectionRow, { id: 1 });
      const gone = { block: MoreThan(projection.block) };
      await manager.update(WebhookRow, gone, endOfBlock(projection.block));
      await manager.delete(WebhookDeliveryRow, gone);
    });
  }

  async #tidy(): Promise<void> {
    const now = Date.now();
    if (now - this.#tidiedAt < tidyEvery) return;
    this.#tidiedAt = now;
    await this.database.write((manager) =>
      manager.delete(WebhookDeliveryRow, {
        state: In(["Delivered", "Dead"]),
        attemptedAt: LessThan(now - keptFor),
      }),
    );
  }
}
