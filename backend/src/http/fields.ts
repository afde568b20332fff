import { applyDecorators } from "@nestjs/common";
import { ApiProperty, type ApiPropertyOptions } from "@nestjs/swagger";
import { Transform, Type } from "class-transformer";
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateBy,
  ValidateNested,
} from "class-validator";
import { addressOf } from "../chain/hex.ts";
import { dayOfDate } from "../math/calendar.ts";
import { decimalFault, quantityDecimals, unitPriceDecimals, widest } from "./decimal.ts";
import { faultOfText } from "./text.ts";
import { parseTime } from "./time.ts";

// Every property of a DTO has one of these: it is checked and documented by the same words.

export interface FieldOptions {
  readonly description?: string;
  readonly optional?: boolean;
  /** Only for answers. */
  readonly nullable?: boolean;
  readonly example?: unknown;
}

function field(
  options: FieldOptions,
  api: ApiPropertyOptions,
  ...checks: PropertyDecorator[]
): PropertyDecorator {
  return applyDecorators(
    ApiProperty({
      ...api,
      required: !options.optional,
      ...(options.description && { description: options.description }),
      ...(options.nullable && { nullable: true }),
      ...(options.example !== undefined && { example: options.example }),
    } as ApiPropertyOptions),
    ...(options.optional ? [IsOptional()] : []),
    ...checks,
  );
}

/** @param fault why a text is refused, in words; undefined for one that is not */
export function fits(
  name: string,
  fault: (value: string) => string | undefined,
): PropertyDecorator {
  return ValidateBy({
    name,
    validator: {
      validate: (value: unknown) => typeof value === "string" && fault(value) === undefined,
      defaultMessage: (given) =>
        typeof given?.value === "string"
          ? (fault(given.value) ?? "is refused")
          : "must be a string",
    },
  });
}

export function TextField(
  options: FieldOptions & {
    readonly max?: number;
    readonly pattern?: RegExp;
    readonly says?: string;
  } = {},
): PropertyDecorator {
  const { max = 200, pattern, says } = options;
  return field(
    options,
    { type: String, minLength: 1, maxLength: max, ...(pattern && { pattern: pattern.source }) },
    IsString({ message: "must be a string" }),
    fits("isReadable", faultOfText),
    MaxLength(max, { message: `must not be longer than ${max} characters` }),
    ...(pattern ? [Matches(pattern, { message: says ?? `must match ${pattern.source}` })] : []),
  );
}

export function FlagField(options: FieldOptions = {}): PropertyDecorator {
  return field(options, { type: Boolean }, IsBoolean({ message: "must be true or false" }));
}

export function IntegerField(
  options: FieldOptions & { readonly min?: number; readonly max?: number } = {},
): PropertyDecorator {
  const { min = 0, max = 2 ** 31 - 1 } = options;
  return field(
    options,
    { type: "integer", minimum: min, maximum: max },
    IsInt({ message: "must be an integer" }),
    Min(min, { message: `must not be less than ${min}` }),
    Max(max, { message: `must not be more than ${max}` }),
  );
}

export function ChoiceField(
  values: readonly string[],
  options: FieldOptions & { readonly name?: string } = {},
): PropertyDecorator {
  return field(
    options,
    { enum: [...values], ...(options.name && { enumName: options.name }) },
    IsIn(values, { message: `must be one of ${values.join(", ")}` }),
  );
}

export function ChoicesField(
  values: readonly string[],
  options: FieldOptions & { readonly name?: string } = {},
): PropertyDecorator {
  return field(
    options,
    { enum: [...values], isArray: true, ...(options.name && { enumName: options.name }) },
    IsArray({ message: "must be a list" }),
    ArrayMinSize(1, { message: "must not be empty" }),
    ArrayMaxSize(values.length, { message: `must not have more than ${values.length} members` }),
    IsIn(values, { each: true, message: `must be of ${values.join(", ")}` }),
  );
}

