import { Brackets, In, type EntityManager } from "typeorm";
import { OrderRow } from "../order/order.entity.ts";
import { ChainEventRow, EventLinkRow, EventSubjectRow } from "../projection/projection.entity.ts";
import { ReceiptRow } from "../warehouse/receipt.entity.ts";
import { actNames } from "./acts.ts";

/** A place in the record. */
interface Position {
  readonly block: number;
  readonly logIndex: number;
}

const end: Position = { block: Number.MAX_SAFE_INTEGER, logIndex: 0 };

/**
 * The lineage of an order, in the order of the chain: its own acts, and those of every receipt that was earmarked for it or that its goods came
 * from, as long as they were not another order's.
 */
export async function lineageOfOrder(
  manager: EntityManager,
  order: string,
): Promise<ChainEventRow[]> {
  const gathering = new Gathering(manager, order);
  const own = await gathering.actsOf(order);
  gathering.take(own);
  const receipts = new Set(own.flatMap(receiptsNamedBy));
  for (const receipt of receipts) {
    const row = await manager.findOneBy(ReceiptRow, { id: receipt });
    const last = own.findLast((event) => receiptsNamedBy(event).includes(receipt));
    await gathering.follow(receipt, row?.order === order ? end : (last ?? end));
  }
  return gathering.lineage();
}

/** The lineage of goods in store that are earmarked for no order. */
export async function lineageOfReceipt(
  manager: EntityManager,
  receipt: string,
): Promise<ChainEventRow[]> {
  const gathering = new Gathering(manager, undefined);
  await gathering.follow(receipt, end);
  return gathering.lineage();
}

class Gathering {
  readonly #events = new Map<string, ChainEventRow>();
  readonly #followed = new Map<string, Position>();

  constructor(
    private readonly manager: EntityManager,
    private readonly order: string | undefined,
  ) {}

  lineage(): ChainEventRow[] {
    return [...this.#events.values()].sort(byPosition);
  }

  take(events: readonly ChainEventRow[]): void {
    for (const event of events) this.#events.set(`${event.block}.${event.logIndex}`, event);
  }

  async actsOf(claim: string): Promise<ChainEventRow[]> {
    return this.manager
      .createQueryBuilder(ChainEventRow, "event")
      .innerJoin(
        EventLinkRow,
        "link",
        "link.block = event.block AND link.logIndex = event.logIndex",
      )
      .innerJoin(EventSubjectRow, "subject", "subject.number = link.subject")
      .where("subject.kind = 'claim' AND subject.id = :claim", { claim })
      .andWhere("event.name IN (:...names)", { names: [...actNames] })
      .orderBy("event.block")
      .addOrderBy("event.logIndex")
      .getMany();
  }

  /** Takes a receipt's acts up to a position, and those of what it was split from or merged of. */
  async follow(receipt: string, upTo: Position): Promise<void> {
    const before = this.#followed.get(receipt);
    if (before !== undefined && byPosition(before, upTo) >= 0) return;
    this.#followed.set(receipt, upTo);
    const acts = (await this.actsOf(receipt)).filter((event) => byPosition(event, upTo) <= 0);
    const own = await this.#withoutOtherOrders(acts);
    this.take(own);
    for (const event of own) {
      const { parent, child, from, into } = event.args;
      if (child === receipt && typeof parent === "string") await this.follow(parent, event);
      if (into === receipt && typeof from === "string") await this.follow(from, event);
    }
  }

  async #withoutOtherOrders(events: readonly ChainEventRow[]): Promise<ChainEventRow[]> {
    if (this.order === undefined || events.length === 0) return [...events];
    const links = await this.manager
      .createQueryBuilder(EventLinkRow, "link")
      .innerJoin(EventSubjectRow, "subject", "subject.number = link.subject")
      .select(["subject.id AS id", "link.block AS block", 'link.logIndex AS "logIndex"'])
      .where("subject.kind = 'claim'")
      .andWhere(
        new Brackets((places) => {
          events.forEach(({ block, logIndex }, index) => {
            const values = { [`block${index}`]: block, [`log${index}`]: logIndex };
            places.orWhere(`link.block = :block${index} AND link.logIndex = :log${index}`, values);
          });
        }),
      )
      .getRawMany<{ readonly id: string } & Position>();
    const named = [...new Set(links.map(({ id }) => id))];
    const orders = await this.manager.find(OrderRow, {
      select: { id: true },
      where: { id: In(named) },
    });
    const others = new Set(orders.map(({ id }) => id).filter((id) => id !== this.order));
    return events.filter(
      (event) =>
        !links.some(
          (link) =>
            others.has(link.id) && link.block === event.block && link.logIndex === event.logIndex,
        ),
    );
  }
}

const noReceipt = `0x${"0".repeat(64)}`;

/** Where a claim passes on, `from` is a party. */
function receiptsNamedBy({ args }: ChainEventRow): string[] {
  const { receipt, parent, child, from, into } = args;
  return [receipt, parent, child, from, into].filter(
    (id): id is string =>
      typeof id === "string" && id.length === noReceipt.length && id !== noReceipt,
  );
}

function byPosition(a: Position, b: Position): number {
  return a.block - b.block || a.logIndex - b.logIndex;
}
