import type { BookLine } from "./book-line.ts";
import type { RefusedRow } from "./book.ts";
import { openScratchDatabase, type SqliteDatabase, type SqliteStatement } from "./sqlite.ts";

/** A buyer and a seller with orders between them: what a facility is for. */
export interface Pair {
  readonly buyer: string;
  readonly seller: string;
}

/** What a whole book comes to; amounts in minor units, days are civil days. */
export interface BookTotals {
  readonly read: number;
  readonly taken: number;
  readonly refused: number;
  readonly value: bigint;
  readonly firstDay: number;
  readonly lastDay: number;
  readonly guessedOrderDays: number;
  readonly late: number;
  readonly differing: number;
  readonly differsBy: bigint;
}

const schema = `
  CREATE TABLE line (
    fileLine INTEGER PRIMARY KEY, number TEXT, line INTEGER, buyer TEXT, seller TEXT, item TEXT,
    quantity INTEGER, unitPrice INTEGER, value INTEGER,
    orderDay INTEGER, scheduledDay INTEGER, deliveredDay INTEGER,
    isOrderDayGuessed INTEGER, differsBy INTEGER,
    UNIQUE (buyer, number, line)
  ) STRICT;
  CREATE INDEX byOrderDay ON line (orderDay, fileLine);
  CREATE TABLE refusal (fileLine INTEGER, reason TEXT) STRICT;
`;

const pageSize = 200;

/**
 * A book, sorted on disk: a book is in the order of its own numbers, its days come in any order, and memory has to be
 * the same however long it is.
 */
export class Plan {
  readonly #database: SqliteDatabase;
  readonly #add: SqliteStatement;
  readonly #same: SqliteStatement;
  readonly #refuse: SqliteStatement;

  /** @param path a file that does not exist yet */
  constructor(path: string) {
    this.#database = openScratchDatabase(path);
    this.#database.exec(schema);
    this.#add = this.#database.prepare(
      "INSERT OR IGNORE INTO line VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
    );
    this.#same = this.#database.prepare(
      "SELECT fileLine FROM line WHERE buyer = ? AND number = ? AND line = ?",
    );
    this.#refuse = this.#database.prepare("INSERT INTO refusal VALUES (?, ?)");
  }

  /** Takes every entry of a book; a line that was there before is refused. */
  async fill(entries: AsyncIterable<BookLine | RefusedRow>): Promise<void> {
    this.#database.exec("BEGIN");
    for await (const entry of entries) {
      if ("reasons" in entry) this.refuse(entry.fileLine, entry.reasons.join("; "));
      else this.#take(entry);
    }
    this.#database.exec("COMMIT");
  }

  refuse(fileLine: number, reason: string): void {
    this.#refuse.run(fileLine, reason);
  }

  totals(): BookTotals {
    const sums = this.#database
      .prepare(
        `SELECT count(*) AS taken, coalesce(sum(value), 0) AS value, coalesce(min(orderDay), 0) AS firstDay,
          coalesce(max(deliveredDay), 0) AS lastDay, coalesce(sum(isOrderDayGuessed), 0) AS guessedOrderDays,
          coalesce(sum(deliveredDay > scheduledDay), 0) AS late, coalesce(sum(differsBy > 0), 0) AS differing,
          coalesce(sum(differsBy), 0) AS differsBy FROM line`,
      )
      .get() as Record<keyof Omit<BookTotals, "read" | "refused">, bigint>;
    const { refused } = this.#database
      .prepare("SELECT count(DISTINCT fileLine) AS refused FROM refusal")
      .get() as { refused: bigint };
    return {
      read: Number(sums.taken + refused),
      taken: Number(sums.taken),
      refused: Number(refused),
      value: sums.value,
      firstDay: Number(sums.firstDay),
      lastDay: Number(sums.lastDay),
      guessedOrderDays: Number(sums.guessedOrderDays),
      late: Number(sums.late),
      differing: Number(sums.differing),
      differsBy: sums.differsBy,
    };
  }

  /** Minor units that each buyer's orders come to. */
  buyers(): ReadonlyMap<string, bigint> {
    const rows = this.#database.prepare(
      "SELECT buyer, sum(value) AS value FROM line GROUP BY buyer",
    );
    const found = rows.all() as { buyer: string; value: bigint }[];
    return new Map(found.map(({ buyer, value }) => [buyer, value]));
  }

  pairs(): readonly Pair[] {
    const rows = this.#database.prepare("SELECT DISTINCT buyer, seller FROM line ORDER BY 1, 2");
    return rows.all() as Pair[];
  }

  /** The lines, by the day of their order; read page by page, so that the plan can be written to meanwhile. */
  *byOrderDay(): Generator<BookLine> {
    const page = this.#database.prepare(
      `SELECT * FROM line WHERE (orderDay, fileLine) > (?, ?) ORDER BY orderDay, fileLine LIMIT ${String(pageSize)}`,
    );
    let [day, fileLine] = [-1_000_000, 0];
    for (;;) {
      const rows = page.all(day, fileLine) as Record<keyof BookLine, bigint | string>[];
      for (const row of rows) {
        const line = lineOf(row);
        [day, fileLine] = [line.orderDay, line.fileLine];
        yield line;
      }
      if (rows.length < pageSize) return;
    }
  }

  /** Every refusal, by line of the file. */
  *refusals(): Generator<{ readonly fileLine: number; readonly reason: string }> {
    const rows = this.#database.prepare("SELECT * FROM refusal ORDER BY fileLine, rowid");
    for (const row of rows.iterate()) {
      const { fileLine, reason } = row as { fileLine: bigint; reason: string };
      yield { fileLine: Number(fileLine), reason };
    }
  }

  close(): void {
    this.#database.close();
  }

  #take(line: BookLine): void {
    const { changes } = this.#add.run(
      line.fileLine,
      line.number,
      line.line,
      line.buyer,
      line.seller,
      line.item,
      line.quantity,
      line.unitPrice,
      line.value,
      line.orderDay,
      line.scheduledDay,
      line.deliveredDay,
      line.isOrderDayGuessed ? 1 : 0,
      line.differsBy,
    );
    if (changes > 0) return;
    const same = this.#same.get(line.buyer, line.number, line.line) as { fileLine: bigint };
    const name = `order ${line.number}, line ${String(line.line)}`;
    this.refuse(
      line.fileLine,
      `${name} of ${line.buyer} is on line ${String(same.fileLine)} already`,
    );
  }
}

function lineOf(row: Record<keyof BookLine, bigint | string>): BookLine {
  const { number, buyer, seller, item, quantity, unitPrice, value, differsBy } = row;
  return {
    ...({ number, buyer, seller, item } as Pick<BookLine, "number" | "buyer" | "seller" | "item">),
    ...({ quantity, unitPrice, value, differsBy } as Pick<
      BookLine,
      "quantity" | "unitPrice" | "value" | "differsBy"
    >),
    fileLine: Number(row.fileLine),
    line: Number(row.line),
    orderDay: Number(row.orderDay),
    scheduledDay: Number(row.scheduledDay),
    deliveredDay: Number(row.deliveredDay),
    isOrderDayGuessed: row.isOrderDayGuessed === 1n,
  };
}
