import { IdField, IntegerField, JsonField, TextField, TimeField } from "../http/fields.ts";
import { formatTime } from "../http/time.ts";
import type { ChainEventRow } from "./projection.entity.ts";

export class EventDto {
  @TextField({ description: "block and position, as in `Last-Event-ID`", example: "42-3" })
  id!: string;

  @TextField({ example: "DrawnDown" })
  name!: string;

  @TextField({ example: "Facilities" })
  contract!: string;

  @JsonField({
    description: "by parameter name: ids as 0x and 64 digits, integers as decimal strings",
  })
  args!: Readonly<Record<string, unknown>>;

  @TimeField()
  at!: string;

  @IntegerField()
  block!: number;

  @IdField()
  transaction!: string;
}

export function eventDto(row: ChainEventRow, utcOffset: number): EventDto {
  const { block, logIndex, name, contract, args, time, transaction } = row;
  const at = formatTime(time, utcOffset);
  return { id: `${block}-${logIndex}`, name, contract, args, at, block, transaction };
}
