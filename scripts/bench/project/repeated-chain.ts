import { createHash } from "node:crypto";
import type { RecordedBlock, RecordedLog, Recording } from "./season.ts";

/** Seasons that go on at the same time: a block has the logs of as many transactions. */
const atOnce = 57;
/** 2026-09-01 at +08:00; blocks come each second. */
const start = 1_788_192_000;
const digits = 64;

/** A log's text with the places of ids and accounts that are each season's own. */
interface Template {
  readonly fixed: readonly string[];
  readonly words: readonly number[];
}

/**
 * A chain of any length: a recorded season again and again, 57 at a time, each with accounts and ids of its own.
 * What the contracts said once they say of all; nothing is kept but the one season.
 */
export class RepeatedChain {
  readonly #words: string[] = [];
  readonly #accounts: ReadonlySet<string>;
  readonly #before: readonly (readonly Template[])[];
  readonly #season: readonly (readonly Template[])[];
  readonly #blooms: readonly string[];
  readonly #ofSeason = new Map<number, readonly string[]>();
  /** The last block. */
  readonly length: number;
  readonly logs: number;

  constructor(
    private readonly recording: Recording,
    logs: number,
  ) {
    this.#accounts = new Set(recording.accounts.map((account) => account.slice(2)));
    const known = new Map<string, number>();
    const templates = (blocks: readonly RecordedBlock[], replace: boolean): Template[][] =>
      blocks.map((block) =>
        block.logs.map((log) => this.#template(log, replace ? known : undefined)),
      );
    this.#before = templates(recording.before, false);
    this.#season = templates(recording.season, true);
    this.#blooms = [...recording.before, ...recording.season].map(({ logsBloom }) => logsBloom);
    const perRound = atOnce * this.#season.reduce((sum, block) => sum + block.length, 0);
    const rounds = Math.max(1, Math.ceil(logs / perRound));
    this.length = this.#before.length + rounds * this.#season.length;
    this.logs = rounds * perRound + this.#before.reduce((sum, block) => sum + block.length, 0);
  }

  get genesisHash(): string {
    return hashOf(0);
  }

  header(number: number): object {
    const { season, first } = this.#placeOf(number);
    const bloom = season < 0 ? number - 1 : this.#before.length + season;
    return {
      number: hex(number),
      hash: hashOf(number),
      parentHash: hashOf(number - 1),
      timestamp: hex(start + number),
      logsBloom: this.#blooms[first < 0 ? -1 : bloom] ?? `0x${"0".repeat(512)}`,
      transactions: [],
    };
  }

  /** JSON of the logs of a block, parted by commas. */
  logsOf(number: number): string {
    const { season, first } = this.#placeOf(number);
    const tail = `"blockNumber":"${hex(number)}","blockHash":"${hashOf(number)}","removed":false,`;
    const parts: string[] = [];
    const add = (template: Template, words: readonly string[], transaction: number): void => {
      const { fixed } = template;
      let text = fixed[0] ?? "";
      template.words.forEach((word, index) => {
        text += (words[word] ?? "") + (fixed[index + 1] ?? "");
      });
      const hash = hashOf(number * 1000 + transaction).slice(0, 34);
      parts.push(
        `{${text},${tail}"transactionHash":"${hash}${hash.slice(2)}","transactionIndex":"${hex(transaction)}","logIndex":"${hex(parts.length)}"}`,
      );
    };
    if (season < 0) for (const template of this.#before[number - 1] ?? []) add(template, [], 0);
    else {
      for (let index = 0; index < atOnce; index += 1) {
        const words = this.#wordsOf(first + index);
        for (const template of this.#season[season] ?? []) add(template, words, index);
      }
    }
    return parts.join(",");
  }

  /** Where a block is: which of the season's it repeats, and the first of the seasons in it. */
  #placeOf(number: number): { readonly season: number; readonly first: number } {
    const since = number - 1 - this.#before.length;
    if (number < 1) return { season: -1, first: -1 };
    if (since < 0) return { season: -1, first: 0 };
    return {
      season: since % this.#season.length,
      first: Math.floor(since / this.#season.length) * atOnce,
    };
  }

  #template(log: RecordedLog, known: Map<string, number> | undefined): Template {
    const fixed: string[] = [];
    const words: number[] = [];
    let text = `"address":"${log.address}","topics":["${log.topics[0] ?? ""}"`;
    const take = (word: string): void => {
      const own = known === undefined ? undefined : this.#own(word, known);
      if (own === undefined) {
        text += word;
        return;
      }
      fixed.push(text);
      words.push(own);
      text = "";
    };
    for (const topic of log.topics.slice(1)) {
      text += `,"0x`;
      take(topic.slice(2));
      text += `"`;
    }
    text += `],"data":"0x`;
    for (let at = 2; at < log.data.length; at += digits) take(log.data.slice(at, at + digits));
    fixed.push(`${text}"`);
    return { fixed, words };
  }

  /** The number of a word that each season has another of: an account, or an id or a hash. */
  #own(word: string, known: Map<string, number>): number | undefined {
    const isAccount = this.#accounts.has(word.slice(24)) && /^0{24}/.test(word);
    // Texts end in zeros, numbers begin with them, and a permission without limit is all ones.
    const isHash = !/^0{8}|0{8}$|^f{32}/.test(word) && word.length === digits;
    if (!isAccount && !isHash) return undefined;
    let number = known.get(word);
    if (number === undefined) {
      number = this.#words.push(word) - 1;
      known.set(word, number);
    }
    return number;
  }

  #wordsOf(season: number): readonly string[] {
    let words = this.#ofSeason.get(season);
    if (words === undefined) {
      words = this.#words.map((word) => {
        const hash = createHash("sha256").update(`${season} ${word}`).digest("hex");
        return word.startsWith("0".repeat(24)) ? word.slice(0, 24) + hash.slice(24) : hash;
      });
      // Those of the round that is asked for, and of the one before.
      if (this.#ofSeason.size >= 2 * atOnce) this.#ofSeason.clear();
      this.#ofSeason.set(season, words);
    }
    return words;
  }

  get deployment(): Recording["deployment"] {
    return { ...this.recording.deployment, block: 1, genesisHash: this.genesisHash };
  }
}

function hashOf(number: number): string {
  return `0x${createHash("sha256").update(String(number)).digest("hex")}`;
}

function hex(number: number): string {
  return `0x${number.toString(16)}`;
}
