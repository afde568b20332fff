import {
  UnsupportedMediaTypeException,
  ValidationPipe,
  type ArgumentMetadata,
} from "@nestjs/common";
import type { ValidationError } from "class-validator";
import { BadInput, type Fault } from "./bad-input.ts";

const unknown = "is not a field of this request";
const mostNames = 200;

/** Checks bodies and queries against their DTO: every fault is listed, unknown fields are refused. */
export class InputPipe extends ValidationPipe {
  constructor() {
    super({
      transform: true,
      whitelist: true,
      forbidNonWhitelisted: true,
      forbidUnknownValues: true,
      exceptionFactory: (errors) => errors,
    });
  }

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (this.toValidate(metadata)) {
      if (metadata.type === "body") refuseOtherThanObject(value);
      refuseStrangeNames(value, metadata.type);
    }
    try {
      return (await super.transform(value, metadata)) as unknown;
    } catch (errors) {
      if (!isFaults(errors)) throw errors;
      throw new BadInput(errors.flatMap((error) => faultsOf(error, "", metadata.type)));
    }
  }

  /** A parameter by itself is what its own pipe makes of the text: declared a number, it would be NaN by then. */
  protected override transformPrimitive(value: unknown): unknown {
    return value;
  }
}

function refuseOtherThanObject(value: unknown): void {
  if (typeof value === "string") {
    throw new UnsupportedMediaTypeException("This route takes application/json.");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw BadInput.at("", "must be a JSON object");
  }
}

/** What every object inherits passes for known in class-validator; and a thousand names are told from ten by counting. */
function refuseStrangeNames(value: unknown, source: string): void {
  if (typeof value !== "object" || value === null) return;
  const names = Object.keys(value);
  if (names.length > mostNames) {
    const detail = `must not have more than ${mostNames} names`;
    throw source === "body" ? BadInput.at("", detail) : new BadInput([{ detail }]);
  }
  const strange = names.filter((name) => name in Object.prototype);
  if (strange.length === 0) return;
  const place = (name: string): Fault =>
    source === "body"
      ? { pointer: `/${name}`, detail: unknown }
      : { parameter: name, detail: unknown };
  throw new BadInput(strange.map(place));
}

function isFaults(errors: unknown): errors is ValidationError[] {
  return Array.isArray(errors);
}

function faultsOf(error: ValidationError, path: string, source: string): Fault[] {
  const pointer = `${path}/${error.property.replaceAll("~", "~0").replaceAll("/", "~1")}`;
  const nested = (error.children ?? []).flatMap((child) => faultsOf(child, pointer, source));
  const own = Object.entries(error.constraints ?? {}).map(([name, message]) => {
    const detail = name === "whitelistValidation" ? unknown : message;
    return source === "body" ? { pointer, detail } : { parameter: error.property, detail };
  });
  // A missing field fails every check; once is enough.
  const first =
    error.value === undefined && own.length > 1
      ? [{ ...own[0], detail: "is required" } as Fault]
      : own;
  return [...first, ...nested];
}
