import { ApiProperty } from "@nestjs/swagger";
import { IsIn, IsOptional } from "class-validator";
import {
  AddressField,
  BytesField,
  ChoiceField,
  IdField,
  IntegerField,
  JsonField,
  ObjectField,
  TextField,
  TimeField,
} from "../http/fields.ts";
import { PageQuery } from "../http/paging.ts";

const standings = ["Waiting", "Ripe", "Expired", "Executed", "Cancelled"] as const;
export type Standing = (typeof standings)[number];
const choices = ["open", "ended"] as const;

export class SentenceDto {
  @TextField({ max: 1000 })
  en!: string;

  @TextField({ max: 1000 })
  zh!: string;
}

/** What an office has scheduled. */
export class ScheduledActDto {
  @IdField({ description: "AccessManager's operation" })
  id!: string;

  @IntegerField({ description: "how often it has been scheduled" })
  nonce!: number;

  @ObjectField(() => SentenceDto, { description: "what it would do" })
  says!: SentenceDto;

  @AddressField({ description: "the account that has scheduled it, and may carry it out" })
  by!: string;

  @ChoiceField(standings, {
    name: "ScheduleStanding",
    description: "`Ripe` may be carried out now; `Expired` no more",
  })
  standing!: Standing;

  @TimeField()
  scheduledAt!: string;

  @TimeField({ description: "from when it may be carried out: until then look, and cancel" })
  from!: string;

  @TimeField({ description: "from when it no longer can be" })
  expiresAt!: string;

  @TextField({
    nullable: true,
    description: "the command here that carries it out; null where nobody here has asked for it",
  })
  command!: string | null;

  @TextField({ nullable: true, example: "Parties", description: "null for one that is not ours" })
  contract!: string | null;

  @TextField({ nullable: true, example: "admit" })
  method!: string | null;

  @JsonField({ description: "by parameter name; integers as decimal strings" })
  args!: Readonly<Record<string, unknown>>;

  @AddressField()
  target!: string;

  @BytesField()
  data!: string;

  @IdField({ description: "that scheduled it" })
  transaction!: string;

  @TimeField({ nullable: true, description: "when it was carried out or cancelled" })
  endedAt!: string | null;
}

export class ScheduledActQuery extends PageQuery {
  @ApiProperty({ required: false, enum: choices, description: "all where it is left out" })
  @IsOptional()
  @IsIn(choices, { message: `must be one of ${choices.join(", ")}` })
  state?: (typeof choices)[number];
}