/** An account or a party; any letter case on the way in, EIP-55 from here on. */
export function AddressField(options: FieldOptions = {}): PropertyDecorator {
  return field(
    options,
    { type: String, pattern: "^0x[0-9a-fA-F]{40}$" },
    Transform(({ value }: { value: unknown }) =>
      typeof value === "string" ? (addressOf(value) ?? value) : value,
    ),
    fits("isAddress", (value) =>
      addressOf(value) === undefined
        ? "must be an address: 0x and 40 hexadecimal digits with a right checksum, if any"
        : undefined,
    ),
  );
}

/** A set of accounts, in EIP-55 form and in order: the same members are the same set. */
export function AddressesField(
  options: FieldOptions & { readonly max: number },
): PropertyDecorator {
  const { max } = options;
  return field(
    options,
    {
      type: "array",
      items: { type: "string", pattern: "^0x[0-9a-fA-F]{40}$" },
      maxItems: max,
    },
    Transform(({ value }: { value: unknown }) => setOf(value)),
    IsArray({ message: "must be a list" }),
    ArrayMaxSize(max, { message: `must not have more than ${max} members` }),
    ValidateBy(
      {
        name: "areAddresses",
        validator: {
          validate: (value: unknown) => typeof value === "string" && addressOf(value) !== undefined,
        },
      },
      {
        each: true,
        message: "must be addresses: 0x and 40 hexadecimal digits with a right checksum, if any",
      },
    ),
  );
}

function setOf(value: unknown): unknown {
  const areTexts = Array.isArray(value) && value.every((each) => typeof each === "string");
  if (!areTexts) return value;
  return [...new Set(value.map((each) => addressOf(each) ?? each))].sort();
}

/** Bytes as 0x and hexadecimal digits; at most 128 kB of them. */
export function BytesField(options: FieldOptions = {}): PropertyDecorator {
  return field(
    options,
    { type: String, pattern: "^0x([0-9a-fA-F]{2})*$", maxLength: 262_144 },
    MaxLength(262_144, { message: "must not be longer than 262144 characters" }),
    fits("isBytes", (value) =>
      /^0x([0-9a-fA-F]{2})*$/.test(value)
        ? undefined
        : "must be 0x and an even number of hexadecimal digits",
    ),
  );
}

/** A claim's id, a root or a hash. */
export function IdField(options: FieldOptions = {}): PropertyDecorator {
  return field(
    options,
    { type: String, pattern: "^0x[0-9a-f]{64}$" },
    Transform(({ value }: { value: unknown }) =>
      typeof value === "string" ? value.toLowerCase() : value,
    ),
    fits("isId", (value) =>
      /^0x[0-9a-f]{64}$/.test(value) ? undefined : "must be 0x and 64 hexadecimal digits",
    ),
  );
}

const decimalPattern = String.raw`^-?(0|[1-9]\d*)(\.\d+)?$`;

/** Currencies have up to this many decimals; which ones a field's has, the service knows. */
const mostCurrencyDecimals = 6;
const ofAnyCurrency = 10n ** BigInt(mostCurrencyDecimals);

/** Money in major units; the service checks the decimals, which are the currency's, with `parseMoney`. */
export function MoneyField(options: FieldOptions = {}): PropertyDecorator {
  return field(
    { example: "1250.00", ...options },
    { type: String, format: "decimal", pattern: decimalPattern },
    fits("isMoney", (value) =>
      decimalFault(value, mostCurrencyDecimals, widest.money * ofAnyCurrency),
    ),
  );
}

/** Money for one unit; the service checks the decimals with `parseUnitPrice`. */
export function UnitPriceField(options: FieldOptions = {}): PropertyDecorator {
  return field(
    { example: "6.5000", ...options },
    { type: String, format: "decimal", pattern: decimalPattern },
    fits("isUnitPrice", (value) =>
      decimalFault(
        value,
        unitPriceDecimals(mostCurrencyDecimals),
        widest.unitPrice * ofAnyCurrency,
      ),
    ),
  );
}

