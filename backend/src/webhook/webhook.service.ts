import { randomUUID } from "node:crypto";
import { Inject, Injectable } from "@nestjs/common";
import type { Actor } from "../auth/actor.ts";
import { DomainError } from "../chain/domain-error.ts";
import type { Config } from "../config/config.ts";
import { CONFIG } from "../config/config.module.ts";
import type { Intent } from "../command/intent.ts";
import { Requests } from "../command/requests.ts";
import { Database } from "../database/database.ts";
import { BadInput } from "../http/bad-input.ts";
import { mapPage, pageOf, type Page, type PageQuery } from "../http/paging.ts";
import { ProjectionEngine } from "../projection/projection.engine.ts";
import { SecretBox } from "./secret-box.ts";
import type { Sender } from "./sender.ts";
import { newSecret } from "./signature.ts";
import type {
  ChangedWebhookDto,
  NewWebhookDto,
  WebhookDto,
  WebhookTestDto,
  WebhookWithSecretDto,
} from "./webhook.dto.ts";
import { WebhookDeliveryRow, WebhookRow } from "./webhook.entity.ts";
import { testMessage } from "./webhook-message.ts";
import { endOfBlock, SENDER } from "./webhook.ports.ts";
import { webhookDto, withSecret } from "./webhook.presenter.ts";
import { faultOfUrl } from "./webhook-url.ts";

const most = 20;
/** Seconds that the secret before goes on signing beside the new one. */
const changeover = 24 * 3600;

/** A party's own webhooks. */
@Injectable()
export class WebhookService {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
    private readonly projection: ProjectionEngine,
    private readonly requests: Requests,
    @Inject(SENDER) private readonly sender: Sender,
    private readonly box: SecretBox,
  ) {}

  list(by: Actor, query: PageQuery): Promise<Page<WebhookDto>> {
    return pageOf(this.database.read, WebhookRow, query, ["createdAt", "id"], (rows) => {
      rows.andWhere("row.party = :party", { party: by.id });
    }).then((page) => mapPage(page, webhookDto));
  }

  async get(by: Actor, id: string): Promise<WebhookDto> {
    return webhookDto(await this.find(by, id));
  }

  /** @throws DomainError `NotFound`, also for another party's */
  async find(by: Actor, id: string): Promise<WebhookRow> {
    const row = await this.database.read.findOneBy(WebhookRow, { id, party: by.id });
    if (row === null) throw new DomainError("NotFound");
    return row;
  }

  /** From now on: what has happened before is not sent, unless a replay asks for it. */
  async create(intent: Intent, asked: NewWebhookDto): Promise<WebhookWithSecretDto> {
    const { by } = intent;
    const row: WebhookRow = {
      id: randomUUID(),
      party: by.id,
      ...this.#checked(asked),
      secret: this.box.close(newSecret()),
      formerSecret: null,
      formerUntil: null,
      enabled: true,
      disabledBecause: null,
      ...endOfBlock(this.projection.status.block),
      failures: 0,
      failingSince: null,
      notBefore: null,
      createdAt: seconds(),
    };
    const id = await this.database.write((manager) =>
      this.requests.once(manager, intent, async () => {
        if ((await manager.countBy(WebhookRow, { party: by.id })) >= most) {
          throw new DomainError("TooManyWebhooks", { most });
        }
        await manager.insert(WebhookRow, row);
        return row.id;
      }),
    );
    return this.#told(by, id);
  }

  async change(by: Actor, id: string, asked: ChangedWebhookDto): Promise<WebhookDto> {
    await this.find(by, id);
    const changed = {
      ...this.#checked(asked),
      enabled: asked.enabled,
      disabledBecause: null,
      failures: 0,
      failingSince: null,
      notBefore: null,
    };
    await this.database.write(async (manager) => {
      await manager.update(WebhookRow, { id, party: by.id }, changed);
      // What waits is tried at once, before what came after it.
      const waiting = { webhook: id, state: "Due" } as const;
      await manager.update(WebhookDeliveryRow, waiting, { dueAt: Date.now() });
    });
    return this.get(by, id);
  }

  async remove(by: Actor, id: string): Promise<void> {
    await this.find(by, id);
    await this.database.write(async (manager) => {
      await manager.delete(WebhookRow, { id, party: by.id });
      await manager.delete(WebhookDeliveryRow, { webhook: id });
    });
  }

  /** For a day both secrets sign; the one before the last is forgotten at once. */
  async rotateSecret(intent: Intent, id: string): Promise<WebhookWithSecretDto> {
    const { by } = intent;
    await this.find(by, id);
    const secret = this.box.close(newSecret());
    await this.database.write((manager) =>
      this.requests.once(manager, intent, async () => {
        const row = await manager.findOneByOrFail(WebhookRow, { id });
        const former = { formerSecret: row.secret, formerUntil: seconds() + changeover };
        await manager.update(WebhookRow, { id }, { secret, ...former });
        return id;
      }),
    );
    return this.#told(by, id);
  }

  /** Sends one message of no meaning and tells what came of it. */
  async test(by: Actor, id: string): Promise<WebhookTestDto> {
    const row = await this.find(by, id);
    const message = testMessage(id, Date.now());
    const { status, fault } = await this.sender.send(
      row.url,
      message,
      webhookSecrets(row, this.box),
    );
    return { succeeded: fault === null, status, fault };
  }

  /** @throws DomainError `NotFound`, `WebhookSecretLost` */
  async #told(by: Actor, id: string): Promise<WebhookWithSecretDto> {
    const row = await this.find(by, id);
    const secret = this.box.open(row.secret);
    if (secret === undefined) throw new DomainError("WebhookSecretLost");
    return withSecret(row, secret);
  }

  #checked({
    url,
    description,
    events,
  }: NewWebhookDto): Pick<WebhookRow, "url" | "description" | "events"> {
    const { sandbox, webhookPrivateAddresses: privateAddresses } = this.config;
    const fault = faultOfUrl(url, { plain: sandbox, privateAddresses });
    if (fault !== undefined) throw BadInput.at("/url", fault);
    return { url, description: description ?? null, events: events ?? null };
  }
}

/** The secrets that sign now, the newest first; none where they were encrypted by another passphrase. */
export function webhookSecrets(
  { secret, formerSecret, formerUntil }: WebhookRow,
  box: SecretBox,
): string[] {
  const former = (formerUntil ?? 0) > seconds() ? formerSecret : null;
  const boxes = former === null ? [secret] : [secret, former];
  return boxes.map((each) => box.open(each)).filter((each) => each !== undefined);
}

function seconds(): number {
  return Math.floor(Date.now() / 1000);
}
