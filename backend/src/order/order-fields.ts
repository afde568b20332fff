import { applyDecorators } from "@nestjs/common";
import { ApiProperty } from "@nestjs/swagger";
import { IsOptional } from "class-validator";
import { normalised } from "../chain/hex.ts";
import { fits, TextField, type FieldOptions } from "../http/fields.ts";
import { parseTime } from "../http/time.ts";
import { dayOfDate } from "../math/calendar.ts";
import { faultOfItemCode } from "./gtin.ts";

/** Bytes of UTF-8 that the contracts keep of a number, a lot or an item code. */
const widest = 32;

/** 1970-01-02: times are counted from 1970, and a civil day may end before that at some offset. */
const firstDay = 1;

/** A number of a document or a ticket. It is normalised (NFKC, trimmed, upper case) before it is on record. */
export function NumberField(options: FieldOptions = {}): PropertyDecorator {
  return applyDecorators(
    TextField({ max: 64, ...options }),
    fits("isNumber", (text) => faultOfLength(normalised(text))),
  );
}

/** An item code as the parties write it; one in the form of a GTIN has a right check digit. */
export function ItemCodeField(options: FieldOptions = {}): PropertyDecorator {
  const description = "8, 12, 13 or 14 digits are a GTIN, whose check digit has to be right";
  return applyDecorators(
    TextField({ max: 64, description, example: "04012345123456", ...options }),
    fits("isItemCode", (text) => faultOfLength(text.trim()) ?? faultOfItemCode(text.trim())),
  );
}

/** A lot number as the warehouse writes it. */
export function LotField(options: FieldOptions = {}): PropertyDecorator {
  return applyDecorators(
    TextField({ max: 64, ...options }),
    fits("isLot", (text) => faultOfLength(text.trim())),
  );
}

export function UnitField(options: FieldOptions = {}): PropertyDecorator {
  return TextField({
    max: 3,
    description: "UN/ECE Recommendation 20 code",
    example: "KGM",
    pattern: /^[A-Z0-9]{1,3}$/,
    says: "must be a UN/ECE Recommendation 20 code, like KGM",
    ...options,
  });
}

/** A civil day, which counts to its last second, or a time with its offset. */
export function DeliverByField(options: FieldOptions = {}): PropertyDecorator {
  const { description, optional = false } = options;
  return applyDecorators(
    ApiProperty({
      type: String,
      example: "2026-12-01",
      required: !optional,
      ...(description !== undefined && { description }),
    }),
    ...(optional ? [IsOptional()] : []),
    fits("isDeliverBy", (text) =>
      (dayOfDate(text) ?? -1) < firstDay && parseTime(text) === undefined
        ? "must be a date like 2026-12-01, or a time like 2026-12-01T18:00:00+08:00 with its offset"
        : undefined,
    ),
  );
}

function faultOfLength(text: string): string | undefined {
  return new TextEncoder().encode(text).length > widest
    ? `must not take more than ${widest} bytes of UTF-8`
    : undefined;
}
