import { ApiProperty } from "@nestjs/swagger";
import { Transform } from "class-transformer";
import { IsInt, IsOptional, Max, Min } from "class-validator";
import {
  AddressField,
  ChoiceField,
  FlagField,
  IntegerField,
  JsonField,
  ListField,
  TextField,
} from "../http/fields.ts";
import {
  amountKinds,
  edgeKinds,
  flagCodes,
  nodeKinds,
  relations,
  traceDirections,
  type AmountKind,
  type EdgeKind,
  type FlagCode,
  type NodeKind,
  type Relation,
  type TraceDirection,
} from "./trace.ts";
import { mostEvents, usualMost } from "./trace.service.ts";

export class TraceQuery {
  @TextField({
    max: 600,
    description:
      "a lot, an item or a pallet by its URI, in either spelling; a claim by its name (`urn:sheaf:receipt:0x…`) or an order, a receipt or a receivable by its id alone",
  })
  of!: string;

  @ChoiceField(traceDirections, { optional: true, description: "default both" })
  direction?: TraceDirection;

  @ApiProperty({
    required: false,
    type: "integer",
    minimum: 1,
    maximum: mostEvents,
    default: usualMost,
    description: "events of the answer",
  })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) =>
    typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value,
  )
  @IsInt({ message: "must be an integer" })
  @Min(1, { message: "must not be less than 1" })
  @Max(mostEvents, { message: `must not be more than ${mostEvents}` })
  most?: number;
}

export class TracedEventDto {
  @IntegerField({ description: "its place in the record" })
  number!: number;

  @TextField({ max: 500 })
  eventID!: string;

  @AddressField({ description: "who captured it" })
  party!: string;

  @FlagField({ description: "it has been declared wrong since, or declares so; it does not count" })
  isDeclaredWrong!: boolean;

  @JsonField({ description: "the event as it was captured" })
  event!: Readonly<Record<string, unknown>>;
}

export class TraceNodeDto {
  @TextField({ max: 600, description: "a canonical URI; of a party its id" })
  id!: string;

  @ChoiceField(nodeKinds, { name: "TraceNodeKind" })
  kind!: NodeKind;

  @ChoiceField(relations, { optional: true, name: "TraceRelation", description: "of things" })
  relation?: Relation;

  @TextField({ optional: true, description: "of a party; of a lot, its number" })
  name?: string;
}

/** What an event says of a thing, where it was, or who captured it. */
export class TraceEdgeDto {
  @IntegerField({ description: "the event's `number`" })
  event!: number;

  @TextField({ max: 600, description: "the node's `id`" })
  node!: string;

  @ChoiceField(edgeKinds, { name: "TraceEdgeKind" })
  kind!: EdgeKind;

  @TextField({ nullable: true, description: "as it was written, in decimal", example: "1200.5" })
  quantity!: string | null;

  @TextField({ max: 3, nullable: true, description: "UN/ECE Recommendation 20; null for pieces" })
  unit!: string | null;

  @FlagField()
  isDeclaredWrong!: boolean;
}

export class TraceAmountDto {
  @ChoiceField(amountKinds, { name: "TraceAmountKind" })
  kind!: AmountKind;

  @TextField({ example: "1200.5" })
  quantity!: string;

  @AddressField({ optional: true, description: "who tells it; of receipts, the warehouse" })
  party?: string;
}

/** What came in and what went out, of one lot or one transformation, in one unit. */
export class TraceBalanceDto {
  @ChoiceField(["lot", "transformation"], { name: "TraceBalanceOf" })
  of!: "lot" | "transformation";

  @TextField({ max: 600, description: "the lot's URI; the transformation's id or its event's" })
  id!: string;

  @TextField({ max: 3, nullable: true, description: "masses are in KGM, volumes in LTR" })
  unit!: string | null;

  @TextField({ example: "1000" })
  in!: string;

  @TextField({ description: "with the declared loss", example: "999.5" })
  out!: string;

  @TextField({ description: "in less out; below zero where it does not hold", example: "0.5" })
  left!: string;

  @FlagField({ description: "false where an event gives no quantity" })
  isWhole!: boolean;

  @ListField(() => TraceAmountDto)
  amounts!: TraceAmountDto[];
}

/** Something that whoever relies on these goods should know. */
export class TraceFlagDto {
  @ChoiceField(flagCodes, { name: "TraceFlagCode" })
  code!: FlagCode;

  @TextField({ max: 600, description: "the lot or item, the transformation or the receipt" })
  about!: string;

  @JsonField({
    description: "text values: quantity, most, unit, amount, party, event, receipt, lot",
  })
  details!: Readonly<Record<string, string>>;
}

export class TraceDto {
  @TextField({ max: 600, description: "what was asked for, in its canonical spelling" })
  of!: string;

  @ChoiceField(traceDirections, { name: "TraceDirection" })
  direction!: TraceDirection;

  @TextListField("the lots and items that it stands for")
  start!: string[];

  @FlagField({ description: "false where there are more events than were asked for" })
  isWhole!: boolean;

  @ListField(() => TracedEventDto, { description: "in the order of recording" })
  events!: TracedEventDto[];

  @ListField(() => TraceNodeDto)
  nodes!: TraceNodeDto[];

  @ListField(() => TraceEdgeDto)
  edges!: TraceEdgeDto[];

  @ListField(() => TraceBalanceDto)
  balances!: TraceBalanceDto[];

  @ListField(() => TraceFlagDto)
  flags!: TraceFlagDto[];
}

function TextListField(description: string): PropertyDecorator {
  return ApiProperty({ type: String, isArray: true, description });
}
