import { existsSync } from "node:fs";
import { isIP } from "node:net";
import { crashPlaceOf, type CrashPlace } from "../crash/crash-points.ts";
import { faultOfSecret, isKnownKey } from "./known-secrets.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads what environment variables say, and collects what is wrong with them. */
export class EnvironmentReader {
  readonly faults: string[] = [];
  readonly #environment: Environment;

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  optional(name: string): string | undefined {
    const value = this.#environment[name]?.trim();
    return value === "" ? undefined : value;
  }

  text(name: string, otherwise: string): string {
    return this.optional(name) ?? otherwise;
  }

  flag(name: string, otherwise: boolean): boolean {
    return this.oneOf(name, String(otherwise), ["true", "false"]) === "true";
  }

  oneOf<T extends string>(name: string, otherwise: T, values: readonly T[]): T {
    const given = this.optional(name) ?? otherwise;
    const found = values.find((value) => value === given);
    return found ?? this.#fault(name, `one of ${values.join(", ")}`, otherwise);
  }

  integer(name: string, otherwise: number, lowest: number, highest: number): number {
    const given = this.optional(name);
    if (given === undefined) return otherwise;
    const value = /^\d{1,9}$/.test(given) ? Number(given) : Number.NaN;
    const fits = value >= lowest && value <= highest;
    return fits ? value : this.#fault(name, `an integer from ${lowest} to ${highest}`, otherwise);
  }

  integerOr<const T extends string>(
    choice: T,
    name: string,
    otherwise: bigint | NoInfer<T>,
  ): bigint | T {
    const given = this.optional(name);
    if (given === undefined) return otherwise;
    if (given === choice) return choice;
    return /^\d{1,30}$/.test(given)
      ? BigInt(given)
      : this.#fault(name, `an integer or "${choice}"`, otherwise);
  }

  /** A list of seconds, in commas. */
  integers(name: string, otherwise: string): number[] {
    const given = this.text(name, otherwise);
    const isList = /^\d{1,7}(,\d{1,7}){0,19}$/.test(given);
    const list = isList ? given : this.#fault(name, "up to 20 integers in commas", otherwise);
    return list.split(",").map(Number);
  }

  url(name: string, otherwise: string): string {
    const given = this.text(name, otherwise);
    return /^https?:\/\//.test(given) && URL.canParse(given)
      ? given
      : this.#fault(name, "an http or https address", otherwise);
  }

  /** Only a sandbox takes it from the request, whose sender could say anything. */
  origin(name: string, isOptional: boolean): string | undefined {
    const given = this.optional(name);
    if (given === undefined && isOptional) return undefined;
    const origin = given === undefined ? undefined : originOf(given);
    if (origin === undefined) this.#fault(name, "an origin like https://sheaf.example", undefined);
    return origin;
  }

  origins(name: string): string[] {
    const given = this.optional(name)?.split(",") ?? [];
    const origins = given.map((each) => originOf(each.trim()));
    return origins.every((each) => each !== undefined)
      ? origins
      : this.#fault(name, "origins like https://shop.example, with commas between", []);
  }

  proxies(name: string): number | string | false {
    const given = this.optional(name);
    if (given === undefined) return false;
    if (/^[1-9]$/.test(given)) return Number(given);
    const networks = given.split(",").map((each) => each.trim());
    return networks.every((each) => isIP(each.replace(/\/\d{1,3}$/, "")) !== 0)
      ? networks.join(",")
      : this.#fault(name, "a number of hops, or addresses and networks with commas", false);
  }

  postgres(name: string): string | undefined {
    const given = this.optional(name);
    if (given === undefined) return undefined;
    if (/^postgres(ql)?:\/\//.test(given) && URL.canParse(given)) return given;
    this.#fault(name, "a postgres:// address", undefined);
    return undefined;
  }

  /** Several, with commas between them. */
  urls(name: string, otherwise: string): string[] {
    const given = this.text(name, otherwise)
      .split(",")
      .map((url) => url.trim());
    const are = given.every((url) => /^https?:\/\//.test(url) && URL.canParse(url));
    return are
      ? [...new Set(given)]
      : [this.#fault(name, "http or https addresses, with commas between them", otherwise)];
  }

  amount(name: string, otherwise: bigint): bigint {
    const given = this.optional(name);
    if (given === undefined) return otherwise;
    return /^\d{1,30}$/.test(given) ? BigInt(given) : this.#fault(name, "an integer", otherwise);
  }

  file(name: string): string | undefined {
    const given = this.optional(name);
    if (given === undefined || existsSync(given)) return given;
    this.#fault(name, "a file that is there", undefined);
    return undefined;
  }

  address(name: string): string | undefined {
    const given = this.optional(name);
    if (given === undefined || /^0x[0-9a-fA-F]{40}$/.test(given)) return given;
    this.#fault(name, "0x and 40 hexadecimal digits", undefined);
    return undefined;
  }

  /** Some, with commas between. */
  addresses(name: string): string[] {
    const given =
      this.optional(name)
        ?.split(",")
        .map((each) => each.trim()) ?? [];
    if (given.every((each) => /^0x[0-9a-fA-F]{40}$/.test(each))) return given;
    return this.#fault(name, "addresses of 0x and 40 hexadecimal digits, in commas", []);
  }

  /** Outside the sandbox, of nobody else's. */
  privateKey(name: string, sandbox: boolean): string | undefined {
    const given = this.optional(name);
    if (given === undefined) return undefined;
    if (!/^0x[0-9a-fA-F]{64}$/.test(given)) {
      this.#fault(name, "0x and 64 hexadecimal digits", undefined);
      return undefined;
    }
    if (!sandbox && isKnownKey(given)) {
      this.#fault(name, "a key that is not known to everybody", undefined);
      return undefined;
    }
    return given;
  }

  /** Nobody can make a process die that is no sandbox's. */
  crashPlace(name: string, sandbox: boolean): CrashPlace | undefined {
    const given = this.optional(name);
    if (given === undefined) return undefined;
    const place = sandbox ? crashPlaceOf(given) : undefined;
    const expected = sandbox ? "a crash point, as point:nth" : "left out, except in a sandbox";
    if (place === undefined) this.#fault(name, expected, undefined);
    return place;
  }

  /** A secret has a default in the sandbox alone. */
  secret(name: string, sandbox: boolean, otherwise: string, shortest: number): string {
    const given = this.optional(name);
    if (sandbox) return given ?? otherwise;
    const fault = faultOfSecret(given ?? "", shortest);
    return fault === undefined && given !== undefined
      ? given
      : this.#fault(name, `a secret of at least ${shortest} characters${fault ?? ""}`, otherwise);
  }

  optionalSecret(name: string, shortest: number): string | undefined {
    const given = this.optional(name);
    if (given === undefined || given.length >= shortest) return given;
    this.#fault(name, `a secret of at least ${shortest} characters`, undefined);
    return undefined;
  }

  #fault<T>(name: string, expected: string, otherwise: T): T {
    this.faults.push(`${name}: must be ${expected}`);
    return otherwise;
  }
}

/** Undefined for a text that is no http or https origin, or more than that. */
function originOf(text: string): string | undefined {
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) return undefined;
  const { origin, href } = new URL(text);
  return href === `${origin}/` ? origin : undefined;
}
