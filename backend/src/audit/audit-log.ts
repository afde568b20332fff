import { randomUUID } from "node:crypto";
import { Inject, Injectable, Logger, type BeforeApplicationShutdown } from "@nestjs/common";
import type { Actor } from "../auth/actor.ts";
import { DomainError } from "../chain/domain-error.ts";
import type { Config } from "../config/config.ts";
import { CONFIG } from "../config/config.module.ts";
import { Database } from "../database/database.ts";
import { isUnavailable } from "../database/unavailable.ts";
import { RowStore } from "../projection/row-store.ts";
import { AuditEntryRow, AuditHeadRow, type AuditEntry, type AuditKind } from "./audit.entity.ts";
import { beginning, hashOf, keyIdOf } from "./link.ts";

/** An entry before it has its place. */
export interface Happening {
  readonly kind: AuditKind;
  readonly by?: Actor | undefined;
  /** Where no actor is known: whom a sign-in was for. */
  readonly account?: string | undefined;
  readonly what: Readonly<Record<string, unknown>>;
}

interface Pending {
  readonly happening: Happening;
  readonly at: string;
  readonly settle?: { readonly resolve: () => void; readonly reject: (error: unknown) => void };
}

/** Milliseconds that an entry waits for others to be written with it. */
const gathering = 50;
const retryAfter = 1000;
const largestGroup = 500;
/** Entries that may wait: past that, who reads waits as well. */
const mostPending = 10_000;
/** Other chains whose last entries a new one names: those before them are named by these. */
const mostNamed = 20;
const anchorInterval = 60_000;

/**
 * This process's chain of the audit log. Entries are written in groups, each group in one transaction: at once while
 * somebody waits for it, otherwise within a tenth of a second.
 */
@Injectable()
export class AuditLog implements BeforeApplicationShutdown {
  readonly writer = randomUUID();
  readonly #log = new Logger("Audit");
  #pending: Pending[] = [];
  #writing: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #anchored = 0;
  /** Undefined before the first group, and where it is not known whether the last one was taken. */
  #head: { readonly seq: number; readonly hash: string } | undefined;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
  ) {}

  /**
   * Resolves when the entry is on record.
   * @throws DomainError `AuditUnavailable` where it cannot be written
   */
  record(happening: Happening): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#add({ happening, at: moment(), settle: { resolve, reject } });
      void this.#flush();
    });
  }

  /** Resolves at once, or when there is room again; the entry follows within a tenth of a second. */
  async note(happening: Happening): Promise<void> {
    this.#add({ happening, at: moment() });
    this.#flushAfter(gathering);
    if (this.#pending.length > mostPending) await this.#flush();
  }

  /** Writes all that is waiting. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.#flush();
    clearTimeout(this.#timer);
  }

  #add(pending: Pending): void {
    this.#pending.push(pending);
  }

  #flushAfter(milliseconds: number): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.#flush();
    }, milliseconds).unref();
  }

  #flush(): Promise<void> {
    this.#writing ??= this.#writeAll().finally(() => {
      this.#writing = undefined;
      if (this.#pending.length > 0) this.#flushAfter(retryAfter);
    });
    return this.#writing;
  }

  async #writeAll(): Promise<void> {
    while (this.#pending.length > 0) {
      const group = this.#pending.splice(0, largestGroup);
      try {
        await this.#write(group);
        for (const { settle } of group) settle?.resolve();
      } catch (error) {
        this.#head = undefined;
        this.#log.error(`The audit log cannot be written: ${String(error)}`);
        // Who waits is told, and does nothing; what has been done is written when it can be.
        const reason = isUnavailable(error) ? error : new DomainError("AuditUnavailable");
        for (const { settle } of group) settle?.reject(reason);
        this.#pending = [...group.filter(({ settle }) => settle === undefined), ...this.#pending];
        return;
      }
    }
  }

  async #write(group: readonly Pending[]): Promise<void> {
    const head = this.#head ?? (await this.#found());
    const first = head.seq === 0 ? [await this.#opening()] : [];
    const entries: AuditEntry[] = [];
    let { seq, hash } = head;
    for (const { happening, at } of [...first, ...group]) {
      const entry = { ...this.#unlinked(happening, at), seq: seq + 1, previous: hash };
      hash = hashOf(entry, this.config.auditSecret);
      seq += 1;
      entries.push({ ...entry, hash });
    }
    const { writer } = this;
    await this.database.write(async (manager) => {
      await new RowStore(manager, AuditEntryRow).addRows(entries);
      await manager.upsert(AuditHeadRow, { writer, seq, hash, at: moment() }, ["writer"]);
    });
    this.#head = { seq, hash };
    this.#anchor(seq, hash);
  }

  /** The chain's end as it is on record: whether a group was taken is not known where the connection broke. */
  async #found(): Promise<{ readonly seq: number; readonly hash: string }> {
    const { writer } = this;
    const row = await this.database.read.findOneBy(AuditHeadRow, { writer });
    return row ?? { seq: 0, hash: beginning(writer) };
  }

  /** Whoever takes out another chain as a whole has to forge this one. */
  async #opening(): Promise<Pending> {
    const rows = await this.database.read.find(AuditHeadRow, {
      order: { at: "DESC", writer: "ASC" },
      take: mostNamed,
    });
    const heads = rows.map(({ writer, seq, hash }) => ({ writer, seq, hash }));
    const { auditSecret } = this.config;
    const what = { heads, ...(auditSecret !== undefined && { key: keyIdOf(auditSecret) }) };
    return { happening: { kind: "opened", what }, at: moment() };
  }

  #unlinked(
    { kind, by, account, what }: Happening,
    at: string,
  ): Omit<AuditEntry, "seq" | "previous" | "hash"> {
    return {
      writer: this.writer,
      at,
      kind,
      party: by?.id ?? null,
      person: by?.person?.account ?? account ?? null,
      apiKey: by?.person?.apiKey?.id ?? null,
      what,
    };
  }

  /** The logs leave the machine sooner than somebody who is not to change them comes in. */
  #anchor(seq: number, hash: string): void {
    if (Date.now() - this.#anchored < anchorInterval) return;
    this.#anchored = Date.now();
    this.#log.log(`Audit head ${this.writer} ${seq} ${hash}`);
  }
}

function moment(): string {
  return new Date().toISOString();
}
