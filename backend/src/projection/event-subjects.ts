import type { EntityManager } from "typeorm";
import { EventSubjectRow, type LinkKind } from "./projection.entity.ts";
import { RowStore } from "./row-store.ts";
import { TableForm, type RawValues } from "../database/table-form.ts";

/** Something that an event touches. */
export interface Subject {
  readonly kind: LinkKind;
  readonly id: string;
}

/** Numbers of late, before those of before are forgotten: at most twice as many are in memory. */
const numbersOfLate = 100_000;
const askedAtOnce = 500;

/** The numbers of what events touch: given once, and kept in memory like the ledger's rows. */
export class EventSubjects {
  #late = new Map<string, number>();
  #early = new Map<string, number>();
  #next: number | undefined;

  /** What is in memory may not be what is in the database. */
  forget(): void {
    this.#late = new Map();
    this.#early = new Map();
    this.#next = undefined;
  }

  /** A transaction has been committed. */
  committed(): void {
    if (this.#late.size <= numbersOfLate) return;
    this.#early = this.#late;
    this.#late = new Map();
  }

  /** Numbers by what they are of; who has none yet gets one. */
  async numbersOf(
    manager: EntityManager,
    subjects: Iterable<Subject>,
  ): Promise<(subject: Subject) => number> {
    const unknown = new Map<string, Subject>();
    for (const subject of subjects) {
      const name = nameOf(subject);
      if (this.#known(name) === undefined) unknown.set(name, subject);
    }
    await this.#read(manager, [...unknown.values()]);
    await this.#give(manager, unknown);
    return (subject) => {
      const number = this.#known(nameOf(subject));
      if (number === undefined) throw new Error(`${nameOf(subject)} has no number.`);
      return number;
    };
  }

  #known(name: string): number | undefined {
    const late = this.#late.get(name);
    if (late !== undefined) return late;
    const early = this.#early.get(name);
    if (early !== undefined) this.#late.set(name, early);
    return early;
  }

  async #read(manager: EntityManager, subjects: readonly Subject[]): Promise<void> {
    for (let done = 0; done < subjects.length; done += askedAtOnce) {
      const ids = subjects.slice(done, done + askedAtOnce).map(({ id }) => id);
      const rows = await manager
        .createQueryBuilder(EventSubjectRow, "subject")
        .select(["subject.number AS number", "subject.kind AS kind", "subject.id AS id"])
        .where("subject.id IN (:...ids)", { ids })
        .getRawMany<EventSubjectRow>();
      for (const row of rows) this.#late.set(nameOf(row), row.number);
    }
  }

  async #give(manager: EntityManager, subjects: ReadonlyMap<string, Subject>): Promise<void> {
    const form = TableForm.of(manager.dataSource, EventSubjectRow);
    const given: RawValues[] = [];
    for (const [name, { kind, id }] of subjects) {
      if (this.#late.has(name)) continue;
      this.#next ??= 1 + ((await manager.maximum(EventSubjectRow, "number")) ?? 0);
      given.push(form.rawOf({ number: this.#next, kind, id }));
      this.#late.set(name, this.#next);
      this.#next += 1;
    }
    await new RowStore(manager, EventSubjectRow).addAll(given);
  }
}

function nameOf({ kind, id }: Subject): string {
  return kind === "party" ? id : `${kind} ${id}`;
}
