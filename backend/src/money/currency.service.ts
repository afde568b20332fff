import { Injectable } from "@nestjs/common";
import { Database } from "../database/database.ts";
import { Memory } from "../projection/memory.ts";
import { ProjectionEngine } from "../projection/projection.engine.ts";
import { addressOf } from "../chain/hex.ts";
import { BadInput } from "../http/bad-input.ts";
import { formatDecimal, parseMoney } from "../http/decimal.ts";
import { CurrencyRow } from "./money.entity.ts";

/** The approved currencies: what a decimal string of money means. */
@Injectable()
export class CurrencyService {
  readonly #all: Memory<readonly CurrencyRow[]>;

  constructor(database: Database, projection: ProjectionEngine) {
    this.#all = new Memory(projection, () => database.rows.all(CurrencyRow, {}, ["number"]));
  }

  /** In the order in which they were approved. */
  list(): Promise<readonly CurrencyRow[]> {
    return this.#all.get("");
  }

  /** A currency that is on record: rows of the read model name no others. */
  async byToken(token: string): Promise<CurrencyRow> {
    const currency = (await this.list()).find((each) => each.token === token);
    if (currency === undefined) throw new Error(`The currency ${token} is not on record.`);
    return currency;
  }

  /**
   * The currency that a request means, by its symbol or its token's address.
   * @throws BadInput
   */
  async meant(text: string, pointer: string): Promise<CurrencyRow> {
    const token = addressOf(text);
    const found = (await this.list()).filter((currency) =>
      token === undefined ? currency.symbol === text : currency.token === token,
    );
    const [currency] = found;
    if (currency === undefined) throw BadInput.at(pointer, "is no approved currency");
    if (found.length > 1) {
      throw BadInput.at(pointer, "several currencies have this symbol: give the token's address");
    }
    return currency;
  }

  parse(text: string, currency: CurrencyRow, pointer: string): bigint {
    return parseMoney(text, currency.decimals, pointer);
  }

  format(amount: bigint, currency: CurrencyRow): string {
    return formatDecimal(amount, currency.decimals);
  }
}
