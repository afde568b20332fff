import type { EventFragment, Interface, ParamType, Result } from "ethers";
import { checksummed, idOf, zeroAddress } from "./hex.ts";
import { plain } from "./plain.ts";
import type { RawLog } from "./rpc.ts";

type Values = Readonly<Record<string, unknown>>;

/** What an event names: accounts, and ids of claims and facilities. Each once. */
export interface Touched {
  readonly kind: "party" | "claim" | "facility";
  readonly id: string;
}

/** Gives a value of 64 hexadecimal digits. */
type Word = (word: string) => unknown;
/** Takes what has been read before; `data` without its 0x. */
type Read = (log: RawLog, data: string) => unknown;
type Write = (value: unknown) => unknown;

const digits = 64;

/**
 * How the logs of one event are read and recorded. Made once for each event: events of static types, which are all but
 * a few, are cut out of their bytes directly, many times faster than by ethers, which reads the others.
 */
export class EventForm {
  readonly name: string;
  readonly #inputs: readonly ParamType[];
  readonly #reads: readonly (readonly [name: string, read: Read])[] | undefined;
  /** Digits of `data` that the static types take. */
  readonly #size: number;
  readonly #topics: number;
  readonly #writes: readonly (readonly [name: string, write: Write])[];
  readonly #touches: readonly ((args: Values, see: (touched: Touched) => void) => void)[];

  /** @param hasIds whether its widest integers are ids of claims and facilities */
  constructor(
    private readonly abi: Interface,
    private readonly fragment: EventFragment,
    hasIds: boolean,
  ) {
    const inputs = fragment.inputs;
    this.name = fragment.name;
    this.#inputs = inputs;
    this.#topics = 1 + inputs.filter(({ indexed }) => indexed).length;
    const inData = inputs.filter(({ indexed }) => indexed !== true);
    this.#size = inData.reduce((words, param) => words + (wordsOf(param) ?? 0), 0) * digits;
    this.#reads = readsOf(inputs);
    this.#writes = writesOf(inputs, hasIds);
    this.#touches = inputs.flatMap((param) => touchesOf(param, [], hasIds));
  }

  /** The arguments by name: integers bigint, structs objects, bytes and addresses text. */
  read(log: RawLog): Values {
    if (
      this.#reads === undefined ||
      log.data.length !== this.#size + 2 ||
      log.topics.length !== this.#topics
    ) {
      const values: Result = this.abi.decodeEventLog(this.fragment, log.data, log.topics);
      return plain(values, this.#inputs) as Values;
    }
    const args: Record<string, unknown> = {};
    for (const [name, read] of this.#reads) args[name] = read(log, log.data);
    return args;
  }

  /** The arguments for the record: ids as 0x and 64 digits, other integers as decimal text. */
  record(args: Values): Record<string, unknown> {
    return written(args, this.#writes);
  }

  touched(args: Values): Touched[] {
    const touched: Touched[] = [];
    for (const touch of this.#touches) {
      touch(args, (one) => {
        if (!touched.some(({ kind, id }) => kind === one.kind && id === one.id)) touched.push(one);
      });
    }
    return touched;
  }
}

function nameOf(param: ParamType, index: number): string {
  return param.name || String(index);
}

/** Words that a value takes in an encoding; undefined for one of a length that differs. */
function wordsOf(param: ParamType): number | undefined {
  if (param.components !== null) {
    const words = param.components.map(wordsOf);
    return words.includes(undefined) ? undefined : words.reduce<number>((a, b) => a + (b ?? 0), 0);
  }
  return wordReader(param.type) && 1;
}

function readsOf(inputs: readonly ParamType[]): [string, Read][] | undefined {
  let topic = 1;
  let at = 2;
  const reads: [string, Read][] = [];
  for (const [index, param] of inputs.entries()) {
    const words = wordsOf(param);
    if (words === undefined) return undefined;
    if (param.indexed === true) {
      const of = wordReader(param.type);
      if (of === undefined) return undefined;
      const place = topic;
      reads.push([nameOf(param, index), ({ topics }) => of(topics[place]?.slice(2) ?? "")]);
      topic += 1;
    } else {
      reads.push([nameOf(param, index), readAt(param, at)]);
      at += words * digits;
    }
  }
  return reads;
}

function readAt(param: ParamType, at: number): Read {
  if (param.components === null) {
    const of = wordReader(param.type) ?? ((word: string) => word);
    return (_log, data) => of(data.slice(at, at + digits));
  }
  let next = at;
  const members = param.components.map((member, index): [string, Read] => {
    const read = readAt(member, next);
    next += (wordsOf(member) ?? 0) * digits;
    return [nameOf(member, index), read];
  });
  return (log, data) => {
    const values: Record<string, unknown> = {};
    for (const [name, read] of members) values[name] = read(log, data);
    return values;
  };
}

function wordReader(type: string): Word | undefined {
  const [, kind, size] = /^(uint|int|bytes|address|bool)(\d*)$/.exec(type) ?? [];
  switch (kind) {
    case "uint":
      return Number(size) <= 48
        ? (word) => BigInt(parseInt(word, 16))
        : (word) => BigInt(`0x${word}`);
    case "int":
      return (word) => BigInt.asIntN(256, BigInt(`0x${word}`));
    case "address":
      return (word) => checksummed(word.slice(24));
    case "bool":
      return (word) => word.endsWith("1");
    case "bytes":
      return size === "" ? undefined : (word) => `0x${word.slice(0, Number(size) * 2)}`;
    default:
      return undefined;
  }
}

function writesOf(params: readonly ParamType[], hasIds: boolean): [string, Write][] {
  return params.map((param, index) => [nameOf(param, index), writeOf(param, hasIds)]);
}

function writeOf(param: ParamType, hasIds: boolean): Write {
  const child = param.arrayChildren;
  if (child !== null) {
    const one = writeOf(child, hasIds);
    return (value) => (value as readonly unknown[]).map(one);
  }
  if (param.components !== null) {
    const members = writesOf(param.components, hasIds);
    return (value) => written(value as Values, members);
  }
  if (!/^u?int/.test(param.type)) return (value) => value;
  return hasIds && isId(param)
    ? (value) => idOf(value as bigint)
    : (value) => (value as bigint).toString();
}

function written(
  values: Values,
  writes: readonly (readonly [name: string, write: Write])[],
): Record<string, unknown> {
  const record: Record<string, unknown> = {};
  for (const [name, write] of writes) record[name] = write(values[name]);
  return record;
}

function touchesOf(
  param: ParamType,
  within: readonly string[],
  hasIds: boolean,
): ((args: Values, see: (touched: Touched) => void) => void)[] {
  if (param.components !== null) {
    const path = [...within, param.name];
    return param.components.flatMap((member) => touchesOf(member, path, hasIds));
  }
  const valueIn = (args: Values): unknown =>
    within.reduce<Values>((values, name) => values[name] as Values, args)[param.name];
  if (param.type === "address") {
    return [
      (args, see) => {
        const id = valueIn(args) as string;
        if (id !== zeroAddress) see({ kind: "party", id });
      },
    ];
  }
  if (!hasIds || !isId(param)) return [];
  const kind = param.name === "facility" ? "facility" : "claim";
  return [
    (args, see) => {
      const id = valueIn(args) as bigint;
      if (id !== 0n) see({ kind, id: idOf(id) });
    },
  ];
}

/** Widest integers are ids of claims and facilities; a nonce is as wide and names nothing. */
function isId({ type, name }: ParamType): boolean {
  return type === "uint256" && name !== "nonce";
}
