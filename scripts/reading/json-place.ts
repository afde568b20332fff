export interface Fault {
  /** RFC 6901; empty for the whole document. */
  pointer: string;
  message: string;
}

/**
 * A place in a JSON document that is read strictly: whatever is not as it should be is noted with
 * its pointer, and reading goes on with a stand-in, so that one reading finds every fault.
 */
export class Place {
  readonly value: unknown;
  readonly pointer: string;
  private readonly faults: Fault[];

  constructor(value: unknown, pointer: string, faults: Fault[]) {
    this.value = value;
    this.pointer = pointer;
    this.faults = faults;
  }

  fault(message: string): void {
    this.faults.push({ pointer: this.pointer, message });
  }

  /** An object with these fields and no others. */
  object(required: readonly string[], optional: readonly string[] = []): Fields {
    const known = new Map(this.entries());
    for (const name of required) {
      if (!known.has(name) && this.isObject()) this.fault(`field "${name}" is missing`);
    }
    for (const [name, place] of known) {
      if (!required.includes(name) && !optional.includes(name)) place.fault("unknown field");
    }
    // What is missing has been named already: reading it further would only repeat that.
    return new Fields(known, new Place(undefined, this.pointer, []));
  }

  /** The fields of an object whose names are the story's own. */
  entries(): [string, Place][] {
    if (!this.isObject()) {
      this.fault(`expected an object, found ${describe(this.value)}`);
      return [];
    }
    return Object.entries(this.value as object).map(([name, value]) => [
      name,
      this.at(name, value),
    ]);
  }

  /** One field of an object, before it is known which others belong to it. */
  field(name: string): Place {
    const found =
      this.isObject() && Object.entries(this.value as object).find(([key]) => key === name);
    return this.at(name, found ? found[1] : undefined);
  }

  items(): Place[] {
    if (Array.isArray(this.value)) {
      return this.value.map((value: unknown, index) => this.at(String(index), value));
    }
    this.fault(`expected a list, found ${describe(this.value)}`);
    return [];
  }

  text(): string {
    if (typeof this.value === "string" && this.value !== "") return this.value;
    this.fault(`expected a text, found ${describe(this.value)}`);
    return "";
  }

  integer(least: number, most: number): number {
    const value = this.value;
    const right = typeof value === "number" && Number.isInteger(value);
    if (right && value >= least && value <= most) return value;
    this.fault(`expected an integer from ${least} to ${most}, found ${describe(value)}`);
    return least;
  }

  oneOf<Choice extends string>(choices: readonly Choice[]): Choice | null {
    const found = choices.find((choice) => choice === this.value);
    if (found !== undefined) return found;
    this.fault(`expected one of ${choices.join(", ")}; found ${describe(this.value)}`);
    return null;
  }

  /** A text that `parse` understands, else the stand-in. */
  parsed<Value>(what: string, parse: (text: string) => Value | null, standIn: Value): Value {
    const value = typeof this.value === "string" ? parse(this.value) : null;
    if (value !== null) return value;
    this.fault(`expected ${what}, found ${describe(this.value)}`);
    return standIn;
  }

  private isObject(): boolean {
    return typeof this.value === "object" && this.value !== null && !Array.isArray(this.value);
  }

  private at(name: string, value: unknown): Place {
    const token = name.replaceAll("~", "~0").replaceAll("/", "~1");
    return new Place(value, `${this.pointer}/${token}`, this.faults);
  }
}

/** The fields of an object that has been checked for missing and unknown ones. */
export class Fields {
  private readonly known: ReadonlyMap<string, Place>;
  private readonly missing: Place;

  constructor(known: ReadonlyMap<string, Place>, missing: Place) {
    this.known = known;
    this.missing = missing;
  }

  has(name: string): boolean {
    return this.known.has(name);
  }

  get(name: string): Place {
    return this.known.get(name) ?? this.missing;
  }
}

function describe(value: unknown): string {
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) return "an object";
  const shown = JSON.stringify(value);
  return shown.length <= 60 ? shown : `${shown.slice(0, 57)}...`;
}