/** A quantity with up to three decimals; `parseQuantity` gives its thousandths. */
export function QuantityField(options: FieldOptions = {}): PropertyDecorator {
  return field(
    { example: "1200.000", ...options },
    { type: String, format: "decimal", pattern: decimalPattern },
    fits("isQuantity", (value) => decimalFault(value, quantityDecimals, widest.quantity)),
  );
}

/** ISO 8601 with an offset; `parseTime` gives seconds. */
export function TimeField(options: FieldOptions = {}): PropertyDecorator {
  return field(
    { example: "2026-09-01T09:00:00+08:00", ...options },
    { type: String, format: "date-time" },
    fits("isTime", (value) =>
      parseTime(value) === undefined
        ? "must be a time like 2026-09-01T09:00:00+08:00, with its offset"
        : undefined,
    ),
  );
}

/** A civil day, `YYYY-MM-DD`; `dayOfDate` gives its number. */
export function DateField(options: FieldOptions = {}): PropertyDecorator {
  return field(
    { example: "2026-12-01", ...options },
    { type: String, format: "date" },
    fits("isDate", (value) =>
      dayOfDate(value) === undefined ? "must be a date like 2026-12-01" : undefined,
    ),
  );
}

type ClassOf<T = object> = new () => T;

// Nest's OpenAPI takes a function for a type's thunk only where the function is called `type`, as a property's value is.

export function ObjectField(type: () => ClassOf, options: FieldOptions = {}): PropertyDecorator {
  return field(
    options,
    { type: () => type() },
    IsObject({ message: "must be an object" }),
    ValidateNested(),
    Type(type),
  );
}

export function ListField(
  type: () => ClassOf,
  options: FieldOptions & { readonly min?: number; readonly max?: number } = {},
): PropertyDecorator {
  const { min = 0, max = 10_000 } = options;
  return field(
    options,
    { type: () => type(), isArray: true },
    IsArray({ message: "must be a list" }),
    ArrayMinSize(min, { message: `must have at least ${min} members` }),
    ArrayMaxSize(max, { message: `must not have more than ${max} members` }),
    // A list in a list would pass for an object whose fields nobody misses.
    IsObject({ each: true, message: "must have objects for members" }),
    ValidateNested({ each: true }),
    Type(type),
  );
}

/** A list of texts. */
export function TextsField(
  options: FieldOptions & { readonly min?: number; readonly max: number; readonly longest: number },
): PropertyDecorator {
  const { min = 0, max, longest } = options;
  return field(
    options,
    {
      type: "array",
      items: { type: "string", minLength: 1, maxLength: longest },
      minItems: min,
      maxItems: max,
    },
    IsArray({ message: "must be a list" }),
    ArrayMinSize(min, { message: `must have at least ${min} members` }),
    ArrayMaxSize(max, { message: `must not have more than ${max} members` }),
    IsString({ each: true, message: "must be strings" }),
    MaxLength(longest, { each: true, message: `must not be longer than ${longest} characters` }),
  );
}

/** A list of hashes; only for answers. */
export function IdsField(options: FieldOptions = {}): PropertyDecorator {
  return field(options, { type: "array", items: { type: "string", pattern: "^0x[0-9a-f]{64}$" } });
}

/** Texts by names that the caller chooses; the service checks each. */
export function NamedTextsField(
  options: FieldOptions & { readonly max: number; readonly longest: number },
): PropertyDecorator {
  const { max, longest } = options;
  return field(
    options,
    {
      type: "object",
      additionalProperties: { type: "string", minLength: 1, maxLength: longest },
      minProperties: 1,
      maxProperties: max,
    },
    IsObject({ message: "must be an object" }),
  );
}

/** Free JSON; only for answers. */
export function JsonField(options: FieldOptions = {}): PropertyDecorator {
  return field(options, { type: "object", additionalProperties: true });
}
